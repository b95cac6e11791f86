#include "services/strategy/funding/award_service.h"

#include <cstdint>
#include <utility>

#include "common/base/error.h"
#include "services/strategy/funding/application_access.h"
#include "services/strategy/funding/application_rules.h"
#include "services/strategy/funding/call_lock_store.h"
#include "services/strategy/funding/call_steps.h"
#include "services/strategy/funding/funding_agreement_service.h"
#include "services/strategy/funding/unique_record_store.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/money/amounts.h"
#include "services/strategy/money/approval_store.h"
#include "services/strategy/money/balance_store.h"
#include "services/strategy/money/fiscal_years.h"

namespace accord::strategy {

void AwardService::Register(host::Handlers* handlers) {
  using S = AwardService;
  handlers->Bind("accord.strategy.v1.FundingAgreementService", this, &S::Approve, &S::Decline, &S::Refuse);
}

absl::StatusOr<ApplicationInCall> AwardService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                      const std::string& event) {
  ApplicationInCall pair;
  ACCORD_RETURN_IF_ERROR(ReadApplication(call.caller(), tx, &applications_, name, &pair.application));
  ACCORD_RETURN_IF_ERROR(LockCall(tx, pair.application.funding_call()));
  ACCORD_RETURN_IF_ERROR(calls_.GetAny(tx, pair.application.funding_call(), &pair.funding_call));
  CloseCallWhenDue(clock_->Now(), &pair.funding_call);
  SettleApplication(pair.funding_call, &pair.application);
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          FundingApplicationLifecycle().Next(pair.application.state(), event));
  if (pair.funding_call.state() != v1::FUNDING_CALL_STATE_DECIDED) {
    return accord::Refuse(rules::kCallNotAtStep, "Awards follow the decision of their call.");
  }
  pair.application.set_state(static_cast<v1::FundingApplicationState>(next));
  return pair;
}

absl::StatusOr<int64_t> AwardService::RecommendedAmount(Tx& tx, const std::string& application) {
  ACCORD_ASSIGN_OR_RETURN(const std::string name,
                          UniqueRecordOf(tx, UniqueRecord::kDecision, application, {}));
  v1::PanelDecision decision;
  if (!name.empty()) ACCORD_RETURN_IF_ERROR(decisions_.GetAny(tx, name, &decision));
  if (decision.recommendation() == v1::RECOMMENDATION_RECOMMENDED) return decision.amount_cents();
  return accord::Refuse(rules::kNotRecommended, "Decline what the panel does not recommend.");
}

absl::Status AwardService::Reserve(Tx& tx, const v1::FundingCall& funding_call,
                                   const v1::FundingApplication& application) {
  ACCORD_RETURN_IF_ERROR(TakeFromBalance(tx, funding_call.name(), "", application.awarded_cents()));
  if (funding_call.envelope().empty()) return absl::OkStatus();
  v1::Envelope envelope;
  ACCORD_RETURN_IF_ERROR(envelopes_.GetAny(tx, funding_call.envelope(), &envelope));
  for (const v1::YearAmount& year : application.awarded_years()) {
    ACCORD_RETURN_IF_ERROR(
        CheckFiscalYearOfEnvelope(*rules_, envelope, "years.fiscal_year", year.fiscal_year()));
    ACCORD_RETURN_IF_ERROR(TakeFromBalance(tx, envelope.name(), year.fiscal_year(), year.amount_cents()));
  }
  return absl::OkStatus();
}

absl::Status AwardService::Release(Tx& tx, const v1::FundingCall& funding_call,
                                   const v1::FundingApplication& application) {
  ACCORD_RETURN_IF_ERROR(GiveBackToBalance(tx, funding_call.name(), "", application.awarded_cents()));
  if (funding_call.envelope().empty()) return absl::OkStatus();
  for (const v1::YearAmount& year : application.awarded_years()) {
    ACCORD_RETURN_IF_ERROR(
        GiveBackToBalance(tx, funding_call.envelope(), year.fiscal_year(), year.amount_cents()));
  }
  return absl::OkStatus();
}

AwardService::Result AwardService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                        v1::FundingApplication application) {
  ACCORD_ASSIGN_OR_RETURN(const storage::Placement placement, ApplicationPlacement(tx, *rules_, application));
  ACCORD_RETURN_IF_ERROR(applications_.Update(tx, &application, etag, write, placement));
  return application;
}

AwardService::Result AwardService::Approve(host::Call& call, Tx& tx, const storage::Write& write,
                                           const v1::ApproveFundingApplicationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair, Moved(call, tx, request.name(), kApprove));
  ACCORD_ASSIGN_OR_RETURN(const int64_t recommended, RecommendedAmount(tx, request.name()));
  ACCORD_RETURN_IF_ERROR(CheckApprovalLimit(tx, call.caller().agency, call.caller().actor, recommended));
  ACCORD_RETURN_IF_ERROR(CheckYearAmounts(*rules_, "years", request.years(), recommended));
  pair.application.set_awarded_cents(recommended);
  *pair.application.mutable_awarded_years() = request.years();
  ACCORD_RETURN_IF_ERROR(Reserve(tx, pair.funding_call, pair.application));
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

AwardService::Result AwardService::Decline(host::Call& call, Tx& tx, const storage::Write& write,
                                           const v1::DeclineFundingApplicationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair, Moved(call, tx, request.name(), kDecline));
  pair.application.set_feedback(request.feedback());
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

AwardService::Result AwardService::Refuse(host::Call& call, Tx& tx, const storage::Write& write,
                                          const v1::RefuseFundingAwardRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(ApplicationInCall pair, Moved(call, tx, request.name(), kRefuseAward));
  ACCORD_RETURN_IF_ERROR(Release(tx, pair.funding_call, pair.application));
  pair.application.set_state_reason(request.reason());
  // An agreement for this award must not go on waiting for signatures.
  ACCORD_ASSIGN_OR_RETURN(const std::string name,
                          UniqueRecordOf(tx, UniqueRecord::kAgreement, request.name(), {}));
  if (!name.empty()) {
    v1::FundingAgreement agreement;
    ACCORD_RETURN_IF_ERROR(agreements_.GetAny(tx, name, &agreement));
    // The office has already taken back this agreement.
    if (agreement.state() == v1::FUNDING_AGREEMENT_STATE_TAKEN_BACK) {
      return Keep(tx, write, request.etag(), std::move(pair.application));
    }
    ACCORD_ASSIGN_OR_RETURN(const int next,
                            FundingAgreementLifecycle().Next(agreement.state(), kRefuseAward));
    agreement.set_state(static_cast<v1::FundingAgreementState>(next));
    const std::string etag = agreement.etag();
    ACCORD_RETURN_IF_ERROR(
        agreements_.Update(tx, &agreement, etag, write, FundingAgreementPlacement(*rules_, agreement)));
  }
  return Keep(tx, write, request.etag(), std::move(pair.application));
}

}  // namespace accord::strategy
