// These are the handlers of JointInvestigationService.
#ifndef ACCORD_SERVICES_PROTOCOLS_JOINT_JOINT_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_JOINT_JOINT_SERVICE_H_

#include "accord/protocols/v1/joint_investigation_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::protocols {

class JointService {
 public:
  explicit JointService(const storage::PageTokens* tokens)
      : investigations_("joint_investigation", tokens), referrals_("referral", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::JointInvestigation>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateJointInvestigationRequest&);
  Result Get(host::Call&, Tx&, const v1::GetJointInvestigationRequest&);
  absl::StatusOr<v1::ListJointInvestigationsResponse> List(host::Call&, Tx&,
                                                           const v1::ListJointInvestigationsRequest&);
  Result Plan(host::Call&, Tx&, const storage::Write&, const v1::PlanJointInvestigationRequest&);
  Result Join(host::Call&, Tx&, const storage::Write&, const v1::JoinJointInvestigationRequest&);
  Result Leave(host::Call&, Tx&, const storage::Write&, const v1::LeaveJointInvestigationRequest&);
  Result RecordStep(host::Call&, Tx&, const storage::Write&, const v1::RecordJointInvestigationStepRequest&);
  Result RecordDecision(host::Call&, Tx&, const storage::Write&,
                        const v1::RecordJointInvestigationDecisionRequest&);
  Result Conclude(host::Call&, Tx&, const storage::Write&, const v1::ConcludeJointInvestigationRequest&);

  // This gives the investigation with the transition of `event` applied, if its state permits the event.
  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::JointInvestigation);
  // This counts the answer's next_due by the clocks of the referral.
  absl::Status AddNextDue(host::Call&, Tx&, v1::JointInvestigation*);

  storage::Resources investigations_;
  storage::Resources referrals_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_JOINT_JOINT_SERVICE_H_
