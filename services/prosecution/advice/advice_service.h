// These are the handlers of AdviceService, by which police ask a Crown for advice before a charge.
#ifndef ACCORD_SERVICES_PROSECUTION_ADVICE_ADVICE_SERVICE_H_
#define ACCORD_SERVICES_PROSECUTION_ADVICE_ADVICE_SERVICE_H_

#include "accord/prosecution/v1/advice_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/prosecution/rules.h"

namespace accord::prosecution {

class AdviceService {
 public:
  AdviceService(const storage::PageTokens* tokens, RulesNow rules)
      : advice_("advice_request", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::AdviceRequest>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateAdviceRequestRequest&);
  Result Get(host::Call&, Tx&, const v1::GetAdviceRequestRequest&);
  absl::StatusOr<v1::ListAdviceRequestsResponse> List(host::Call&, Tx&, const v1::ListAdviceRequestsRequest&);
  Result Answer(host::Call&, Tx&, const storage::Write&, const v1::AnswerAdviceRequestRequest&);

  storage::Resources advice_;
  RulesNow rules_;
};

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_ADVICE_ADVICE_SERVICE_H_
