#include "clients/accordctl/audit/audit_proofs.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/audit/audit_trust.h"
#include "clients/accordctl/core/json.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// A page has at most so many entries.
constexpr int kEntriesOfAPage = 1000;

absl::StatusOr<merkle::KnownHashes> HashesForProofs(const std::vector<int64_t>& leaves, int64_t size,
                                                    const FetchTiles& fetch) {
  const auto needed = merkle::TilesFor(leaves, size);
  const std::vector<merkle::TileId> tiles(needed.begin(), needed.end());
  merkle::KnownHashes hashes;
  for (std::size_t at = 0; at < tiles.size(); at += kTilesAtOnce) {
    const std::vector<merkle::TileId> some(
        tiles.begin() + static_cast<std::ptrdiff_t>(at),
        tiles.begin() + static_cast<std::ptrdiff_t>(std::min(tiles.size(), at + kTilesAtOnce)));
    ACCORD_ASSIGN_OR_RETURN(const std::vector<std::string> fetched, fetch(some));
    if (fetched.size() != some.size()) return UntrustedLog("the log does not give its tiles");
    for (std::size_t i = 0; i < some.size(); ++i) hashes.AddTile(some[i], fetched[i]);
  }
  return hashes;
}

}  // namespace

absl::StatusOr<std::string> ProvenLeafOf(const audit::v1::Entry& entry) {
  audit::v1::AuditRecord record;
  // The hash covers salt and record without a separator, so a salt of another length would move
  // the boundary.
  if (entry.salt().size() != 16 || !record.ParseFromString(entry.record_bytes()) ||
      (entry.has_record() && record.SerializeAsString() != entry.record().SerializeAsString())) {
    return UntrustedLog(
        absl::StrCat("entry ", entry.index(), " shows another record than the one that was hashed"));
  }
  return merkle::LeafHash(entry.salt() + entry.record_bytes());
}

FetchTiles AuditTilesOfLog(CommandSession* session, int64_t size) {
  return [=](const std::vector<merkle::TileId>& tiles) -> absl::StatusOr<std::vector<std::string>> {
    Json asked = Json::array();
    for (const auto& [level, index] : tiles) {
      asked.push_back({{"level", level}, {"index", absl::StrCat(index)}});
    }
    ACCORD_ASSIGN_OR_RETURN(
        const MessagePtr answer,
        Invoke(session, "get", "tiles", {{"tiles", asked}, {"tree_size", absl::StrCat(size)}}));
    const auto& given = dynamic_cast<const audit::v1::GetTilesResponse&>(*answer).tiles();
    return std::vector<std::string>(given.begin(), given.end());
  };
}

absl::StatusOr<int> CheckProofsOfPage(const audit::v1::ListEntriesResponse& page,
                                      const merkle::Checkpoint& now, const FetchTiles& fetch,
                                      const EachEntry& each) {
  std::vector<int64_t> leaves;
  for (const auto& entry : page.entries()) {
    if (entry.index() >= now.size) break;  // The entry is newer than the checkpoint.
    leaves.push_back(entry.index());
  }
  ACCORD_ASSIGN_OR_RETURN(merkle::KnownHashes hashes, HashesForProofs(leaves, now.size, fetch));
  for (int i = 0; i < static_cast<int>(leaves.size()); ++i) {
    const audit::v1::Entry& entry = page.entries(i);
    ACCORD_ASSIGN_OR_RETURN(const std::string leaf, ProvenLeafOf(entry));
    const auto path = merkle::InclusionProof(hashes.source(), entry.index(), now.size);
    if (!path.ok() || !merkle::VerifyInclusion(leaf, entry.index(), now.size, *path, now.root)) {
      return UntrustedLog(absl::StrCat(entry.name(), " is not in the log that the checkpoint signs"));
    }
    ACCORD_RETURN_IF_ERROR(each(entry, *path));
  }
  return static_cast<int>(leaves.size());
}

absl::StatusOr<int> ForEachProvenEntry(CommandSession* session, const merkle::Checkpoint& now,
                                       const EachEntry& each) {
  const FetchTiles fetch = AuditTilesOfLog(session, now.size);
  int checked = 0;
  std::string token;
  do {
    Json request = {{"page_size", kEntriesOfAPage}};
    if (!token.empty()) request["page_token"] = token;
    const auto answer = Invoke(session, "list", "entries", request);
    if (absl::IsPermissionDenied(answer.status())) return -1;
    ACCORD_RETURN_IF_ERROR(answer.status());
    const auto& page = dynamic_cast<const audit::v1::ListEntriesResponse&>(**answer);
    ACCORD_ASSIGN_OR_RETURN(const int covered, CheckProofsOfPage(page, now, fetch, each));
    checked += covered;
    if (covered < page.entries_size()) break;
    token = page.next_page_token();
  } while (!token.empty());
  return checked;
}

}  // namespace accord::ctl
