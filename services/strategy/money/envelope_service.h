// These are the handlers of MoneyService for envelopes.
#ifndef ACCORD_SERVICES_STRATEGY_MONEY_ENVELOPE_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_MONEY_ENVELOPE_SERVICE_H_

#include <string>

#include "accord/strategy/v1/money_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class EnvelopeService {
 public:
  EnvelopeService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules), envelopes_("envelope", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Envelope>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateEnvelopeRequest&);
  Result Get(host::Call&, Tx&, const v1::GetEnvelopeRequest&);
  absl::StatusOr<v1::ListEnvelopesResponse> List(host::Call&, Tx&, const v1::ListEnvelopesRequest&);
  Result SetYears(host::Call&, Tx&, const storage::Write&, const v1::SetEnvelopeCeilingsRequest&);
  absl::StatusOr<v1::EnvelopePosition> Position(host::Call&, Tx&, const v1::GetEnvelopePositionRequest&);

  const v1::RuleSet* const rules_;
  storage::Resources envelopes_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_MONEY_ENVELOPE_SERVICE_H_
