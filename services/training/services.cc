#include "services/training/services.h"

#include "common/aggregates/office_counts.h"
#include "common/host/revisions.h"
#include "services/training/completion_counts.h"
#include "services/training/parts.h"
#include "services/training/training_store.h"

namespace accord::training {

Services::Services(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                   v1::RuleSet rules)
    : tokens_(tokens),
      rules_(std::move(rules)),
      courses_(tokens),
      offerings_(tokens),
      certificates_(tokens, &rules_),
      completions_(tokens, &rules_),
      observations_(tokens),
      sweeper_(database, clock,
               {{"certificate", std::bind_front(&CertificateService::PassTime, &certificates_)},
                {kTrainingCounts,
                 CountAtPeriodEnds(kTrainingCounts, rules_.office_count_months(),
                                   std::bind_front(&CompletionService::CountAll, &completions_))}},
               {FoldCompletions}) {}

void Services::Register(host::Handlers* handlers) {
  courses_.Register(handlers);
  offerings_.Register(handlers);
  certificates_.Register(handlers);
  completions_.Register(handlers);
  observations_.Register(handlers);
  TellParts(tokens_, handlers);
  host::RegisterRevisions("accord.training.v1", handlers);
}

}  // namespace accord::training
