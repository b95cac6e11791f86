#include "services/supports/services.h"

#include <functional>
#include <utility>

#include "common/aggregates/office_counts.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/host/revisions.h"
#include "services/supports/benefits/claim_store.h"
#include "services/supports/parts.h"
#include "services/supports/supports_store.h"

namespace accord::supports {

SupportsServices::SupportsServices(storage::Database* database, const storage::PageTokens* tokens,
                                   const Clock* clock, v1::RuleSet rules)
    : tokens_(tokens),
      clock_(clock),
      rules_(std::move(rules)),
      cases_(tokens, clock, &rules_),
      consents_(tokens, &rules_),
      disclosures_(tokens),
      referrals_(tokens, &rules_),
      partners_(tokens),
      positions_(tokens),
      benefits_(&rules_),
      fund_lines_(tokens, &rules_),
      claims_(tokens, &rules_),
      payments_(tokens),
      sweeper_(database, clock,
               {{kSupportsCounts, CountAtPeriodEnds(kSupportsCounts, rules_.office_count_months(),
                                                    std::bind_front(&SupportsServices::CountAll, this))}}) {}

absl::StatusOr<Tallies> SupportsServices::CountAll(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(Tallies all, cases_.CountAll(tx));
  ACCORD_ASSIGN_OR_RETURN(const Tallies paid, CountPaidClaims(tx, FormatDay(OntarioDay(clock_->Now()))));
  all.insert(all.end(), paid.begin(), paid.end());
  return all;
}

void SupportsServices::Register(host::Handlers* handlers) {
  cases_.Register(handlers);
  consents_.Register(handlers);
  disclosures_.Register(handlers);
  referrals_.Register(handlers);
  partners_.Register(handlers);
  positions_.Register(handlers);
  benefits_.Register(handlers);
  fund_lines_.Register(handlers);
  claims_.Register(handlers);
  payments_.Register(handlers);
  TellParts(tokens_, handlers);
  host::RegisterRevisions("accord.supports.v1", handlers);
}

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ServiceConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  v1::RuleSet rules;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(config.rules_file(), &rules));
  auto services = std::make_shared<SupportsServices>(environment.database, environment.page_tokens,
                                                     environment.calendar, std::move(rules));
  services->Register(handlers);
  services->sweeper().Start();
  return services;
}

}  // namespace accord::supports
