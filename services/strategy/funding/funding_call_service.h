// These are the handlers of FundingCallService for calls, and for what happens at their instants.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_CALL_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_CALL_SERVICE_H_

#include <string>

#include "accord/strategy/v1/funding_call_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

// The sweeper knows calls under this kind.
inline constexpr char kFundingCallDue[] = "funding_call";

// This gives the placement of a call. Everybody reads an open call. Before that, the office, its ministry,
// its design partners and the agencies of its panel read it.
storage::Placement FundingCallPlacement(const v1::RuleSet& policy, const v1::FundingCall& funding_call);
// This gives the call as the caller may read it. Only those who could read the call before it opened see the
// panel, and only the panel and the office see the ties that were broken.
v1::FundingCall FundingCallShownTo(const Caller& caller, const v1::RuleSet& policy,
                                   v1::FundingCall funding_call);

class FundingCallService {
 public:
  FundingCallService(const storage::PageTokens* tokens, const Clock* clock, const v1::RuleSet* rules)
      : clock_(clock),
        rules_(rules),
        calls_("funding_call", tokens),
        funds_("fund", tokens),
        envelopes_("envelope", tokens) {}
  void Register(host::Handlers* handlers);
  // This acts at an instant of the call: opens a published call if all design partners still agree to its
  // criteria, and otherwise makes it a draft again; closes an open call.
  absl::Status PassTime(storage::Transaction& tx, const std::string& name, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::FundingCall>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateFundingCallRequest&);
  Result Get(host::Call&, Tx&, const v1::GetFundingCallRequest&);
  absl::StatusOr<v1::ListFundingCallsResponse> List(host::Call&, Tx&, const v1::ListFundingCallsRequest&);
  Result Revise(host::Call&, Tx&, const storage::Write&, const v1::ReviseFundingCallRequest&);
  Result CoApprove(host::Call&, Tx&, const storage::Write&, const v1::CoApproveFundingCallRequest&);
  Result WithdrawCoApproval(host::Call&, Tx&, const storage::Write&,
                            const v1::WithdrawFundingCallCoApprovalRequest&);
  Result Publish(host::Call&, Tx&, const storage::Write&, const v1::PublishFundingCallRequest&);
  Result Extend(host::Call&, Tx&, const storage::Write&, const v1::ExtendFundingCallRequest&);
  Result Cancel(host::Call&, Tx&, const storage::Write&, const v1::CancelFundingCallRequest&);

  // This gives the call as the caller sees it and as of now, once this transaction has its lock.
  Result ReadLocked(host::Call&, Tx&, const std::string& name);
  // This gives the same with the transition of the event applied.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  // This checks a call as its author wrote it, and fills in what follows from that.
  absl::Status CheckAndComplete(host::Call&, Tx&, v1::FundingCall*);
  Result Keep(host::Call&, Tx&, const storage::Write&, const std::string& etag, v1::FundingCall);
  // Schedules when the sweeper looks at the call next.
  static absl::Status ScheduleNextInstant(Tx&, const v1::FundingCall&);

  const Clock* const clock_;
  const v1::RuleSet* const rules_;
  storage::Resources calls_;
  storage::Resources funds_;
  storage::Resources envelopes_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_CALL_SERVICE_H_
