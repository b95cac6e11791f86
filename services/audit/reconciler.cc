#include "services/audit/reconciler.h"

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/access/method.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/base/log.h"
#include "common/host/door.h"
#include "services/audit/audit_index.h"
#include "services/audit/record_form.h"

namespace accord::audit {
namespace {

constexpr int kPage = 1000;
constexpr absl::Duration kUnderWay = absl::Seconds(60);

absl::Status NotEnrolled() {
  return Refuse(absl::StatusCode::kFailedPrecondition, "DOOR_NOT_ENROLLED",
                "The audit log has no identity to ask the services with: enrol the agency sv-audit of kind "
                "platform_service with an actor of role platform_auditor, and give the audit service its "
                "certificate (door in its configuration).");
}

// The door's own refusals are the log's lack of an identity, not the caller's of a right.
absl::Status OfTheDoor(const absl::Status& status) {
  if (RuleOf(status) == "NO_IDENTITY") return NotEnrolled();
  if (!absl::IsPermissionDenied(status) && !absl::IsUnauthenticated(status)) return status;
  return Refuse(absl::StatusCode::kFailedPrecondition, "DOOR_REFUSED",
                absl::StrCat("The gateway refuses the audit log's own identity (", RuleOf(status),
                             "): look at the agency sv-audit, its actor and its certificate."));
}

// The records of changes that the log does not hold: one for each request of a person and each owner, who
// reads nothing of what concerns others.
std::vector<v1::AuditRecord> RecordsOf(const std::string& service,
                                       const std::vector<host::v1::RevisionKey>& missing) {
  std::map<std::tuple<std::string, std::string, std::string, std::string>, v1::AuditRecord> records;
  for (const auto& key : missing) {
    v1::AuditRecord& record = records[{key.agency(), key.actor(), key.request_id(), OwnerOf(key.name())}];
    if (record.resources().empty()) {
      record.set_gateway("reconciliation");
      *record.mutable_time() = key.time();
      record.set_agency(key.agency());
      record.set_actor(key.actor());
      record.set_request_id(key.request_id());
      record.set_decision(v1::DECISION_ALLOW);
      record.set_phase(v1::PHASE_RECOVERED);
      // Two services may have been given the same request id by the same person.
      record.set_call_id(
          absl::StrCat(service, "\n", key.agency(), "\n", key.actor(), "\n", key.request_id()));
    }
    auto* resource = record.add_resources();
    resource->set_name(key.name());
    resource->set_owner(OwnerOf(key.name()));
    resource->set_touch(caller::v1::TOUCH_CHANGED);
    if (key.version() > 0) record.add_revisions(DigestOf(service, key));
    // What is missing of the same request later is another record.
    record.set_call_id(absl::StrCat(record.call_id(), "\n", key.name(), "\n", key.version()));
  }
  std::vector<v1::AuditRecord> out;
  for (auto& [who, record] : records) {
    record.set_call_id(absl::StrCat("recovered-", Hex(Sha256(record.call_id())).substr(0, 32)));
    out.push_back(std::move(record));
  }
  return out;
}

std::string MethodOf(const std::string& service, const char* method) {
  return absl::StrCat("/accord.", service, ".v1.RevisionService/", method);
}

Position PositionOf(const std::string& service, const host::v1::RevisionKey& key) {
  return {key.sequence(), Hex(DigestOf(service, key))};
}

}  // namespace

RevisionSource ThroughTheDoor(const host::v1::DoorConfig& config) {
  if (config.address().empty()) {
    return [](const std::string&, const host::v1::ListRevisionKeysRequest&)
               -> absl::StatusOr<host::v1::ListRevisionKeysResponse> { return NotEnrolled(); };
  }
  auto door = std::make_shared<host::Door>(config);
  return [door](const std::string& service, const host::v1::ListRevisionKeysRequest& request)
             -> absl::StatusOr<host::v1::ListRevisionKeysResponse> {
    auto page = door->Call<host::v1::ListRevisionKeysResponse>(MethodOf(service, "ListRevisionKeys"),
                                                               "administration", request);
    if (!page.ok()) return OfTheDoor(page.status());
    return page;
  };
}

RevisionWatch WatchThroughTheDoor(const host::v1::DoorConfig& config) {
  if (config.address().empty()) {
    return [](const auto&, const auto&, const auto&, const auto&) { return NotEnrolled(); };
  }
  auto door = std::make_shared<host::Door>(config);
  return [door](const std::string& service, const host::v1::WatchRevisionKeysRequest& request,
                const auto& message, const auto& go_on) {
    return OfTheDoor(door->Stream<host::v1::ListRevisionKeysResponse>(
        MethodOf(service, "WatchRevisionKeys"), "administration", request, message, go_on));
  };
}

std::vector<std::string> RevisedServices() {
  std::vector<std::string> services;
  for (const std::string& each : AllServices()) {
    if (absl::EndsWith(each, ".RevisionService")) services.push_back(ServiceInPath("/" + each));
  }
  return services;
}

absl::StatusOr<v1::RecoverRecordsResponse> Reconciler::Recover(const v1::RecoverRecordsRequest& request,
                                                               absl::Time now) {
  std::vector<std::string> services = RevisedServices();
  if (!request.service().empty()) {
    if (std::find(services.begin(), services.end(), request.service()) == services.end()) {
      return Refuse(absl::StatusCode::kInvalidArgument, "SERVICE_UNKNOWN",
                    "No service of this name tells what it changed.");
    }
    services = {request.service()};
  }
  if (request.older_than_seconds() < 0) {
    return RefuseFields({{"older_than_seconds", "must not be negative"}});
  }
  const absl::Time before =
      now - (request.has_older_than_seconds() ? absl::Seconds(request.older_than_seconds()) : kUnderWay);
  const std::unique_lock running(running_, std::try_to_lock);
  if (!running.owns_lock()) {
    return WithRetryAfter(Refuse(absl::StatusCode::kResourceExhausted, "RECONCILIATION_RUNNING",
                                 "Another comparison is under way; try again."),
                          absl::Seconds(1));
  }
  const absl::Time until = absl::Now() + budget_;
  v1::RecoverRecordsResponse response;
  for (const std::string& service : services) {
    bool more = false;
    auto* outcome = response.add_services();
    ACCORD_RETURN_IF_ERROR(RecoverService(service, request.from_start(), before, until, outcome, &more));
    response.mutable_recovered()->MergeFrom(outcome->recovered());
    response.set_more(response.more() || more);
  }
  return response;
}

absl::Status Reconciler::RecoverService(const std::string& service, bool from_start, absl::Time before,
                                        absl::Time until, v1::Reconciliation* outcome, bool* more) {
  outcome->set_service(service);
  Position position;
  if (!from_start) {
    ACCORD_ASSIGN_OR_RETURN(
        position, database_->Read([&](storage::Transaction& tx) { return ReadPosition(tx, service); }));
  }
  // At least one page of every service, so that each call gets on.
  do {
    ACCORD_ASSIGN_OR_RETURN(const Page page, Next(service, &position));
    std::vector<host::v1::RevisionKey> keys;
    for (const auto& key : page.revisions()) {
      // A call that is still on its way has no record yet; what comes after it waits with it.
      if (FromProto(key.time()) > before) break;
      keys.push_back(key);
    }
    if (!keys.empty()) {
      ACCORD_RETURN_IF_ERROR(Compare(service, keys, outcome));
      position = PositionOf(service, keys.back());
      ACCORD_RETURN_IF_ERROR(
          database_->Transact([&](storage::Transaction& tx) { return KeepPosition(tx, service, position); }));
    }
    outcome->set_sequence(position.sequence);
    *more = !keys.empty() && static_cast<int>(keys.size()) == page.revisions_size();
  } while (*more && absl::Now() < until);
  return absl::OkStatus();
}

absl::StatusOr<Position> Reconciler::CatchUp(const std::string& service, absl::Time before) {
  v1::Reconciliation outcome;
  bool more = false;
  ACCORD_RETURN_IF_ERROR(RecoverService(service, false, before, absl::InfiniteFuture(), &outcome, &more));
  return database_->Read([&](storage::Transaction& tx) { return ReadPosition(tx, service); });
}

absl::StatusOr<int64_t> Reconciler::Settle(const std::string& service,
                                           const std::vector<host::v1::RevisionKey>& keys) {
  v1::Reconciliation outcome;
  ACCORD_RETURN_IF_ERROR(Compare(service, keys, &outcome));
  const Position position = PositionOf(service, keys.back());
  ACCORD_RETURN_IF_ERROR(
      database_->Transact([&](storage::Transaction& tx) { return KeepPosition(tx, service, position); }));
  return outcome.recovered_size();
}

absl::StatusOr<Reconciler::Page> Reconciler::Next(const std::string& service, Position* position) {
  host::v1::ListRevisionKeysRequest list;
  list.set_page_size(kPage);
  // Begins with the change that was compared last, to see that it is still the same.
  list.set_after_sequence(std::max<int64_t>(position->sequence - 1, 0));
  ACCORD_ASSIGN_OR_RETURN(Page page, source_(service, list));
  if (position->sequence == 0) return page;
  int compared = 0;
  bool known = false;
  while (compared < page.revisions_size() && page.revisions(compared).sequence() == position->sequence) {
    known = known || PositionOf(service, page.revisions(compared)).digest == position->digest;
    ++compared;
  }
  if (known) {
    page.mutable_revisions()->DeleteSubrange(0, compared);
    return page;
  }
  LogWarning("reconciliation_from_start", {{"of", service}});
  *position = Position();
  list.set_after_sequence(0);
  return source_(service, list);
}

absl::Status Reconciler::Compare(const std::string& service, const std::vector<host::v1::RevisionKey>& keys,
                                 v1::Reconciliation* outcome) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto missing,
      database_->Read([&](storage::Transaction& tx) -> absl::StatusOr<std::vector<host::v1::RevisionKey>> {
        // Nearly all of them are known by what their records tell: asked for at once.
        storage::RowSet told("revised", {{"digest", storage::RowSet::kText}});
        for (const auto& key : keys) told.Add({Hex(DigestOf(service, key))});
        ACCORD_ASSIGN_OR_RETURN(const std::vector<bool> known, told.Present(tx));
        std::vector<host::v1::RevisionKey> unknown;
        for (std::size_t i = 0; i < keys.size(); ++i) {
          if (known[i] && keys[i].version() > 0) continue;
          ACCORD_ASSIGN_OR_RETURN(const bool recorded, IsRecorded(tx, service, keys[i]));
          if (!recorded) unknown.push_back(keys[i]);
        }
        return unknown;
      }));
  outcome->set_compared(outcome->compared() + static_cast<int64_t>(keys.size()));
  if (missing.empty()) return absl::OkStatus();
  std::vector<v1::AuditRecord> records = RecordsOf(service, missing);
  for (const auto& record : records) outcome->add_recovered(record.request_id());
  return sequencer_->Append(Storable(std::move(records))).status();
}

}  // namespace accord::audit
