#include "services/prosecution/services.h"

#include "common/aggregates/office_counts.h"
#include "common/base/error.h"
#include "common/host/revisions.h"
#include "common/host/watching/change_feed.h"
#include "services/prosecution/parts.h"

namespace accord::prosecution {

ProsecutionServices::ProsecutionServices(storage::Database* database, const storage::PageTokens* tokens,
                                         const Clock* clock, Rules rules)
    : tokens_(tokens),
      rules_(std::move(rules)),
      cases_(tokens, &rules_),
      accused_(tokens, &rules_),
      advice_(tokens, &rules_),
      links_(tokens, &rules_),
      notes_(tokens, &rules_),
      vocabulary_(tokens, &rules_),
      duplicates_(tokens, &rules_),
      sweeper_(database, clock,
               {{"accused", std::bind_front(&AccusedService::PassTime, &accused_)},
                {kProsecutionCounts, CountAtPeriodEnds(kProsecutionCounts, rules_.set().office_count_months(),
                                                       std::bind_front(&CaseService::CountAll, &cases_))}},
               {std::bind_front(&ProsecutionServices::Place, this)}) {}

absl::StatusOr<int> ProsecutionServices::Place(storage::Transaction& tx, absl::Time now, int batch) {
  return EachUnplaced(tx, batch, &unreadable_, [&](const std::string& kind, const std::string& name) {
    if (kind == "case") return cases_.Place(tx, name);
    return kind == "accused" ? accused_.Place(tx, name, now) : links_.Place(tx, name);
  });
}

void ProsecutionServices::Register(host::Handlers* handlers) {
  cases_.Register(handlers);
  accused_.Register(handlers);
  advice_.Register(handlers);
  links_.Register(handlers);
  notes_.Register(handlers);
  vocabulary_.Register(handlers);
  duplicates_.Register(handlers);
  TellParts(tokens_, &rules_, &duplicates_, handlers);
  handlers->TellLaw(rules_.set().currency());
  host::RegisterRevisions("accord.prosecution.v1", handlers);
  host::RegisterChangeFeed({.package = "accord.prosecution.v1", .tokens = tokens_}, handlers);
}

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ProsecutionConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  ACCORD_ASSIGN_OR_RETURN(Rules rules, Rules::Load(config.rules_file()));
  auto services = std::make_shared<ProsecutionServices>(environment.database, environment.page_tokens,
                                                        environment.calendar, std::move(rules));
  services->Register(handlers);
  services->sweeper().Start();
  return services;
}

}  // namespace accord::prosecution
