#include "services/audit/reconcile/recovered_records.h"

#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/storage/records/feed.h"
#include "services/audit/log/told_changes.h"

namespace accord::audit {
namespace {

v1::AuditRecord BeginRecord(const std::string& service, const MissingChange& missing) {
  v1::AuditRecord record;
  record.set_gateway("reconciliation");
  *record.mutable_time() = missing.key.time();
  record.set_decision(v1::DECISION_ALLOW);
  record.set_phase(IsOfPlatform(missing.key) ? v1::PHASE_PLATFORM : v1::PHASE_RECOVERED);
  record.set_service(service);
  record.set_request_id(missing.key.request_id());
  record.set_unproven(IsUnproven(missing));
  if (!missing.proof) return record;
  const caller::v1::CallerAssertion& proof = *missing.proof;
  record.set_agency(proof.agency());
  record.set_agency_kind(proof.agency_kind());
  record.set_system(proof.system());
  record.set_actor(proof.actor());
  record.set_certificate_fingerprint(proof.certificate_fingerprint());
  record.set_purpose(proof.purpose());
  record.set_method(proof.method());
  record.set_of_call(proof.call_id());
  return record;
}

// This gives the occasion of a change. A change that a service makes by itself has a request id of its own,
// and one call may cause thousands of them at one instant: an entry for each would let the caller fill the
// log without a quota.
std::string RecoveredOccasionOf(const host::v1::RevisionKey& key) {
  if (!IsOfPlatform(key)) return key.request_id();
  return absl::StrCat(absl::ToUnixMicros(FromProto(key.time())));
}

}  // namespace

bool IsOfPlatform(const host::v1::RevisionKey& key) { return key.agency() == storage::kPlatform; }

bool IsUnproven(const MissingChange& missing) { return !missing.proof && !IsOfPlatform(missing.key); }

std::vector<v1::AuditRecord> RecoveredRecordsOf(const std::string& service,
                                                const std::vector<MissingChange>& missing) {
  // Records are kept apart by proof, by call, and by what the caller may see.
  using Of = std::tuple<std::string, std::string, std::string, std::string, bool, std::string, bool>;
  std::map<Of, v1::AuditRecord> records;
  for (const MissingChange& each : missing) {
    const auto& key = each.key;
    const std::string owner = OwnerOf(key.name()), call = each.proof ? each.proof->call_id() : "";
    v1::AuditRecord& record = records[{key.agency(), key.actor(), RecoveredOccasionOf(key), call,
                                       each.proof.has_value(), owner, key.hidden()}];
    if (record.resources().empty()) {
      record = BeginRecord(service, each);
      record.set_owner_only(key.hidden());
      // Two services may have been given the same request id by the same person.
      record.set_call_id(
          absl::StrCat(service, "\n", key.agency(), "\n", key.actor(), "\n", key.request_id()));
    }
    // If the changes have several request ids, the record names none.
    if (record.request_id() != key.request_id()) record.clear_request_id();
    auto* resource = record.add_resources();
    resource->set_name(key.name());
    resource->set_owner(owner);
    resource->set_touch(caller::v1::TOUCH_CHANGED);
    if (key.version() > 0) record.add_revisions(DigestOf(service, key));
    // If further changes of the same request are found later, they become another record.
    record.set_call_id(absl::StrCat(record.call_id(), "\n", key.name(), "\n", key.version()));
  }
  std::vector<v1::AuditRecord> out;
  for (auto& [who, record] : records) {
    record.set_call_id(absl::StrCat("recovered-", Hex(Sha256(record.call_id())).substr(0, 32)));
    out.push_back(std::move(record));
  }
  return out;
}

}  // namespace accord::audit
