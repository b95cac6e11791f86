#include "services/prosecution/services.h"

#include "common/aggregates/office_counts.h"
#include "common/base/error.h"
#include "common/host/revisions.h"
#include "common/host/watching/change_feed.h"
#include "services/prosecution/law.h"
#include "services/prosecution/parts.h"
#include "services/prosecution/prosecution_store.h"

namespace accord::prosecution {

ProsecutionServices::ProsecutionServices(storage::Database* database, const storage::PageTokens* tokens,
                                         const Clock* clock, Rules rules)
    : tokens_(tokens),
      rules_(std::move(rules)),
      law_({.package = "accord.prosecution.v1",
            .database = database,
            .tokens = tokens,
            .judged = JudgedRecords(tokens, &rules_)},
           Governed(&rules_)),
      cases_(tokens, &rules_),
      accused_(tokens, &rules_),
      advice_(tokens, &rules_),
      links_(tokens, &rules_),
      notes_(tokens, &rules_),
      vocabulary_(tokens, &rules_),
      duplicates_(tokens, &rules_),
      sweeper_(database, clock,
               {{"accused", std::bind_front(&AccusedService::PassTime, &accused_)},
                {kProsecutionCounts, std::bind_front(&ProsecutionServices::Count, this)}},
               {std::bind_front(&ProsecutionServices::Place, this),
                std::bind_front(&host::LawKeeper::LookAnew, &law_)}) {
  sweeper_.GoBy([this] { return law_.TakeForPass(); });
}

absl::Status ProsecutionServices::Count(storage::Transaction& tx, const std::string& name, absl::Time now) {
  return CountAtPeriodEnds(kProsecutionCounts, rules_.now().set().office_count_months(),
                           std::bind_front(&CaseService::CountAll, &cases_))(tx, name, now);
}

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
  law_.Register(handlers);
  host::RegisterRevisions("accord.prosecution.v1", handlers);
  host::RegisterChangeFeed({.package = "accord.prosecution.v1", .tokens = tokens_}, handlers);
}

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ProsecutionConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  ACCORD_ASSIGN_OR_RETURN(Rules rules, Rules::Load(config.rules_file()));
  auto services = std::make_shared<ProsecutionServices>(environment.database, environment.page_tokens,
                                                        environment.calendar, std::move(rules));
  // The rules that the office put in force apply from the first call on.
  ACCORD_RETURN_IF_ERROR(services->law().Look());
  services->Register(handlers);
  services->sweeper().Start();
  services->law().Start(environment.clock);
  return services;
}

}  // namespace accord::prosecution
