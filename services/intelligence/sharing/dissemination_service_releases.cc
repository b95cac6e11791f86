// These are the handlers for releases, by which an originator lets others pass its report on, and the bureau
// does in an emergency.
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/schedule.h"
#include "services/intelligence/contains.h"
#include "services/intelligence/due_times.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/report_checks.h"
#include "services/intelligence/sharing/dissemination_service.h"
#include "services/intelligence/sharing/releases.h"

namespace accord::intelligence {
namespace {

using v1::ReleaseRequest;
using v1::Report;

constexpr char kReleaseKind[] = "release_request";

}  // namespace

absl::StatusOr<ReleaseRequest> DisseminationService::RequestRelease(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::CreateReleaseRequestRequest& request) {
  ReleaseRequest release = request.release_request();
  ACCORD_ASSIGN_OR_RETURN(const Report report, HeldReport(call, tx, release.report()));
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(*rules_, release.justification()));
  release.set_originator(OwnerOf(report.name()));
  if (release.originator() == call.caller().agency) {
    return Refuse(rules::kOriginatorAsksNobody, "Your own report needs no release.");
  }
  release.set_name(absl::StrCat(request.parent(), "/releaseRequests/", NewId(call.now())));
  release.set_state(v1::RELEASE_STATE_PENDING);
  const absl::Time due = ReleaseDue(*rules_, release.urgent(), call.now());
  *release.mutable_due() = ToProto(due);
  ACCORD_RETURN_IF_ERROR(releases_.Insert(tx, &release, write, PlacementOf(release)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kReleaseKind, release.name(), due));
  return release;
}

absl::StatusOr<ReleaseRequest> DisseminationService::DecideRelease(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::DecideReleaseRequestRequest& request) {
  ReleaseRequest release;
  ACCORD_RETURN_IF_ERROR(releases_.Get(tx, request.name(), call.caller().agency, &release));
  const bool ours = request.event() == "grant" || request.event() == "refuse" || request.event() == "revoke";
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          ReleaseLifecycle().Next(release.state(), ours ? request.event() : ""));
  if (request.event() == "grant") {
    if (call.now() >= FromProto(release.due())) {
      return Refuse(rules::kReleaseLapsed, "It went unanswered; the holder asks again.");
    }
    for (const auto& recipient : request.recipients()) {
      if (!Contains(release.recipients(), recipient)) {
        return Refuse(rules::kReleaseBeyondRequest, "Grant what was asked for, or less.");
      }
    }
    if (request.recipients().empty() || !ParseDay(request.expires_on()) ||
        request.expires_on() < FormatDay(OntarioDay(call.now()))) {
      return RefuseFields({{"recipients", "names who may have it, and expires_on a day still to come"}});
    }
    *release.mutable_granted_recipients() = request.recipients();
    release.set_expires_on(request.expires_on());
  }
  release.set_state(static_cast<v1::ReleaseState>(next));
  ACCORD_RETURN_IF_ERROR(KeepRelease(tx, &release, request.etag(), write));
  return release;
}

absl::StatusOr<ReleaseRequest> DisseminationService::GetRelease(host::Call& call, Tx& tx,
                                                                const v1::GetReleaseRequestRequest& request) {
  ReleaseRequest release;
  ACCORD_RETURN_IF_ERROR(releases_.Get(tx, request.name(), call.caller().agency, &release));
  return release;
}

absl::StatusOr<v1::ListReleaseRequestsResponse> DisseminationService::ListReleases(
    host::Call& call, Tx& tx, const v1::ListReleaseRequestsRequest& request) {
  const storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  return releases_.ListInto(tx, query, &v1::ListReleaseRequestsResponse::mutable_release_requests);
}

absl::StatusOr<ReleaseRequest> DisseminationService::ProposeEmergency(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ProposeEmergencyReleaseRequest& request) {
  const std::string& bureau = call.caller().agency;
  if (!control_.IsBureau(bureau)) return NotFound();
  ReleaseRequest release = request.release_request();
  ACCORD_ASSIGN_OR_RETURN(const Report report, HeldReport(call, tx, release.report()));
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(*rules_, release.justification()));
  release.set_name(absl::StrCat(request.parent(), "/releaseRequests/", NewId(call.now())));
  release.set_originator(OwnerOf(report.name()));
  release.set_state(v1::RELEASE_STATE_PROPOSED);
  release.set_urgent(true);
  release.set_emergency(true);
  release.add_emergency_by(call.caller().actor);
  const absl::Time due = ReleaseDue(*rules_, true, call.now());
  *release.mutable_due() = ToProto(due);
  // From this moment the originator's list has the release.
  ACCORD_RETURN_IF_ERROR(releases_.Insert(tx, &release, write, PlacementOf(release)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kReleaseKind, release.name(), due));
  return release;
}

absl::StatusOr<ReleaseRequest> DisseminationService::ConfirmEmergency(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ConfirmEmergencyReleaseRequest& request) {
  ReleaseRequest release;
  ACCORD_RETURN_IF_ERROR(releases_.Get(tx, request.name(), call.caller().agency, &release));
  if (OwnerOf(release.name()) != call.caller().agency) return NotFound();
  ACCORD_ASSIGN_OR_RETURN(const int next, ReleaseLifecycle().Next(release.state(), "confirm"));
  if (Contains(release.emergency_by(), call.caller().actor)) {
    return Refuse(rules::kEmergencyNeedsTwo, "Somebody other than who proposed it confirms.");
  }
  if (call.now() >= FromProto(release.due())) {
    return Refuse(rules::kReleaseLapsed, "It went unconfirmed; propose it again.");
  }
  release.set_state(static_cast<v1::ReleaseState>(next));
  release.add_emergency_by(call.caller().actor);
  *release.mutable_granted_recipients() = release.recipients();
  release.set_expires_on(FormatDay(OntarioDay(call.now()) + rules_->emergency_days()));
  ACCORD_RETURN_IF_ERROR(KeepRelease(tx, &release, request.etag(), write));
  return release;
}

absl::Status DisseminationService::KeepRelease(Tx& tx, ReleaseRequest* release, const std::string& etag,
                                               const storage::Write& write) {
  ACCORD_RETURN_IF_ERROR(releases_.Update(tx, release, etag, write, PlacementOf(*release)));
  return storage::Schedule(tx, kReleaseKind, release->name(), std::nullopt);
}

absl::Status DisseminationService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  ReleaseRequest release;
  ACCORD_RETURN_IF_ERROR(releases_.GetAny(tx, name, &release));
  const auto next = ReleaseLifecycle().Next(release.state(), "lapse");
  if (next.ok() && now >= FromProto(release.due())) {
    release.set_state(static_cast<v1::ReleaseState>(*next));
    const std::string etag = release.etag();
    return KeepRelease(tx, &release, etag, {"platform", "calendar", NewId(now), now});
  }
  return storage::Schedule(tx, kReleaseKind, name, std::nullopt);
}

}  // namespace accord::intelligence
