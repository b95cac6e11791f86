#include "services/intelligence/dissemination_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/schedule.h"
#include "services/intelligence/intelligence_store.h"
#include "services/intelligence/tables.h"

namespace accord::intelligence {
namespace {

using absl::StatusCode;
using v1::ReleaseRequest;
using v1::Report;
using v1::ReportCopy;

constexpr char kKind[] = "release_request";

storage::Placement PlacementOf(const ReportCopy& copy) {
  const std::string originator = OwnerOf(copy.report());
  storage::Placement placement{originator, "", {originator}, {}};
  if (copy.to_agency() != originator) placement.parties.push_back(copy.to_agency());
  placement.fields["report@" + originator] = copy.report();
  placement.fields["given@" + copy.to_agency()] = "yes";
  return placement;
}

storage::Placement PlacementOf(const ReleaseRequest& release) {
  const std::string owner = OwnerOf(release.name());
  storage::Placement placement{owner, ShortName(v1::ReleaseState_descriptor(), release.state()), {owner}, {}};
  placement.parties.push_back(release.originator());
  placement.fields["report"] = release.report();
  return placement;
}

}  // namespace

void DisseminationService::Register(host::Handlers* handlers) {
  using S = DisseminationService;
  handlers->Bind("accord.intelligence.v1.DisseminationService", this, &S::Share, &S::Get, &S::List,
                 &S::ListDisclosures, &S::Ask, &S::Decide, &S::ListReleases);
}

absl::StatusOr<bool> DisseminationService::Opens(Tx& tx, const Report& report, const std::string& agency,
                                                 const std::string& release, absl::Time now) {
  if (!Circulates(report)) return false;
  if (release.empty()) return Permits(*rules_, report, agency);
  if (report.handling() == v1::HANDLING_H1) return false;
  ReleaseRequest granted;
  ACCORD_RETURN_IF_ERROR(releases_.GetAny(tx, release, &granted));
  return Covers(granted, report.name(), agency, now);
}

absl::StatusOr<bool> DisseminationService::Holds(Tx& tx, const Report& report, const std::string& agency,
                                                 absl::Time now) {
  if (agency == OwnerOf(report.name())) return true;
  if (agency == rules_->bureau()) {
    Report seen;
    return reports_.Get(tx, report.name(), agency, &seen).ok();
  }
  ACCORD_ASSIGN_OR_RETURN(const auto held, CopiesOf(tx, report.name(), agency));
  for (const Held& each : held) {
    ACCORD_ASSIGN_OR_RETURN(const bool opens, Opens(tx, report, agency, each.release, now));
    if (opens) return true;
  }
  return false;
}

absl::StatusOr<std::string> DisseminationService::ReleaseFor(Tx& tx, const std::string& report,
                                                             const std::string& sender, const std::string& to,
                                                             absl::Time now) {
  const storage::ListQuery query{
      sender, {{"report", report}}, 1000, "", absl::StrCat("agencies/", sender, "/releaseRequests/")};
  ACCORD_ASSIGN_OR_RETURN(const auto page, releases_.List<ReleaseRequest>(tx, query));
  for (const auto& release : page.items) {
    if (Covers(release, report, to, now)) return release.name();
  }
  return "";
}

absl::StatusOr<ReportCopy> DisseminationService::Share(host::Call& call, Tx& tx, const storage::Write& write,
                                                       const v1::ShareReportRequest& request) {
  const std::string& sender = call.caller().agency;
  Report report;
  ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, request.report(), &report));
  ACCORD_ASSIGN_OR_RETURN(const bool holds, Holds(tx, report, sender, call.now()));
  if (!holds) return NotFound();
  const std::string originator = OwnerOf(report.name());
  if (!Circulates(report)) {
    return Refuse(StatusCode::kFailedPrecondition, "REPORT_NOT_ACTIVE",
                  "A report that is in use can be shared.");
  }
  if (request.to_agency() == originator || request.to_agency() == sender) {
    return Refuse(StatusCode::kInvalidArgument, "RECIPIENT_HAS_IT", "This agency has the report.");
  }
  ReportCopy copy;
  if (sender == originator) {
    if (!Permits(*rules_, report, request.to_agency())) {
      return Refuse(
          StatusCode::kFailedPrecondition, "HANDLING_FORBIDS",
          "The report's handling does not let this agency have it; its originator may change that.");
    }
  } else {
    ACCORD_ASSIGN_OR_RETURN(*copy.mutable_release(),
                            ReleaseFor(tx, report.name(), sender, request.to_agency(), call.now()));
    if (copy.release().empty() || report.handling() == v1::HANDLING_H1) {
      return Refuse(
          StatusCode::kFailedPrecondition, "NO_RELEASE",
          "Onward sharing goes back to the originator: `create release-request` names this agency.");
    }
  }
  copy.set_name(absl::StrCat(report.name(), "/copies/", NewId(call.now())));
  copy.set_report(report.name());
  copy.set_from_agency(sender);
  copy.set_from(call.caller().actor);
  copy.set_to_agency(request.to_agency());
  copy.set_purpose(request.purpose());
  copy.set_handling(report.handling());
  copy.set_digest(report.digest());
  ACCORD_RETURN_IF_ERROR(copies_.Insert(tx, &copy, write, PlacementOf(copy)));
  ACCORD_RETURN_IF_ERROR(NoteCopy(tx, copy.report(), copy.to_agency(), copy.name(), copy.release()));
  return copy;
}

absl::StatusOr<Report> DisseminationService::VersionOf(Tx& tx, const ReportCopy& copy) {
  ACCORD_ASSIGN_OR_RETURN(const auto revisions, reports_.Revisions<Report>(tx, copy.report()));
  for (const auto& revision : revisions) {
    if (revision.item.digest() == copy.digest()) return ContentOf(revision.item);
  }
  return NotFound();
}

absl::StatusOr<ReportCopy> DisseminationService::Get(host::Call& call, Tx& tx,
                                                     const v1::GetReportCopyRequest& request) {
  const std::string& agency = call.caller().agency;
  ReportCopy copy;
  ACCORD_RETURN_IF_ERROR(copies_.Get(tx, request.name(), agency, &copy));
  if (agency != copy.to_agency()) return copy;  // The originator reads that it was given.
  Report report;
  ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, copy.report(), &report));
  ACCORD_ASSIGN_OR_RETURN(const bool opens, Opens(tx, report, agency, copy.release(), call.now()));
  if (!opens) return NotFound();
  ACCORD_ASSIGN_OR_RETURN(*copy.mutable_content(), VersionOf(tx, copy));
  // Who keeps to it now, not when it was given.
  copy.mutable_content()->set_handling(report.handling());
  return copy;
}

absl::StatusOr<v1::ListReportCopiesResponse> DisseminationService::List(
    host::Call& call, Tx& tx, const v1::ListReportCopiesRequest& request) {
  const std::string& agency = call.caller().agency;
  const storage::ListQuery query{agency, {{"given", "yes"}}, request.page_size(), request.page_token(), ""};
  ACCORD_ASSIGN_OR_RETURN(auto page, copies_.List<ReportCopy>(tx, query));
  v1::ListReportCopiesResponse response;
  for (auto& copy : page.items) {
    Report report;
    ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, copy.report(), &report));
    ACCORD_ASSIGN_OR_RETURN(const bool opens, Opens(tx, report, agency, copy.release(), call.now()));
    if (opens) *response.add_report_copies() = std::move(copy);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::ListDisclosuresResponse> DisseminationService::ListDisclosures(
    host::Call& call, Tx& tx, const v1::ListDisclosuresRequest& request) {
  if (OwnerOf(request.report()) != call.caller().agency) return NotFound();
  const storage::ListQuery query{
      call.caller().agency, {{"report", request.report()}}, request.page_size(), request.page_token(), ""};
  return copies_.ListInto(tx, query, &v1::ListDisclosuresResponse::mutable_report_copies);
}

absl::StatusOr<ReleaseRequest> DisseminationService::Ask(host::Call& call, Tx& tx,
                                                         const storage::Write& write,
                                                         const v1::CreateReleaseRequestRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  ReleaseRequest release = request.release_request();
  Report report;
  ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, release.report(), &report));
  ACCORD_ASSIGN_OR_RETURN(const bool holds, Holds(tx, report, call.caller().agency, call.now()));
  if (!holds) return NotFound();
  release.set_originator(OwnerOf(report.name()));
  if (release.originator() == call.caller().agency) {
    return Refuse(StatusCode::kInvalidArgument, "ORIGINATOR_ASKS_NOBODY",
                  "Your own report needs no release.");
  }
  release.set_name(absl::StrCat(request.parent(), "/releaseRequests/", NewId(call.now())));
  release.set_state(v1::RELEASE_STATE_PENDING);
  const absl::Time due = ReleaseDue(*rules_, release.urgent(), call.now());
  *release.mutable_due() = ToProto(due);
  ACCORD_RETURN_IF_ERROR(releases_.Insert(tx, &release, write, PlacementOf(release)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kKind, release.name(), due));
  return release;
}

absl::StatusOr<ReleaseRequest> DisseminationService::Decide(host::Call& call, Tx& tx,
                                                            const storage::Write& write,
                                                            const v1::DecideReleaseRequestRequest& request) {
  ReleaseRequest release;
  ACCORD_RETURN_IF_ERROR(releases_.Get(tx, request.name(), call.caller().agency, &release));
  if (release.originator() != call.caller().agency) {
    return Refuse(StatusCode::kPermissionDenied, "NOT_THE_ORIGINATOR", "The report's originator decides.");
  }
  const bool ours = request.event() != "lapse";
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          ReleaseLifecycle().Next(release.state(), ours ? request.event() : ""));
  if (request.event() == "grant") {
    if (call.now() >= FromProto(release.due())) {
      return Refuse(StatusCode::kFailedPrecondition, "RELEASE_LAPSED",
                    "It went unanswered; the holder asks again.");
    }
    for (const auto& recipient : request.recipients()) {
      if (!Has(release.recipients(), recipient)) {
        return Refuse(StatusCode::kInvalidArgument, "RELEASE_BEYOND_REQUEST",
                      "Grant what was asked for, or less.");
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
  ACCORD_RETURN_IF_ERROR(releases_.Update(tx, &release, request.etag(), write, PlacementOf(release)));
  ACCORD_RETURN_IF_ERROR(storage::Schedule(tx, kKind, release.name(), std::nullopt));
  return release;
}

absl::StatusOr<v1::ListReleaseRequestsResponse> DisseminationService::ListReleases(
    host::Call& call, Tx& tx, const v1::ListReleaseRequestsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  return releases_.ListInto(tx, query, &v1::ListReleaseRequestsResponse::mutable_release_requests);
}

absl::Status DisseminationService::PassTime(Tx& tx, const std::string& name, absl::Time now) {
  ReleaseRequest release;
  ACCORD_RETURN_IF_ERROR(releases_.GetAny(tx, name, &release));
  const auto next = ReleaseLifecycle().Next(release.state(), "lapse");
  if (next.ok() && now >= FromProto(release.due())) {
    release.set_state(static_cast<v1::ReleaseState>(*next));
    const std::string etag = release.etag();
    ACCORD_RETURN_IF_ERROR(releases_.Update(tx, &release, etag, {"platform", "calendar", NewId(now), now},
                                            PlacementOf(release)));
  }
  return storage::Schedule(tx, kKind, name, std::nullopt);
}

}  // namespace accord::intelligence
