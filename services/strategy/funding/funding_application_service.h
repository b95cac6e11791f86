// Handlers of FundingApplicationService, from the first word to the end of the screening.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_APPLICATION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_APPLICATION_SERVICE_H_

#include <string>

#include "accord/strategy/v1/funding_application_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/applicants.h"
#include "services/strategy/funding/application_in_call.h"
#include "services/strategy/funding/call_rules.h"

namespace accord::strategy {

class FundingApplicationService {
 public:
  FundingApplicationService(const storage::PageTokens* tokens, const Clock* clock, const v1::RuleSet* rules)
      : clock_(clock),
        rules_(rules),
        calls_("funding_call", tokens),
        applications_("funding_application", tokens),
        organisations_("organisation", tokens),
        applicants_(tokens, rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::FundingApplication>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateFundingApplicationRequest&);
  Result Get(host::Call&, Tx&, const v1::GetFundingApplicationRequest&);
  absl::StatusOr<v1::ListFundingApplicationsResponse> List(host::Call&, Tx&,
                                                           const v1::ListFundingApplicationsRequest&);
  Result Revise(host::Call&, Tx&, const storage::Write&, const v1::ReviseFundingApplicationRequest&);
  Result Submit(host::Call&, Tx&, const storage::Write&, const v1::SubmitFundingApplicationRequest&);
  Result Reopen(host::Call&, Tx&, const storage::Write&, const v1::ReopenFundingApplicationRequest&);
  Result Withdraw(host::Call&, Tx&, const storage::Write&, const v1::WithdrawFundingApplicationRequest&);
  Result Screen(host::Call&, Tx&, const storage::Write&, const v1::ScreenFundingApplicationRequest&);
  Result ConfirmIneligible(host::Call&, Tx&, const storage::Write&,
                           const v1::ConfirmFundingApplicationIneligibleRequest&);
  Result Review(host::Call&, Tx&, const storage::Write&, const v1::ReviewFundingApplicationRequest&);
  Result ProposeLate(host::Call&, Tx&, const storage::Write&,
                     const v1::ProposeLateFundingApplicationRequest&);
  Result AdmitLate(host::Call&, Tx&, const storage::Write&, const v1::AdmitLateFundingApplicationRequest&);

  // The office says of an application on paper when it came, and nobody else says that of any.
  absl::Status CheckPaper(const Caller&, const v1::FundingCall&, const v1::FundingApplication&);
  // Says whose an application is: an agency's own, and on paper that of the organisation that the office
  // names, or that it has on record under the name on the paper. NOT_FOUND for one that is not there.
  absl::Status Identify(const Caller&, Tx&, v1::FundingApplication*);
  // Takes what the screening found of whose an application on paper is.
  absl::Status IdentifyLater(const Caller&, Tx&, const v1::ScreenFundingApplicationRequest&,
                             v1::FundingApplication*);
  absl::StatusOr<v1::FundingCall> CallOf(Tx&, const std::string& name);
  // What the caller reads, once it is its turn at the call.
  absl::StatusOr<ApplicationInCall> InTurn(host::Call&, Tx&, const std::string& name);
  // The same, moved on by the event in a call of this state; paper that was entered once the call had closed
  // is revised until it is admitted. CALL_CLOSED where it has to be open and is not,
  // and CALL_NOT_AT_STEP where it has any other state.
  absl::StatusOr<ApplicationInCall> Moved(host::Call&, Tx&, const std::string& name, const std::string& event,
                                          v1::FundingCallState state);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::FundingApplication);
  // The version that is written becomes the one that counts, from now on.
  void Accept(const v1::FundingCall&, v1::FundingApplication*);

  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  storage::Resources calls_;
  storage::Resources applications_;
  storage::Resources organisations_;
  Applicants applicants_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_APPLICATION_SERVICE_H_
