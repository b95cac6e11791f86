#include "services/intelligence/services.h"

#include "common/host/revisions.h"

namespace accord::intelligence {

Services::Services(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                   v1::RuleSet rules)
    : rules_(std::move(rules)),
      positions_(tokens, &rules_),
      reports_(tokens, &rules_),
      dissemination_(tokens, &rules_),
      requests_(tokens, &rules_),
      sweeper_(database, clock,
               {{"report", std::bind_front(&ReportService::PassTime, &reports_)},
                {"release_request", std::bind_front(&DisseminationService::PassTime, &dissemination_)}}) {}

void Services::Register(host::Handlers* handlers) {
  positions_.Register(handlers);
  reports_.Register(handlers);
  dissemination_.Register(handlers);
  requests_.Register(handlers);
  host::RegisterRevisions("accord.intelligence.v1", handlers);
}

}  // namespace accord::intelligence
