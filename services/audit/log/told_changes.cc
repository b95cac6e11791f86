#include "services/audit/log/told_changes.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/access/method.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/database/row_set.h"
#include "services/audit/log/append.h"
#include "services/audit/log/audit_store.h"
#include "services/audit/log/compared_record.h"
#include "services/audit/log/entry_times.h"

namespace accord::audit {
namespace {

// A request id may be used again when its answer is forgotten: a record of another day is of another call.
constexpr absl::Duration kOneCall = absl::Hours(1);

// A record of the call that made this change, by what was known of it before records told of changes.
bool TellsOf(const v1::AuditRecord& record, const std::string& service, const host::v1::RevisionKey& key) {
  if (record.decision() == v1::DECISION_DENY || record.effect_unknown() || record.validate_only())
    return false;
  const absl::Duration apart = FromProto(record.time()) - FromProto(key.time());
  if (absl::AbsDuration(apart) > kOneCall) return false;
  if (IsComparedRecord(record)) {
    return std::any_of(record.resources().begin(), record.resources().end(),
                       [&](const auto& resource) { return resource.name() == key.name(); });
  }
  return ServiceInPath(record.method()) == service && record.actor() == key.actor();
}

absl::StatusOr<bool> WasRequested(storage::Transaction& tx, const std::string& service,
                                  const host::v1::RevisionKey& key) {
  if (key.request_id().empty()) return false;
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>(
          "select e.record from requested r join entry e on e.idx = r.idx where r.agency = :p1 and "
          "r.request_id = :p2 and r.idx < coalesce((select v.idx from revising v where v.service = :p3), "
          "9223372036854775807) order by r.idx limit 100",
          key.agency(), key.request_id(), service));
  for (const auto& [text] : rows) {
    v1::AuditRecord record;
    if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
    if (TellsOf(record, service, key)) return true;
  }
  return false;
}

// This is a service, and the digest of a change that it made.
using ToldChange = std::pair<std::string, std::string>;

// This gives the changes of these records of which the log tells.
absl::StatusOr<std::set<ToldChange>> ToldOf(storage::Transaction& tx, std::span<const Prepared> records) {
  std::vector<ToldChange> changes;
  for (const auto& prepared : records) {
    const std::string service = TellingService(prepared.record);
    for (const auto& digest : prepared.record.revisions()) changes.emplace_back(service, digest);
  }
  ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> present, AreTold(tx, changes));
  std::set<ToldChange> told;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (present[i]) told.insert(changes[i]);
  }
  return told;
}

}  // namespace

absl::StatusOr<std::vector<const Prepared*>> Untold(storage::Transaction& tx,
                                                    std::span<const Prepared> records, bool look,
                                                    std::deque<Prepared>* rests) {
  std::set<ToldChange> told;
  if (look) {
    ACCORD_ASSIGN_OR_RETURN(told, ToldOf(tx, records));
  }
  std::vector<const Prepared*> untold;
  for (const Prepared& prepared : records) {
    const v1::AuditRecord& record = prepared.record;
    bool tells = record.revisions().empty();
    const std::string service = TellingService(record);
    for (const std::string& digest : record.revisions()) {
      tells = told.emplace(service, digest).second || tells;
    }
    if (tells) {
      untold.push_back(&prepared);
      continue;
    }
    // No call stands behind what the log recovered by itself. A call is recorded whatever it changed, in the
    // record that its caller is shown.
    if (IsComparedRecord(record) || record.owner_only()) continue;
    v1::AuditRecord rest = record;
    rest.clear_revisions();
    rest.clear_resources();
    for (const auto& resource : record.resources()) {
      if (resource.touch() != caller::v1::TOUCH_CHANGED) *rest.add_resources() = resource;
    }
    untold.push_back(&rests->emplace_back(std::move(rest)));
  }
  return untold;
}

std::string DigestOf(const std::string& service, const host::v1::RevisionKey& key) {
  return RevisionDigest(service, key.name(), key.version());
}

std::string TellingService(const v1::AuditRecord& record) {
  return IsComparedRecord(record) ? record.service() : ServiceInPath(record.method());
}

std::vector<std::string> TellingKeys(const std::string& service, const std::string& digest) {
  return {absl::StrCat(Hex(digest), ".", service), Hex(digest)};
}

absl::StatusOr<std::vector<bool>> AreTold(storage::Transaction& tx,
                                          const std::vector<std::pair<std::string, std::string>>& changes) {
  storage::RowSet asked("revised", {{"digest", storage::RowSet::kText}});
  std::vector<std::size_t> of;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    for (const std::string& key : TellingKeys(changes[i].first, changes[i].second)) {
      asked.Add({key});
      of.push_back(i);
    }
  }
  ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> present, asked.Present(tx));
  std::vector<bool> told(changes.size());
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (present[i]) told[of[i]] = true;
  }
  return told;
}

absl::StatusOr<bool> IsRecorded(storage::Transaction& tx, const std::string& service,
                                const host::v1::RevisionKey& key) {
  if (key.version() > 0) {
    ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> told, AreTold(tx, {{service, DigestOf(service, key)}}));
    if (told[0]) return true;
  }
  return WasRequested(tx, service, key);
}

absl::StatusOr<bool> TellsOfOthers(storage::Transaction& tx, const std::string& call_id, absl::Time issued) {
  if (call_id.empty()) return false;
  ACCORD_ASSIGN_OR_RETURN(const int64_t first,
                          FirstEntrySince(tx, issued - kOutOfOrder, absl::InfiniteFuture()));
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select record from entry where idx >= :p1 and call_id = :p2 and phase = :p3",
                            first, call_id, static_cast<int>(v1::PHASE_COMPLETE)));
  for (const auto& [text] : rows) {
    v1::AuditRecord record;
    if (!record.ParseFromString(Unbase64(text).value_or(""))) return LogIncomplete();
    if (record.revisions_size() > 0) return true;
  }
  return false;
}

}  // namespace accord::audit
