#include "clients/accordctl/audit/logged_changes.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "accord/audit/v1/resources.pb.h"
#include "common/access/method.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/merkle/tree.h"
#include "common/storage/database/has_table.h"

namespace accord::ctl {
namespace {

constexpr int64_t kEntriesAtOnce = 1000;

absl::Status IncompleteLog() {
  return Refuse(rules::kLogIncomplete,
                "The audit log lacks entries, or holds others than were hashed: what ended since the copy is "
                "not known.");
}

using Entries = std::vector<std::tuple<std::string, std::string, std::string>>;

absl::StatusOr<Entries> LoggedPage(storage::Database* log, int64_t from) {
  return log->Read([&](storage::Transaction& tx) {
    return tx.Query<std::string, std::string, std::string>(
        "select salt, record, leaf from entry where idx >= :p1 and idx < :p2 order by idx", from,
        from + kEntriesAtOnce);
  });
}

// This adds the changes of entries that were moved out, and gives the index of the first entry that is still
// in the database.
absl::StatusOr<int64_t> AddMovedChanges(storage::Transaction& tx, const std::string& service, int64_t from,
                                        std::map<std::string, LoggedChange>* changes) {
  ACCORD_ASSIGN_OR_RETURN(const bool spans, storage::HasTable(tx, "log_span"));
  if (!spans) return from;
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows, tx.Query<int64_t>("select coalesce(max(beyond), 0) from log_span where moved_us > 0"));
  const int64_t moved = std::get<0>(rows.at(0));
  if (moved <= from) return from;
  ACCORD_ASSIGN_OR_RETURN(
      const auto told, (tx.Query<std::string, int64_t>(
                           "select digest, idx from revised where idx >= :p1 and idx < :p2", from, moved)));
  for (const auto& [key, index] : told) {
    // The service of the change follows the digest; earlier versions wrote the digest alone.
    const std::pair<std::string, std::string> parts = absl::StrSplit(key, absl::MaxSplits('.', 1));
    if (!parts.second.empty() && parts.second != service) continue;
    (*changes)[absl::HexStringToBytes(parts.first)] = {"", index};
  }
  return moved;
}

}  // namespace

absl::StatusOr<std::map<std::string, LoggedChange>> LoggedChangesAfter(storage::Database* log,
                                                                       const std::string& service,
                                                                       int64_t from) {
  ACCORD_ASSIGN_OR_RETURN(const auto head, log->Read([](storage::Transaction& tx) {
    return tx.Query<int64_t>("select size from log_head");
  }));
  const int64_t size = head.empty() ? 0 : std::get<0>(head[0]);
  if (size < from) {
    return Refuse(rules::kLogRewound, absl::StrCat("The log has ", size, " entries, and had ", from,
                                                   " when the copy was made: it is an older one."));
  }
  std::map<std::string, LoggedChange> changes;
  ACCORD_ASSIGN_OR_RETURN(int64_t index, log->Read([&](storage::Transaction& tx) {
    return AddMovedChanges(tx, service, from, &changes);
  }));
  while (index < size) {
    ACCORD_ASSIGN_OR_RETURN(const Entries entries, LoggedPage(log, index));
    if (static_cast<int64_t>(entries.size()) < std::min(kEntriesAtOnce, size - index)) return IncompleteLog();
    for (const auto& [salt, text, leaf] : entries) {
      const std::string bytes = Unbase64(text).value_or("");
      audit::v1::AuditRecord record;
      if (merkle::LeafHash(Unbase64(salt).value_or("") + bytes) != Unbase64(leaf).value_or("") ||
          !record.ParseFromString(bytes)) {
        return IncompleteLog();
      }
      const std::string of = ServiceInPath(record.method());
      if (of.empty() || of == service) {
        for (const auto& digest : record.revisions()) changes[digest] = {record.method(), index};
      }
      ++index;
    }
  }
  return changes;
}

}  // namespace accord::ctl
