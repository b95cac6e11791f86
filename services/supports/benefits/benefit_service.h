// These are the handlers of BenefitService, which shows the dated rules and how much was claimed under them.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_SERVICE_H_

#include "accord/supports/v1/benefit_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class BenefitService {
 public:
  // The rules outlive the service.
  explicit BenefitService(RulesNow rules) : rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::ListBenefitsResponse> List(host::Call&, const v1::ListBenefitsRequest&);
  absl::StatusOr<v1::CountBenefitsResponse> Count(host::Call&, Tx&, const v1::CountBenefitsRequest&);

  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_SERVICE_H_
