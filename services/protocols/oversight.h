// What privacy officers are told: unusual rates.
#ifndef ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_H_
#define ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_H_

#include "accord/protocols/v1/oversight.pb.h"
#include "accord/protocols/v1/rules.pb.h"
#include "common/host/handlers.h"

namespace accord::protocols {

// Counts one referral that write.agency sends, and raises an alert, once an hour, if that is unusually many.
absl::Status NoteRate(storage::Transaction& tx, storage::Resources* alerts, const v1::RateRule& rule,
                      const storage::Write& write);

class PrivacyAlertService {
 public:
  explicit PrivacyAlertService(const storage::PageTokens* tokens) : alerts_("privacy_alert", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  absl::StatusOr<v1::ListPrivacyAlertsResponse> List(host::Call&, storage::Transaction&,
                                                     const v1::ListPrivacyAlertsRequest&);
  storage::Resources alerts_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_H_
