// These are the handlers of EmergencyAccessService: break-glass access, to which two people of different
// grades agree.
#ifndef ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_EMERGENCY_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_EMERGENCY_SERVICE_H_

#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/protocols/v1/retention_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// This reads a referral for break-glass access. It fails with NOT_FOUND for a referral that has ended, and
// for an agency whose staff is suspected.
absl::Status ReadInEmergency(storage::Transaction& tx, storage::Resources* referrals, const std::string& name,
                             const std::string& agency, v1::Referral* out);

// The agency that asked sees the access. Once a record is open, the agency `told` sees it too, unless `told`
// is empty.
storage::Placement PlacementOf(const v1::EmergencyAccess& access, const std::string& told);

class EmergencyService {
 public:
  EmergencyService(const storage::PageTokens* tokens, RulesNow rules)
      : accesses_("emergency_access", tokens),
        alerts_("privacy_alert", tokens),
        referrals_("referral", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  absl::StatusOr<v1::EmergencyAccess> Request(host::Call&, Tx&, const storage::Write&,
                                              const v1::RequestEmergencyAccessRequest&);
  absl::StatusOr<v1::EmergencyAccess> Approve(host::Call&, Tx&, const storage::Write&,
                                              const v1::ApproveEmergencyAccessRequest&);
  absl::StatusOr<v1::EmergencyAccess> End(host::Call&, Tx&, const storage::Write&,
                                          const v1::EndEmergencyAccessRequest&);
  absl::StatusOr<v1::EmergencyAccess> Review(host::Call&, Tx&, const storage::Write&,
                                             const v1::ReviewEmergencyAccessRequest&);
  // This gives an access that the caller's agency sees, with the transition of `event` applied to its state.
  absl::StatusOr<v1::EmergencyAccess> Moved(host::Call&, Tx&, const std::string& name,
                                            const std::string& event);
  absl::Status Keep(Tx&, const storage::Write&, const std::string& etag, v1::EmergencyAccess*);
  // This gives the agency that answers for what was opened; it is empty if there is no such record, or if the
  // agency that asked may not read it.
  absl::StatusOr<std::string> AnswerableAgency(Tx&, const v1::EmergencyAccess&);
  // This opens a record to the writer's agency and tells its owner, if it is not empty.
  absl::Status OpenAndAlertOwner(Tx& tx, const std::string& resource, const std::string& owner,
                                 absl::Time until, const storage::Write& write);
  absl::StatusOr<v1::EmergencyAccess> Get(host::Call&, Tx&, const v1::GetEmergencyAccessRequest&);
  absl::StatusOr<v1::ListEmergencyAccessesResponse> List(host::Call&, Tx&,
                                                         const v1::ListEmergencyAccessesRequest&);
  storage::Resources accesses_;
  storage::Resources alerts_;
  storage::Resources referrals_;
  RulesNow rules_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_EMERGENCY_SERVICE_H_
