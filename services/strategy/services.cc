#include "services/strategy/services.h"

#include <functional>
#include <utility>

#include "common/base/error.h"
#include "common/base/text_proto.h"
#include "common/host/revisions.h"
#include "common/host/watching/change_feed.h"
#include "services/strategy/parts.h"

namespace accord::strategy {

StrategyServices::StrategyServices(storage::Database* database, const storage::PageTokens* tokens,
                                   const Clock* clock, v1::RuleSet rules)
    : tokens_(tokens),
      rules_(std::move(rules)),
      initiatives_(tokens),
      legislation_(tokens),
      indicators_(tokens, &rules_),
      observations_(database, tokens, &rules_),
      tables_(tokens, &rules_),
      data_authorisations_(tokens, &rules_),
      engagement_(tokens),
      held_engagements_(tokens, &rules_),
      organisation_links_(tokens, &rules_),
      envelopes_(tokens, &rules_),
      allocations_(tokens, &rules_),
      contributions_(tokens, &rules_),
      office_roles_(tokens),
      reports_(tokens, &rules_),
      rendered_(tokens),
      payments_(tokens, &rules_),
      approval_limits_(tokens, &rules_),
      funds_(tokens),
      funding_calls_(tokens, clock, &rules_),
      funding_applications_(tokens, clock, &rules_),
      funding_assessments_(tokens, clock, &rules_),
      conflict_declarations_(tokens, clock, &rules_),
      panel_decisions_(tokens, clock, &rules_),
      call_decisions_(tokens, clock, &rules_),
      awards_(tokens, clock, &rules_),
      funding_agreements_(tokens, &rules_),
      call_records_(tokens, clock, &rules_),
      sweeper_(database, clock,
               {{kFundingCallDue, std::bind_front(&FundingCallService::PassTime, &funding_calls_)}}) {}

void StrategyServices::Register(host::Handlers* handlers) {
  initiatives_.Register(handlers);
  legislation_.Register(handlers);
  indicators_.Register(handlers);
  observations_.Register(handlers);
  tables_.Register(handlers);
  data_authorisations_.Register(handlers);
  engagement_.Register(handlers);
  held_engagements_.Register(handlers);
  organisation_links_.Register(handlers);
  envelopes_.Register(handlers);
  allocations_.Register(handlers);
  contributions_.Register(handlers);
  office_roles_.Register(handlers);
  reports_.Register(handlers);
  rendered_.Register(handlers);
  payments_.Register(handlers);
  approval_limits_.Register(handlers);
  funds_.Register(handlers);
  funding_calls_.Register(handlers);
  funding_applications_.Register(handlers);
  funding_assessments_.Register(handlers);
  conflict_declarations_.Register(handlers);
  panel_decisions_.Register(handlers);
  call_decisions_.Register(handlers);
  awards_.Register(handlers);
  funding_agreements_.Register(handlers);
  call_records_.Register(handlers);
  TellParts(tokens_, &funding_assessments_, handlers);
  host::RegisterRevisions("accord.strategy.v1", handlers);
  host::RegisterChangeFeed({.package = "accord.strategy.v1", .tokens = tokens_}, handlers);
}

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ServiceConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  v1::RuleSet rules;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(config.rules_file(), &rules));
  auto services = std::make_shared<StrategyServices>(environment.database, environment.page_tokens,
                                                     environment.calendar, std::move(rules));
  services->Register(handlers);
  services->sweeper().Start();
  return services;
}

}  // namespace accord::strategy
