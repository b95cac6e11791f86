#include "common/storage/retention/retention.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/database/statement_batch.h"
#include "common/storage/records/erasing.h"
#include "common/storage/records/feed_steps.h"
#include "common/storage/records/gone.h"
#include "common/storage/records/idempotency.h"
#include "common/storage/records/page_sql.h"
#include "common/storage/records/visible_rows.h"
#include "common/storage/sealing/keyring.h"

namespace accord::storage {
namespace {

absl::Status StoreRecordEnd(Transaction& tx, const Event& event, const Write& write) {
  StatementBatch change;
  // Nobody sees the record any more, so this version counts as indexed.
  change.Add(
      "update resource set version = :p1, listed = :p2, update_us = :p3 where kind = :p4 and name = :p5",
      {static_cast<long long>(event.version), static_cast<long long>(event.version),
       static_cast<long long>(absl::ToUnixMicros(event.at)), event.kind, event.name});
  return StoreBareVersion(tx, std::move(change), event, write);
}

}  // namespace

absl::Status EraseContent(Transaction& tx, const std::string& kind, const std::string& name) {
  // Stored answers contain the record's earlier content too.
  ACCORD_RETURN_IF_ERROR(EraseAnswers(tx, name));
  ACCORD_RETURN_IF_ERROR(EraseAnswersOfChanges(tx, kind, name));
  ACCORD_RETURN_IF_ERROR(tx.Exec(erasing::kRevisions, kind, name).status());
  return tx.Exec(erasing::kResource, kind, name).status();
}

absl::Status EndRecord(Transaction& tx, const std::string& kind, const std::string& name,
                       std::string_view reason, End end, const Write& write,
                       const std::vector<std::string>& told) {
  ACCORD_ASSIGN_OR_RETURN(const bool held, IsHeld(tx, name));
  if (held) {
    return Refuse(rules::kLegalHold, "This record must be kept.");
  }
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<std::string, std::string, int64_t>(
          "select owner, body, version from resource where kind = :p1 and name = :p2", kind, name)));
  if (rows.empty()) return NotFound();
  const auto& [owner, body, version] = rows[0];
  ACCORD_ASSIGN_OR_RETURN(
      const auto viewers,
      tx.Query<std::string>("select agency from visible where kind = :p1 and name = :p2 and field = '' and "
                            "value = ''",
                            kind, name));
  // A viewer that may only count the record has only rows with a field.
  ACCORD_RETURN_IF_ERROR(
      tx.Exec(
            "delete from visible where kind = :p1 and name = :p2 and (agency = :p3 or agency in (select "
            "v.agency from visible v where v.kind = :p4 and v.name = :p5 and v.field = '' and v.value = ''))",
            kind, name, kOwnRows, kind, name)
          .status());
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from due where kind = :p1 and name = :p2", kind, name).status());
  ACCORD_RETURN_IF_ERROR(EraseContent(tx, kind, name));
  ACCORD_RETURN_IF_ERROR(StoreRecordEnd(tx,
                                        {.kind = kind,
                                         .name = name,
                                         .owner = owner,
                                         .state = end == End::kPurged ? "purged" : "sealed",
                                         .version = version + 1,
                                         .at = write.now,
                                         .agency = write.agency,
                                         .act = write.act},
                                        write));
  std::set<std::string> agencies(told.begin(), told.end());
  if (agencies.empty()) agencies.insert(owner);
  const std::string digest = Hex(Sha256(body.substr(0, body.find('\n'))));
  for (const std::string& agency : agencies) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into tombstone (owner, name, kind, at_us, reason, purged, digest) values "
                "(:p1, :p2, :p3, :p4, :p5, :p6, :p7)",
                agency, name, kind, absl::ToUnixMicros(write.now), reason, end == End::kPurged ? 1 : 0,
                digest)
            .status());
  }
  // Nobody is told of a sealed record, not even its name.
  if (end == End::kSealed) return absl::OkStatus();
  std::vector<std::string> saw;
  for (const auto& [viewer] : viewers) {
    if (agencies.contains(viewer)) saw.push_back(viewer);
  }
  return TellGone(tx, kind, name, Gone::kPurged, saw, write.now);
}

}  // namespace accord::storage
