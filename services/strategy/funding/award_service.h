// These are the handlers of FundingAgreementService for what the director approves and declines.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_AWARD_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_AWARD_SERVICE_H_

#include <string>

#include "accord/strategy/v1/fund_resources.pb.h"
#include "accord/strategy/v1/funding_agreement_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/application_in_call.h"

namespace accord::strategy {

class AwardService {
 public:
  AwardService(const storage::PageTokens* tokens, const Clock* clock, const v1::RuleSet* rules)
      : clock_(clock),
        rules_(rules),
        calls_("funding_call", tokens),
        applications_("funding_application", tokens),
        decisions_("panel_decision", tokens),
        agreements_("funding_agreement", tokens),
        envelopes_("envelope", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::FundingApplication>;

  Result Approve(host::Call&, Tx&, const storage::Write&, const v1::ApproveFundingApplicationRequest&);
  Result Decline(host::Call&, Tx&, const storage::Write&, const v1::DeclineFundingApplicationRequest&);
  Result Refuse(host::Call&, Tx&, const storage::Write&, const v1::RefuseFundingAwardRequest&);

  // This gives what the caller reads of an application in a decided call, with the transition of the
  // event applied.
  absl::StatusOr<ApplicationInCall> Moved(host::Call&, Tx&, const std::string& name,
                                          const std::string& event);
  // This gives the amount that the panel recommends. It fails with NOT_RECOMMENDED if the panel
  // recommends none.
  absl::StatusOr<int64_t> RecommendedAmount(Tx&, const std::string& application);
  // This takes the approved amount from the call's money and from its envelope, or gives it back.
  absl::Status Reserve(Tx&, const v1::FundingCall&, const v1::FundingApplication&);
  absl::Status Release(Tx&, const v1::FundingCall&, const v1::FundingApplication&);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::FundingApplication);

  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  storage::Resources calls_;
  storage::Resources applications_;
  storage::Resources decisions_;
  storage::Resources agreements_;
  storage::Resources envelopes_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_AWARD_SERVICE_H_
