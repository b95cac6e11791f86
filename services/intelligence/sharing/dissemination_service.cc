#include "services/intelligence/sharing/dissemination_service.h"

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/derived.h"
#include "common/storage/records/list_shown.h"
#include "common/storage/records/schedule.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/report_checks.h"
#include "services/intelligence/report_content.h"
#include "services/intelligence/report_use.h"
#include "services/intelligence/sharing/copy_placement.h"
#include "services/intelligence/sharing/copy_store.h"

namespace accord::intelligence {
using v1::Report;
using v1::ReportCopy;

namespace {

// A request waits for its originator, and an emergency for a second person of the bureau.
void SetDisseminationDue(v1::ReleaseRequest* release) {
  const bool waits =
      release->state() == v1::RELEASE_STATE_PENDING || release->state() == v1::RELEASE_STATE_PROPOSED;
  if (waits) *release->mutable_next_due() = release->due();
}

absl::Status AddDisseminationDue(host::Call&, storage::Transaction&, v1::ReleaseRequest* release) {
  SetDisseminationDue(release);
  return absl::OkStatus();
}

}  // namespace

void DisseminationService::Register(host::Handlers* handlers) {
  using S = DisseminationService;
  host::Derived<v1::ReleaseRequest> derived(handlers, "accord.intelligence.v1.DisseminationService",
                                            AddDisseminationDue);
  derived.Bind(this, &S::Share, &S::Get, &S::List, &S::ListDisclosures, &S::RequestRelease, &S::DecideRelease,
               &S::GetRelease, &S::ListReleases, &S::ProposeEmergency, &S::ConfirmEmergency);
}

absl::StatusOr<Report> DisseminationService::HeldReport(host::Call& call, Tx& tx, const std::string& name) {
  return control_.HeldReport(tx, name, call.caller().agency, call.now());
}

absl::StatusOr<ReportCopy> DisseminationService::Share(host::Call& call, Tx& tx, const storage::Write& write,
                                                       const v1::ShareReportRequest& request) {
  const std::string& sender = call.caller().agency;
  ACCORD_ASSIGN_OR_RETURN(const Report report, HeldReport(call, tx, request.report()));
  const std::string originator = OwnerOf(report.name());
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(*rules_, request.purpose()));
  if (!Circulates(report, call.now())) {
    return Refuse(rules::kReportNotActive, "A report that is in use can be shared.");
  }
  if (request.to_agency() == originator || request.to_agency() == sender) {
    return Refuse(rules::kRecipientHasIt, "This agency has the report.");
  }
  ReportCopy copy;
  if (sender == originator) {
    ACCORD_ASSIGN_OR_RETURN(const bool permitted, control_.Permits(tx, report, request.to_agency()));
    if (!permitted) {
      return Refuse(
          rules::kHandlingForbids,
          "The report's handling does not let this agency have it; its originator may change that.");
    }
  } else {
    ACCORD_ASSIGN_OR_RETURN(*copy.mutable_release(),
                            control_.ReleaseFor(tx, report, sender, request.to_agency(), call.now()));
    if (copy.release().empty()) {
      return Refuse(
          rules::kNoRelease,
          "Onward sharing goes back to the originator: `create release-request` names this agency.");
    }
  }
  if (control_.IsCrown(request.to_agency()) && request.disclosure_officer().empty()) {
    return Refuse(rules::kDisclosureOfficerMissing,
                  "A Crown has it through a disclosure officer: name yours in disclosure_officer.");
  }
  copy.set_disclosure_officer(request.disclosure_officer());
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
  ACCORD_ASSIGN_OR_RETURN(const bool opens, control_.Opens(tx, report, agency, copy.release(), call.now()));
  if (!opens) return NotFound();
  ACCORD_ASSIGN_OR_RETURN(*copy.mutable_content(), VersionOf(tx, copy));
  // The handling shown is the report's present one, which may have changed since the dissemination.
  copy.mutable_content()->set_handling(report.handling());
  return copy;
}

absl::StatusOr<v1::ListReportCopiesResponse> DisseminationService::List(
    host::Call& call, Tx& tx, const v1::ListReportCopiesRequest& request) {
  const std::string& agency = call.caller().agency;
  OpenCopies open;
  open.agency = agency;
  open.today = FormatDay(OntarioDay(call.now()));
  open.by_handling = !control_.IsBureau(agency);
  ACCORD_ASSIGN_OR_RETURN(const auto closed, control_.ClosedTo(tx, agency));
  for (const v1::Handling handling : closed) {
    open.closed.push_back(ShortName(v1::Handling_descriptor(), handling));
  }
  storage::ListQuery query{agency, {{"given", "yes"}}, request.page_size(), request.page_token(), ""};
  query.names = [open](const storage::Bind& bind, const std::string& after, int limit) {
    return OpenCopiesSql(open, bind, after, limit);
  };
  // The report and the release themselves have the last word.
  return storage::ListShown(copies_, tx, query, &v1::ListReportCopiesResponse::mutable_report_copies,
                            [&](ReportCopy* copy) -> absl::StatusOr<bool> {
                              Report report;
                              ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, copy->report(), &report));
                              return control_.Opens(tx, report, agency, copy->release(), call.now());
                            });
}

absl::StatusOr<v1::ListDisclosuresResponse> DisseminationService::ListDisclosures(
    host::Call& call, Tx& tx, const v1::ListDisclosuresRequest& request) {
  if (OwnerOf(request.report()) != call.caller().agency) return NotFound();
  const storage::ListQuery query{
      call.caller().agency, {{"report", request.report()}}, request.page_size(), request.page_token(), ""};
  return copies_.ListInto(tx, query, &v1::ListDisclosuresResponse::mutable_report_copies);
}

}  // namespace accord::intelligence
