// Handlers of EmergencyAccessService: break-glass, which two people of different grades agree to.
#ifndef ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_EMERGENCY_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_EMERGENCY_SERVICE_H_

#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/protocols/v1/retention_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// A referral as break-glass opens it: NOT_FOUND for what has ended, and for the agency whose staff
// is suspected.
absl::Status ReadInEmergency(storage::Transaction& tx, storage::Resources* referrals, const std::string& name,
                             const std::string& agency, v1::Referral* out);

class EmergencyService {
 public:
  EmergencyService(const storage::PageTokens* tokens, const Rules* rules)
      : accesses_("emergency_access", tokens),
        alerts_("privacy_alert", tokens),
        referrals_("referral", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  absl::StatusOr<v1::EmergencyAccess> Ask(host::Call&, Tx&, const storage::Write&,
                                          const v1::RequestEmergencyAccessRequest&);
  absl::StatusOr<v1::EmergencyAccess> Approve(host::Call&, Tx&, const storage::Write&,
                                              const v1::ApproveEmergencyAccessRequest&);
  // Opens a record to the writer's agency and tells its owner.
  absl::Status OpenAndTell(Tx& tx, const std::string& resource, absl::Time until,
                           const storage::Write& write);
  absl::StatusOr<v1::ListEmergencyAccessesResponse> List(host::Call&, Tx&,
                                                         const v1::ListEmergencyAccessesRequest&);
  storage::Resources accesses_;
  storage::Resources alerts_;
  storage::Resources referrals_;
  const Rules* rules_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_EMERGENCY_SERVICE_H_
