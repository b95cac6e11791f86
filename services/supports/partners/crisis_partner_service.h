// These are the handlers of CrisisPartnerService, which keeps which partner helps survivors at a place.
#ifndef ACCORD_SERVICES_SUPPORTS_PARTNERS_CRISIS_PARTNER_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_PARTNERS_CRISIS_PARTNER_SERVICE_H_

#include "accord/supports/v1/crisis_partner_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class CrisisPartnerService {
 public:
  CrisisPartnerService(const storage::PageTokens* tokens, RulesNow rules)
      : partners_("crisis_partner", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::CrisisPartner>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateCrisisPartnerRequest&);
  Result Get(host::Call&, Tx&, const v1::GetCrisisPartnerRequest&);
  absl::StatusOr<v1::ListCrisisPartnersResponse> List(host::Call&, Tx&, const v1::ListCrisisPartnersRequest&);
  Result End(host::Call&, Tx&, const storage::Write&, const v1::EndCrisisPartnerRequest&);

  // This fails with ALREADY_RECORDED for an agency that is funded for exactly the same places on the first
  // day or later.
  absl::Status CheckNewPartner(Tx&, const v1::CrisisPartner& partner);

  storage::Resources partners_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_PARTNERS_CRISIS_PARTNER_SERVICE_H_
