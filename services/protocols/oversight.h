// What privacy officers are told and decide: unusual rates, break-glass, legal holds and the ends of records.
#ifndef ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_H_
#define ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_H_

#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/protocols/v1/retention_service.pb.h"
#include "accord/protocols/v1/rules.pb.h"
#include "common/host/handlers.h"
#include "services/protocols/protocol_store.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// A referral as break-glass opens it: NOT_FOUND for what has ended, and for the agency whose staff
// is suspected.
absl::Status ReadInEmergency(storage::Transaction& tx, storage::Resources* referrals, const std::string& name,
                             const std::string& agency, v1::Referral* out);

class PrivacyAlertService {
 public:
  PrivacyAlertService(const storage::PageTokens* tokens, const Rules* rules)
      : alerts_("privacy_alert", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

  // A chore of the sweeper: counts at most `batch` of the referrals that agencies sent, and raises an alert,
  // once an hour, where they are unusually many. Returns how many it counted.
  absl::StatusOr<int> CountReferrals(storage::Transaction& tx, absl::Time now, int batch);

 private:
  absl::Status Judge(storage::Transaction& tx, const SendingRate& rate, absl::Time now);
  absl::StatusOr<v1::ListPrivacyAlertsResponse> List(host::Call&, storage::Transaction&,
                                                     const v1::ListPrivacyAlertsRequest&);
  storage::Resources alerts_;
  const Rules* rules_;
};

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

class RetentionService {
 public:
  explicit RetentionService(const storage::PageTokens* tokens)
      : referrals_("referral", tokens), tokens_(tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  absl::StatusOr<v1::LegalHold> Place(host::Call&, Tx&, const storage::Write&,
                                      const v1::PlaceLegalHoldRequest&);
  absl::StatusOr<v1::LegalHold> Lift(host::Call&, Tx&, const storage::Write&,
                                     const v1::LiftLegalHoldRequest&);
  absl::StatusOr<v1::ListTombstonesResponse> List(host::Call&, Tx&, const v1::ListTombstonesRequest&);
  storage::Resources referrals_;
  const storage::PageTokens* tokens_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_H_
