// These are the handlers of EngagementService for the occasions on which the office heard people. Outside the
// office, a small number of people heard is not shown.
#ifndef ACCORD_SERVICES_STRATEGY_ENGAGEMENT_HELD_ENGAGEMENT_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_ENGAGEMENT_HELD_ENGAGEMENT_SERVICE_H_

#include "accord/strategy/v1/engagement_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

class HeldEngagementService {
 public:
  HeldEngagementService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules),
        engagements_("engagement", tokens),
        coalitions_("coalition", tokens),
        organisations_("organisation", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::Engagement>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateEngagementRequest&);
  Result Get(host::Call&, Tx&, const v1::GetEngagementRequest&);
  absl::StatusOr<v1::ListEngagementsResponse> List(host::Call&, Tx&, const v1::ListEngagementsRequest&);

  // Checks that each record that the engagement names exists and is named once.
  absl::Status CheckNamedRecords(host::Call&, Tx&, const v1::Engagement&);
  v1::Engagement EngagementShownTo(const Caller&, v1::Engagement) const;

  const v1::RuleSet* const rules_;
  storage::Resources engagements_;
  storage::Resources coalitions_;
  storage::Resources organisations_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_ENGAGEMENT_HELD_ENGAGEMENT_SERVICE_H_
