#include "services/training/services.h"

#include <functional>
#include <utility>

#include "common/aggregates/office_counts.h"
#include "common/base/error.h"
#include "common/base/text_proto.h"
#include "common/host/revisions.h"
#include "common/host/watching/change_feed.h"
#include "services/training/completions/agency_register.h"
#include "services/training/completions/completion_counts.h"
#include "services/training/observations/observation_relay.h"
#include "services/training/parts.h"
#include "services/training/training_store.h"

namespace accord::training {
namespace {

// This holds the handlers, the register of agencies and the relay of observations.
struct Process {
  Process(const host::Environment& environment, v1::RuleSet rules, const host::v1::DoorConfig& gateway)
      : agencies(AgencyPagesThroughGateway(gateway)),
        services(environment.database, environment.page_tokens, environment.calendar, std::move(rules)),
        relay(environment.database, environment.page_tokens, environment.clock,
              InspectorReferralsThroughGateway(gateway)) {}
  AgencyRegister agencies;
  TrainingServices services;
  ObservationRelay relay;
};

}  // namespace

TrainingServices::TrainingServices(storage::Database* database, const storage::PageTokens* tokens,
                                   const Clock* clock, v1::RuleSet rules)
    : tokens_(tokens),
      rules_(std::move(rules)),
      courses_(tokens),
      offerings_(tokens),
      certificates_(tokens, &rules_),
      completions_(tokens, &rules_),
      corrections_(tokens),
      observations_(tokens),
      sweeper_(database, clock,
               {{"certificate", std::bind_front(&CompletionCertificateService::PassTime, &certificates_)},
                {kTrainingCounts,
                 CountAtPeriodEnds(kTrainingCounts, rules_.office_count_months(),
                                   std::bind_front(&CompletionService::CountAll, &completions_))}},
               {FoldCompletionChanges}) {}

void TrainingServices::Register(host::Handlers* handlers) {
  courses_.Register(handlers);
  offerings_.Register(handlers);
  certificates_.Register(handlers);
  completions_.Register(handlers);
  corrections_.Register(handlers);
  observations_.Register(handlers);
  TellParts(tokens_, handlers);
  host::RegisterRevisions("accord.training.v1", handlers);
  host::RegisterChangeFeed({.package = "accord.training.v1",
                            .tokens = tokens_,
                            .stored_as = {{"certificate", "completion_certificate"}}},
                           handlers);
}

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::TrainingConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  v1::RuleSet rules;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(config.rules_file(), &rules));
  auto process = std::make_shared<Process>(environment, std::move(rules), config.door());
  process->services.Register(handlers);
  process->services.sweeper().Start();
  if (config.has_door()) {
    process->services.HoldRostersAgainst(&process->agencies);
    process->agencies.Start();
    process->relay.Start();
  }
  return process;
}

}  // namespace accord::training
