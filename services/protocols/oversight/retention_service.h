// These are the handlers of RetentionService: legal holds, and the tombstones of records that ended.
#ifndef ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_RETENTION_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_RETENTION_SERVICE_H_

#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/protocols/v1/retention_service.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::protocols {

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
  absl::StatusOr<v1::ListLegalHoldsResponse> ListHolds(host::Call&, Tx&, const v1::ListLegalHoldsRequest&);
  absl::StatusOr<v1::ListTombstonesResponse> List(host::Call&, Tx&, const v1::ListTombstonesRequest&);
  storage::Resources referrals_;
  const storage::PageTokens* tokens_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_RETENTION_SERVICE_H_
