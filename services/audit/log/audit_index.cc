#include "services/audit/log/audit_index.h"

#include <algorithm>
#include <set>

#include "absl/time/clock.h"
#include "common/access/method.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/audit/log/append.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/compared_record.h"
#include "services/audit/log/entry_times.h"
#include "services/audit/log/told_changes.h"
#include "services/audit/log/touched_index.h"

namespace accord::audit {
namespace {

constexpr std::size_t kDigestBytes = 16;

}  // namespace

void IndexRows::AddConcerned(int64_t index, const v1::AuditRecord& record) {
  std::set<std::pair<std::string, int>> agencies;
  if (!record.owner_only()) agencies.emplace(record.agency(), 0);
  for (const auto& resource : record.resources()) agencies.emplace(resource.owner(), 1);
  const auto at = static_cast<long long>(index);
  for (const auto& [agency, as_owner] : agencies) {
    concerned_.Add({agency, static_cast<long long>(as_owner), at});
  }
}

void IndexRows::Add(int64_t index, const v1::AuditRecord& record) {
  AddConcerned(index, record);
  const auto at = static_cast<long long>(index);
  bool tells = false;
  for (const auto& digest : record.revisions()) {
    if (digest.size() != kDigestBytes) continue;
    revised_.Add({TellingKeys(TellingService(record), digest)[0], at});
    tells = true;
  }
  // What the log recovered by itself says nothing of what gateways record.
  const bool recovered = IsComparedRecord(record);
  const std::string service = recovered ? "" : ServiceInPath(record.method());
  // From the first such entry on, this service's records tell what changed.
  if (tells && !service.empty() && services_.insert(service).second) revising_.Add({service, at});
  if (!record.request_id().empty()) requested_.Add({record.agency(), record.request_id(), at});
}

absl::Status IndexRows::Insert(storage::Transaction& tx) const {
  std::vector<storage::Insertion> insertions;
  AddTo(storage::RowSet::kLeave, &insertions);
  for (const auto& [rows, on_conflict] : insertions) ACCORD_RETURN_IF_ERROR(rows->Insert(tx, on_conflict));
  return absl::OkStatus();
}

void IndexRows::AddTo(storage::RowSet::OnConflict told, std::vector<storage::Insertion>* insertions) const {
  insertions->push_back({&revised_, told});
  for (const storage::RowSet* rows : {&concerned_, &revising_, &requested_}) {
    insertions->push_back({rows, storage::RowSet::kLeave});
  }
}

absl::Status IndexGap(storage::Transaction& tx, int64_t from, int64_t to) {
  for (int64_t at = from; at < to; at += kEntriesAtOnce) {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows, (tx.Query<int64_t, std::string>(
                             "select idx, record from entry where idx >= :p1 and idx < :p2 order by idx", at,
                             std::min(to, at + kEntriesAtOnce))));
    IndexRows index_rows;
    TouchedRows touched(at);
    storage::RowSet appended("appended", AppendedColumns());
    for (const auto& [index, text] : rows) {
      v1::AuditRecord record;
      if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
      index_rows.Add(index, record);
      touched.Add(record);
      AddAppended(record, absl::Now(), &appended);
    }
    ACCORD_RETURN_IF_ERROR(index_rows.Insert(tx));
    ACCORD_RETURN_IF_ERROR(touched.Insert(tx, at));
    ACCORD_RETURN_IF_ERROR(appended.Insert(tx, storage::RowSet::kLeave));
  }
  return tx.Exec("update log_head set indexed = :p1 where id = 1 and indexed < :p2", to, to).status();
}

}  // namespace accord::audit
