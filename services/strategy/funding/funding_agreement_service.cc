#include "services/strategy/funding/funding_agreement_service.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/strategy/days.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/unique_record_store.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/money/allocation_service.h"
#include "services/strategy/money/balance_store.h"
#include "services/strategy/office_staff.h"

namespace accord::strategy {
namespace {

// This gives the digest that both sides sign. Each text is hashed with its length, so that no two agreements
// have the same digest.
std::string AgreementTextDigest(const v1::FundingAgreement& agreement) {
  std::string all;
  const auto add = [&](const std::string& text) { absl::StrAppend(&all, text.size(), ":", text, "\n"); };
  add(agreement.funding_application());
  add(agreement.recipient_title());
  add(absl::StrCat(agreement.total_cents()));
  for (const v1::YearAmount& year : agreement.years()) {
    add(absl::StrCat(year.fiscal_year(), " ", year.amount_cents()));
  }
  for (const v1::AgreementMilestone& milestone : agreement.milestones()) {
    add(milestone.title());
    add(milestone.due());
  }
  for (const v1::AgreementReport& report : agreement.reports()) add(report.due());
  return Hex(Sha256(all));
}

}  // namespace

storage::Placement FundingAgreementPlacement(const v1::RuleSet& policy,
                                             const v1::FundingAgreement& agreement) {
  storage::Placement placement;
  placement.owner = OwnerOf(agreement.name());
  placement.state = ShortName(v1::FundingAgreementState_descriptor(), agreement.state());
  placement.parties = {policy.office_agency()};
  if (!agreement.recipient().empty()) placement.parties.push_back(agreement.recipient());
  return placement;
}

absl::Status ReadFundingAgreement(const Caller& caller, storage::Transaction& tx,
                                  storage::Resources* agreements, const std::string& name,
                                  v1::FundingAgreement* out) {
  ACCORD_RETURN_IF_ERROR(agreements->Get(tx, name, caller.agency, out));
  return ActsForOffice(caller) || caller.Has(annotations::v1::ROLE_FUND_APPLICANT) ? absl::OkStatus()
                                                                                   : NotFound();
}

void FundingAgreementService::Register(host::Handlers* handlers) {
  using S = FundingAgreementService;
  handlers->Bind("accord.strategy.v1.FundingAgreementService", this, &S::Create, &S::Get, &S::List, &S::Sign,
                 &S::TakeBack, &S::RecordReport);
}

absl::Status FundingAgreementService::KeepOffer(Tx& tx, const v1::FundingAgreement& agreement) {
  const std::string& application = agreement.funding_application();
  ACCORD_ASSIGN_OR_RETURN(const std::string before,
                          UniqueRecordOf(tx, UniqueRecord::kAgreement, application, {}));
  v1::FundingAgreement offered;
  if (!before.empty()) ACCORD_RETURN_IF_ERROR(agreements_.GetAny(tx, before, &offered));
  if (offered.state() != v1::FUNDING_AGREEMENT_STATE_TAKEN_BACK) {
    return KeepUniqueRecord(tx, UniqueRecord::kAgreement, application, {}, agreement.name());
  }
  return ReplaceUniqueRecord(tx, UniqueRecord::kAgreement, application, before, agreement.name());
}

FundingAgreementService::Result FundingAgreementService::Create(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::CreateFundingAgreementRequest& request) {
  v1::FundingAgreement agreement = request.funding_agreement();
  v1::FundingApplication application;
  ACCORD_RETURN_IF_ERROR(
      ReadApplication(call.caller(), tx, &applications_, agreement.funding_application(), &application));
  if (application.state() != v1::FUNDING_APPLICATION_STATE_APPROVED) {
    return Refuse(rules::kNotApproved, "Offer an agreement about what the director has approved.");
  }
  std::set<std::string> due;
  for (const v1::AgreementReport& report : agreement.reports()) {
    if (!due.insert(report.due()).second) {
      return RefuseFields({{"funding_agreement.reports", "must have each day once"}});
    }
  }
  const std::string applicant = OwnerOf(application.name());
  if (!application.has_received_at()) agreement.set_recipient(applicant);
  agreement.set_recipient_title(application.applicant_title());
  agreement.set_total_cents(application.awarded_cents());
  *agreement.mutable_years() = application.awarded_years();
  agreement.set_name(absl::StrCat(request.parent(), "/fundingAgreements/", NewId(call.now())));
  agreement.set_state(v1::FUNDING_AGREEMENT_STATE_OFFERED);
  agreement.set_text_sha256(AgreementTextDigest(agreement));
  ACCORD_RETURN_IF_ERROR(KeepOffer(tx, agreement));
  ACCORD_RETURN_IF_ERROR(
      agreements_.Insert(tx, &agreement, write, FundingAgreementPlacement(*rules_, agreement)));
  return agreement;
}

FundingAgreementService::Result FundingAgreementService::Get(host::Call& call, Tx& tx,
                                                             const v1::GetFundingAgreementRequest& request) {
  v1::FundingAgreement agreement;
  ACCORD_RETURN_IF_ERROR(ReadFundingAgreement(call.caller(), tx, &agreements_, request.name(), &agreement));
  return agreement;
}

absl::StatusOr<v1::ListFundingAgreementsResponse> FundingAgreementService::List(
    host::Call& call, Tx& tx, const v1::ListFundingAgreementsRequest& request) {
  return agreements_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                              &v1::ListFundingAgreementsResponse::mutable_funding_agreements);
}

FundingAgreementService::Result FundingAgreementService::Keep(Tx& tx, const storage::Write& write,
                                                              const std::string& etag,
                                                              v1::FundingAgreement agreement) {
  ACCORD_RETURN_IF_ERROR(
      agreements_.Update(tx, &agreement, etag, write, FundingAgreementPlacement(*rules_, agreement)));
  return agreement;
}

absl::Status FundingAgreementService::TakeSignature(const host::Call& call,
                                                    const v1::SignFundingAgreementRequest& request,
                                                    v1::FundingAgreement* agreement) {
  const Caller& caller = call.caller();
  const bool on_paper = agreement->recipient().empty();
  const bool director = caller.Has(annotations::v1::ROLE_OFFICE_DIRECTOR) && request.paper_ref().empty();
  const bool office = ActsForOffice(caller);
  if (office && director) {
    if (!agreement->office_signed_by().empty()) {
      return Refuse(rules::kAlreadySigned, "The office has signed this text.");
    }
    if (on_paper && agreement->recipient_signed_by() == caller.actor) {
      return Refuse(rules::kSamePerson, "Somebody signs for the office who did not enter the paper.");
    }
    agreement->set_office_signed_by(caller.actor);
    *agreement->mutable_office_signed_at() = ToProto(call.now());
    return absl::OkStatus();
  }
  // Staff may enter a signature only for an organisation that has signed on paper.
  if (office && (!on_paper || request.paper_ref().empty())) {
    return Refuse(rules::kNotASigner, "The director signs for the office; paper says who else has signed.");
  }
  if (!agreement->recipient_signed_by().empty()) {
    return Refuse(rules::kAlreadySigned, "The organisation has signed this text.");
  }
  if (on_paper && agreement->office_signed_by() == caller.actor) {
    return Refuse(rules::kSamePerson, "Somebody enters the paper who did not sign for the office.");
  }
  agreement->set_recipient_signed_by(caller.actor);
  *agreement->mutable_recipient_signed_at() = ToProto(call.now());
  if (on_paper) agreement->set_paper_ref(request.paper_ref());
  return absl::OkStatus();
}

absl::Status FundingAgreementService::EnterInForce(Tx& tx, const storage::Write& write,
                                                   v1::FundingAgreement* agreement) {
  v1::FundingApplication application;
  ACCORD_RETURN_IF_ERROR(applications_.GetAny(tx, agreement->funding_application(), &application));
  ACCORD_ASSIGN_OR_RETURN(const int next, FundingApplicationLifecycle().Next(application.state(), kAgree));
  application.set_state(static_cast<v1::FundingApplicationState>(next));
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, ApplicationPlacement(tx, *rules_, application));
  const std::string etag = application.etag();
  ACCORD_RETURN_IF_ERROR(applications_.Update(tx, &application, etag, write, placement));
  v1::FundingCall funding_call;
  ACCORD_RETURN_IF_ERROR(calls_.GetAny(tx, application.funding_call(), &funding_call));
  if (funding_call.envelope().empty()) return absl::OkStatus();
  // The money was taken from the envelope when the application was approved.
  for (const v1::YearAmount& year : agreement->years()) {
    v1::Allocation allocation;
    allocation.set_name(
        absl::StrCat("agencies/", rules_->office_agency(), "/allocations/", NewId(write.now)));
    allocation.set_envelope(funding_call.envelope());
    allocation.set_recipient(agreement->recipient());
    allocation.set_fiscal_year(year.fiscal_year());
    allocation.set_amount_cents(year.amount_cents());
    allocation.set_source_ref("The funding agreement");
    allocation.set_state(v1::ALLOCATION_STATE_COMMITTED);
    allocation.set_agreement(agreement->name());
    if (agreement->recipient().empty()) allocation.set_recipient_title(agreement->recipient_title());
    ACCORD_ASSIGN_OR_RETURN(const storage::Placement placed,
                            AllocationPlacement(tx, *rules_, &envelopes_, allocation));
    ACCORD_RETURN_IF_ERROR(allocations_.Insert(tx, &allocation, write, placed));
    ACCORD_RETURN_IF_ERROR(SetBalanceTotal(tx, allocation.name(), allocation.amount_cents()));
    agreement->add_allocations(allocation.name());
  }
  return absl::OkStatus();
}

FundingAgreementService::Result FundingAgreementService::Sign(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::SignFundingAgreementRequest& request) {
  v1::FundingAgreement agreement;
  ACCORD_RETURN_IF_ERROR(ReadFundingAgreement(call.caller(), tx, &agreements_, request.name(), &agreement));
  const bool last = !agreement.office_signed_by().empty() || !agreement.recipient_signed_by().empty();
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          FundingAgreementLifecycle().Next(agreement.state(), last ? kSignLast : kSign));
  if (request.text_sha256() != agreement.text_sha256()) {
    return Refuse(rules::kAgreementChanged, "Read the agreement again, and sign what it says.");
  }
  ACCORD_RETURN_IF_ERROR(TakeSignature(call, request, &agreement));
  agreement.set_state(static_cast<v1::FundingAgreementState>(next));
  if (last) ACCORD_RETURN_IF_ERROR(EnterInForce(tx, write, &agreement));
  return Keep(tx, write, request.etag(), std::move(agreement));
}

FundingAgreementService::Result FundingAgreementService::TakeBack(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::TakeBackFundingAgreementRequest& request) {
  v1::FundingAgreement agreement;
  ACCORD_RETURN_IF_ERROR(ReadFundingAgreement(call.caller(), tx, &agreements_, request.name(), &agreement));
  ACCORD_ASSIGN_OR_RETURN(const int next, FundingAgreementLifecycle().Next(agreement.state(), kTakeBack));
  agreement.set_state(static_cast<v1::FundingAgreementState>(next));
  agreement.set_taken_back_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(agreement));
}

FundingAgreementService::Result FundingAgreementService::RecordReport(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::RecordFundingAgreementReportRequest& request) {
  v1::FundingAgreement agreement;
  ACCORD_RETURN_IF_ERROR(ReadFundingAgreement(call.caller(), tx, &agreements_, request.name(), &agreement));
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          FundingAgreementLifecycle().Next(agreement.state(), kReceiveReport));
  agreement.set_state(static_cast<v1::FundingAgreementState>(next));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "received_on", request.received_on()));
  for (v1::AgreementReport& report : *agreement.mutable_reports()) {
    if (report.due() != request.due()) continue;
    if (!report.received_on().empty()) {
      return Refuse(rules::kAlreadyRecorded, "The office has received this report.");
    }
    report.set_received_on(request.received_on());
    return Keep(tx, write, request.etag(), std::move(agreement));
  }
  return RefuseFields({{"due", "must be the day of a report that the agreement asks for"}});
}

}  // namespace accord::strategy
