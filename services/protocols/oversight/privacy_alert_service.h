// These are the handlers of PrivacyAlertService: what privacy officers are told of unusual rates and
// of break-glass.
#ifndef ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_PRIVACY_ALERT_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_PRIVACY_ALERT_SERVICE_H_

#include <string>

#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/protocols/v1/retention_service.pb.h"
#include "accord/protocols/v1/rules.pb.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/oversight/sending_rate_store.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// This gives the viewer by which an officer's agency reads alerts. The coordination office's officer
// reads all.
std::string AlertViewerOf(const Caller& caller);

class PrivacyAlertService {
 public:
  PrivacyAlertService(const storage::PageTokens* tokens, RulesNow rules)
      : alerts_("privacy_alert", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

  // This is a chore of the sweeper. It counts at most `batch` of the referrals that agencies sent, raises an
  // alert, at most once an hour, where an agency sends unusually many, and returns how many it counted.
  absl::StatusOr<int> CountReferrals(storage::Transaction& tx, absl::Time now, int batch);

 private:
  absl::Status Judge(storage::Transaction& tx, const SendingRate& rate, absl::Time now);
  absl::StatusOr<v1::PrivacyAlert> Get(host::Call&, storage::Transaction&, const v1::GetPrivacyAlertRequest&);
  absl::StatusOr<v1::ListPrivacyAlertsResponse> List(host::Call&, storage::Transaction&,
                                                     const v1::ListPrivacyAlertsRequest&);
  absl::StatusOr<v1::PrivacyAlert> Acknowledge(host::Call&, storage::Transaction&, const storage::Write&,
                                               const v1::AcknowledgePrivacyAlertRequest&);
  storage::Resources alerts_;
  RulesNow rules_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_OVERSIGHT_PRIVACY_ALERT_SERVICE_H_
