#include "services/protocols/services.h"

#include "common/aggregates/office_counts.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/host/revisions.h"
#include "services/protocols/parts.h"
#include "services/protocols/protocol_store.h"

namespace accord::protocols {

absl::StatusOr<Policy> Policy::Load(const std::string& rules_file, const std::string& territories_file,
                                    const std::string& template_file) {
  ACCORD_ASSIGN_OR_RETURN(Rules rules, Rules::Load(rules_file));
  ACCORD_ASSIGN_OR_RETURN(Territories territories, Territories::Load(territories_file));
  v1::Template model;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(template_file, &model));
  return Policy{std::move(rules), std::move(territories), std::move(model)};
}

Services::Services(storage::Database* database, const storage::PageTokens* tokens, const Clock* calendar,
                   Policy policy)
    : tokens_(tokens),
      policy_(std::move(policy)),
      protocols_(tokens, &policy_.rules, &policy_.territories, policy_.model),
      referrals_(database, tokens, &policy_.rules, &policy_.territories),
      desk_(tokens, &policy_.rules),
      joint_(tokens),
      disputes_(tokens, &policy_.rules),
      inspections_(tokens, &policy_.rules, &policy_.territories),
      coverage_(&policy_.territories),
      alerts_(tokens, &policy_.rules),
      emergencies_(tokens, &policy_.rules),
      retention_(tokens),
      sweeper_(database, calendar,
               {{"protocol", std::bind_front(&ProtocolService::PassTime, &protocols_)},
                {"referral", std::bind_front(&ReferralService::PassTime, &referrals_)},
                {kReferralCounts, CountAtPeriodEnds(kReferralCounts, policy_.rules.office_count_months(),
                                                    std::bind_front(&ReferralDesk::CountAll, &desk_))},
                {"dispute", std::bind_front(&DisputeService::PassTime, &disputes_)},
                {"inspector_referral", std::bind_front(&InspectionService::PassTime, &inspections_)}},
               {std::bind_front(&PrivacyAlertService::CountReferrals, &alerts_)}) {}

void Services::Register(host::Handlers* handlers) {
  protocols_.Register(handlers);
  referrals_.Register(handlers);
  desk_.Register(handlers);
  joint_.Register(handlers);
  disputes_.Register(handlers);
  inspections_.Register(handlers);
  coverage_.Register(handlers);
  alerts_.Register(handlers);
  emergencies_.Register(handlers);
  retention_.Register(handlers);
  TellParts(tokens_, &referrals_, handlers);
  host::RegisterRevisions("accord.protocols.v1", handlers);
}

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ProtocolsConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  ACCORD_ASSIGN_OR_RETURN(
      Policy policy, Policy::Load(config.rules_file(), config.territories_file(), config.template_file()));
  auto services = std::make_shared<Services>(environment.database, environment.page_tokens,
                                             environment.calendar, std::move(policy));
  services->Register(handlers);
  services->sweeper().Start();
  return services;
}

}  // namespace accord::protocols
