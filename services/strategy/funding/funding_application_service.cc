#include "services/strategy/funding/funding_application_service.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/strategy/engagement/organisation_store.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/application_rules.h"
#include "services/strategy/funding/call_lock_store.h"
#include "services/strategy/funding/call_steps.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/office_staff.h"

namespace accord::strategy {
namespace {

// This tells whether the office entered this application on paper after the call had closed, and the call is
// still at that step.
bool IsPaperApplicationEnteredLater(const ApplicationInCall& pair) {
  return pair.application.has_received_at() && pair.funding_call.state() == v1::FUNDING_CALL_STATE_CLOSED &&
         FromProto(pair.application.create_time()) >= FromProto(pair.funding_call.closes_at());
}

}  // namespace

void FundingApplicationService::Register(host::Handlers* handlers) {
  using S = FundingApplicationService;
  handlers->Bind("accord.strategy.v1.FundingApplicationService", this, &S::Create, &S::Get, &S::List,
                 &S::Revise, &S::Submit, &S::Reopen, &S::Withdraw, &S::Screen, &S::ConfirmIneligible,
                 &S::Review, &S::ProposeLate, &S::AdmitLate);
}

absl::StatusOr<v1::FundingCall> FundingApplicationService::CallOf(Tx& tx, const std::string& name) {
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.GetAny(tx, name, &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  return funding_call;
}

absl::Status FundingApplicationService::CheckPaper(const Caller& caller, const v1::FundingCall& funding_call,
                                                   const v1::FundingApplication& application) {
  const bool office = ActsForOffice(caller);
  if (office != application.has_received_at()) {
    return RefuseFields({{"funding_application.received_at",
                          office ? "must say when the office received the paper" : "must be left out"}});
  }
  if (!office) return absl::OkStatus();
  const absl::Time received = FromProto(application.received_at());
  ACCORD_RETURN_IF_ERROR(CheckMomentHasCome("funding_application.received_at", received, clock_->Now()));
  if (received >= FromProto(funding_call.opens_at()) && received < FromProto(funding_call.closes_at())) {
    return absl::OkStatus();
  }
  return Refuse(rules::kCallClosed, "Paper counts that came while the call was open.");
}

absl::Status FundingApplicationService::IdentifyApplicant(const Caller& caller, Tx& tx,
                                                          v1::FundingApplication* application) {
  if (!application->has_received_at()) {
    application->clear_organisation();
    application->set_applicant_agency(caller.agency);
    return absl::OkStatus();
  }
  if (!application->organisation().empty()) {
    v1::Organisation organisation;
    return organisations_.Get(tx, application->organisation(), caller.agency, &organisation);
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string known, KnownOrganisation(tx, application->applicant_title()));
  application->set_organisation(known);
  return absl::OkStatus();
}

FundingApplicationService::Result FundingApplicationService::Create(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CreateFundingApplicationRequest& request) {
  v1::FundingApplication application = request.funding_application();
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.Get(tx, application.funding_call(), call.caller().agency, &funding_call));
  CloseCallWhenDue(clock_->Now(), &funding_call);
  // Paper that came in time may be entered later. Then two people admit it, as they do with a
  // late application.
  const bool entered_later =
      ActsForOffice(call.caller()) && funding_call.state() == v1::FUNDING_CALL_STATE_CLOSED;
  if (funding_call.state() != v1::FUNDING_CALL_STATE_OPEN && !entered_later) {
    return Refuse(rules::kCallClosed, "Apply to a call while it is open.");
  }
  ACCORD_RETURN_IF_ERROR(CheckPaper(call.caller(), funding_call, application));
  if (ActsForOffice(call.caller())) {
    application.set_received_by(call.caller().actor);
  } else {
    application.set_applicant_kind(call.caller().kind);
  }
  ACCORD_RETURN_IF_ERROR(IdentifyApplicant(call.caller(), tx, &application));
  ACCORD_RETURN_IF_ERROR(CheckApplicationOfEligibleKind(funding_call, application.applicant_kind()));
  ACCORD_RETURN_IF_ERROR(CheckApplicationContent(*rules_, funding_call, application.content()));
  application.set_name(absl::StrCat(request.parent(), "/fundingApplications/", NewId(call.now())));
  application.set_state(v1::FUNDING_APPLICATION_STATE_STARTED);
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, ApplicationPlacement(tx, *rules_, application));
  ACCORD_RETURN_IF_ERROR(applications_.Insert(tx, &application, write, placement));
  // Once a call has closed, people may be reading its applications whose agency turns out to be an applicant
  // only now.
  if (entered_later) ACCORD_RETURN_IF_ERROR(applicants_.StopReaders(tx, application));
  return application;
}

FundingApplicationService::Result FundingApplicationService::Get(
    host::Call& call, Tx& tx, const v1::GetFundingApplicationRequest& request) {
  v1::FundingApplication application;
  ACCORD_RETURN_IF_ERROR(ReadApplication(call.caller(), tx, &applications_, request.name(), &application));
  ACCORD_ASSIGN_OR_RETURN(const v1::FundingCall funding_call, CallOf(tx, application.funding_call()));
  SettleApplication(funding_call, &application);
  return application;
}

absl::StatusOr<v1::ListFundingApplicationsResponse> FundingApplicationService::List(
    host::Call& call, Tx& tx, const v1::ListFundingApplicationsRequest& request) {
  storage::ListQuery query = ApplicationQuery(call.caller(), request.page_size(), request.page_token());
  if (!request.funding_call().empty()) query.filters.emplace_back("funding_call", request.funding_call());
  ACCORD_ASSIGN_OR_RETURN(
      auto response,
      applications_.ListInto(tx, query, &v1::ListFundingApplicationsResponse::mutable_funding_applications));
  std::map<std::string, v1::FundingCall> calls;
  for (v1::FundingApplication& application : *response.mutable_funding_applications()) {
    if (application.state() != v1::FUNDING_APPLICATION_STATE_STARTED) continue;
    auto known = calls.find(application.funding_call());
    if (known == calls.end()) {
      ACCORD_ASSIGN_OR_RETURN(v1::FundingCall funding_call, CallOf(tx, application.funding_call()));
      known = calls.emplace(application.funding_call(), std::move(funding_call)).first;
    }
    SettleApplication(known->second, &application);
  }
  return response;
}

absl::StatusOr<ApplicationInCall> FundingApplicationService::ReadLocked(host::Call& call, Tx& tx,
                                                                        const std::string& name) {
  ApplicationInCall pair;
  ACCORD_RETURN_IF_ERROR(ReadApplication(call.caller(), tx, &applications_, name, &pair.application));
  ACCORD_RETURN_IF_ERROR(LockCall(tx, pair.application.funding_call()));
  // The clock is read once this transaction has the call's lock, which opening and closing take as well.
  ACCORD_ASSIGN_OR_RETURN(pair.funding_call, CallOf(tx, pair.application.funding_call()));
  SettleApplication(pair.funding_call, &pair.application);
  return pair;
}

absl::StatusOr<ApplicationInCall> FundingApplicationService::Moved(host::Call& call, Tx& tx,
                                                                   const std::string& name,
                                                                   const std::string& event,
                                                                   v1::FundingCallState state) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair, ReadLocked(call, tx, name));
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          FundingApplicationLifecycle().Next(pair.application.state(), event));
  const bool entered_later = event == kRevise && IsPaperApplicationEnteredLater(pair);
  if (pair.funding_call.state() != state && !entered_later) {
    if (state == v1::FUNDING_CALL_STATE_OPEN) {
      return Refuse(rules::kCallClosed, "The call takes nothing any more.");
    }
    return Refuse(rules::kCallNotAtStep, "The call is not at this step.");
  }
  pair.application.set_state(static_cast<v1::FundingApplicationState>(next));
  return pair;
}

FundingApplicationService::Result FundingApplicationService::Keep(Tx& tx, const storage::Write& write,
                                                                  const std::string& etag,
                                                                  v1::FundingApplication application) {
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, ApplicationPlacement(tx, *rules_, application));
  ACCORD_RETURN_IF_ERROR(applications_.Update(tx, &application, etag, write, placement));
  return application;
}

void FundingApplicationService::SubmitContent(const v1::FundingCall& funding_call,
                                              v1::FundingApplication* application) {
  *application->mutable_submitted() = application->content();
  *application->mutable_submitted_at() = ToProto(clock_->Now());
  application->set_criteria_digest(funding_call.criteria_digest());
}

FundingApplicationService::Result FundingApplicationService::Revise(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ReviseFundingApplicationRequest& request) {
  const v1::FundingApplication& revised = request.funding_application();
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair,
                          Moved(call, tx, revised.name(), kRevise, v1::FUNDING_CALL_STATE_OPEN));
  ACCORD_RETURN_IF_ERROR(CheckApplicationContent(*rules_, pair.funding_call, revised.content()));
  // The revision needs a new proposal, since whoever proposes or admits it has to have read it.
  pair.application.clear_late_reason();
  pair.application.clear_late_proposed_by_agency();
  pair.application.set_applicant_title(revised.applicant_title());
  *pair.application.mutable_content() = revised.content();
  pair.application.set_organisation(revised.organisation());
  pair.application.set_applicant_agency(revised.applicant_agency());
  ACCORD_RETURN_IF_ERROR(IdentifyApplicant(call.caller(), tx, &pair.application));
  if (IsPaperApplicationEnteredLater(pair))
    ACCORD_RETURN_IF_ERROR(applicants_.StopReaders(tx, pair.application));
  return Keep(tx, write, revised.etag(), std::move(pair.application));
}

FundingApplicationService::Result FundingApplicationService::Submit(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::SubmitFundingApplicationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair,
                          Moved(call, tx, request.name(), kSubmit, v1::FUNDING_CALL_STATE_OPEN));
  ACCORD_RETURN_IF_ERROR(CheckApplicationAnswers(pair.funding_call, pair.application.content()));
  SubmitContent(pair.funding_call, &pair.application);
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

FundingApplicationService::Result FundingApplicationService::Reopen(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ReopenFundingApplicationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair,
                          Moved(call, tx, request.name(), kReopen, v1::FUNDING_CALL_STATE_OPEN));
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

FundingApplicationService::Result FundingApplicationService::Withdraw(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::WithdrawFundingApplicationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair, ReadLocked(call, tx, request.name()));
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          FundingApplicationLifecycle().Next(pair.application.state(), kWithdraw));
  if (IsCallDecided(pair.funding_call)) {
    return Refuse(rules::kCallNotAtStep, "The call is decided: refuse the award instead.");
  }
  pair.application.set_state(static_cast<v1::FundingApplicationState>(next));
  pair.application.set_state_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

FundingApplicationService::Result FundingApplicationService::ProposeLate(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::ProposeLateFundingApplicationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair,
                          Moved(call, tx, request.name(), kProposeLate, v1::FUNDING_CALL_STATE_CLOSED));
  ACCORD_RETURN_IF_ERROR(CheckLateApplicationReason(pair.application, request.reason()));
  pair.application.set_late_reason(request.reason());
  pair.application.set_late_proposed_by_agency(call.caller().agency);
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

FundingApplicationService::Result FundingApplicationService::AdmitLate(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::AdmitLateFundingApplicationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair,
                          Moved(call, tx, request.name(), kAdmitLate, v1::FUNDING_CALL_STATE_CLOSED));
  if (pair.application.late_reason().empty()) {
    return Refuse(rules::kNothingProposed, "The director proposes a late admission first.");
  }
  ACCORD_RETURN_IF_ERROR(CheckApplicationAnswers(pair.funding_call, pair.application.content()));
  pair.application.set_admitted_late(true);
  pair.application.set_late_admitted_by_agency(call.caller().agency);
  SubmitContent(pair.funding_call, &pair.application);
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

}  // namespace accord::strategy
