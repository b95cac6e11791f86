// These are the handlers of FundingApplicationService, from the draft to the end of the screening.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_APPLICATION_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_APPLICATION_SERVICE_H_

#include <string>

#include "accord/strategy/v1/funding_application_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/strategy/funding/applicants.h"
#include "services/strategy/funding/application_in_call.h"

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

  // This requires that the office states when an application on paper came, and that no other application
  // states this.
  absl::Status CheckPaper(const Caller&, const v1::FundingCall&, const v1::FundingApplication&);
  // Determines the applicant. An application of an agency belongs to the agency. An application on paper
  // belongs to the organisation that the office names, or that is recorded under the name on the paper. It
  // fails with NOT_FOUND for an organisation that does not exist.
  absl::Status IdentifyApplicant(const Caller&, Tx&, v1::FundingApplication*);
  // This takes over what the screening found about the applicant of an application on paper.
  absl::Status IdentifyApplicantAtScreening(const Caller&, Tx&, const v1::ScreenFundingApplicationRequest&,
                                            v1::FundingApplication*);
  absl::StatusOr<v1::FundingCall> CallOf(Tx&, const std::string& name);
  // This gives what the caller reads, once this transaction has the lock of the call.
  absl::StatusOr<ApplicationInCall> ReadLocked(host::Call&, Tx&, const std::string& name);
  // This gives the same with the transition of the event applied, in a call of this state. Paper that was
  // entered after the call had closed may be revised until it is admitted. It fails with CALL_CLOSED if the
  // call has to be open and is not, and with CALL_NOT_AT_STEP for any other wrong state.
  absl::StatusOr<ApplicationInCall> Moved(host::Call&, Tx&, const std::string& name, const std::string& event,
                                          v1::FundingCallState state);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::FundingApplication);
  // This makes the present version the submitted one, which counts.
  void SubmitContent(const v1::FundingCall&, v1::FundingApplication*);

  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  storage::Resources calls_;
  storage::Resources applications_;
  storage::Resources organisations_;
  Applicants applicants_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_APPLICATION_SERVICE_H_
