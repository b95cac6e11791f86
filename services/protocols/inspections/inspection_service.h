// These are the handlers of InspectorReferralService.
#ifndef ACCORD_SERVICES_PROTOCOLS_INSPECTIONS_INSPECTION_SERVICE_H_
#define ACCORD_SERVICES_PROTOCOLS_INSPECTIONS_INSPECTION_SERVICE_H_

#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/coverage/territories.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

class InspectionService {
 public:
  InspectionService(const storage::PageTokens* tokens, RulesNow rules, const Territories* territories)
      : referrals_("inspector_referral", tokens), rules_(rules), territories_(territories) {}
  void Register(host::Handlers* handlers);
  // The sweeper calls this when a referral was not acknowledged in time.
  absl::Status PassTime(storage::Transaction&, const std::string& name, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::InspectorReferral>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateInspectorReferralRequest&);
  Result Get(host::Call&, Tx&, const v1::GetInspectorReferralRequest&);
  absl::StatusOr<v1::ListInspectorReferralsResponse> List(host::Call&, Tx&,
                                                          const v1::ListInspectorReferralsRequest&);
  Result Acknowledge(host::Call&, Tx&, const storage::Write&, const v1::AcknowledgeInspectorReferralRequest&);
  Result Close(host::Call&, Tx&, const storage::Write&, const v1::CloseInspectorReferralRequest&);
  Result Assign(host::Call&, Tx&, const storage::Write&, const v1::AssignInspectorReferralRequest&);

  Result Moved(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::InspectorReferral);

  storage::Resources referrals_;
  RulesNow rules_;
  const Territories* territories_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_INSPECTIONS_INSPECTION_SERVICE_H_
