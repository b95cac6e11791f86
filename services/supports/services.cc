#include "services/supports/services.h"

#include <functional>
#include <utility>

#include "common/aggregates/office_counts.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/text_proto.h"
#include "common/host/law/governed_by.h"
#include "common/host/revisions.h"
#include "common/host/watching/change_feed.h"
#include "services/supports/benefits/claim_store.h"
#include "services/supports/consents/link_relay.h"
#include "services/supports/parts.h"
#include "services/supports/supports_store.h"

namespace accord::supports {
namespace {

// This holds the handlers, and the relay that revokes links at the prosecution service.
struct Process {
  Process(const host::Environment& environment, v1::RuleSet rules, const host::v1::DoorConfig& gateway)
      : services(environment.database, environment.page_tokens, environment.calendar, std::move(rules)),
        links(environment.database, environment.page_tokens, environment.clock,
              WithdrawLinkThroughGateway(gateway)) {}
  SupportsServices services;
  LinkRelay links;
};

}  // namespace

SupportsServices::SupportsServices(storage::Database* database, const storage::PageTokens* tokens,
                                   const Clock* clock, v1::RuleSet rules)
    : tokens_(tokens),
      clock_(clock),
      rules_(std::move(rules)),
      law_({.package = "accord.supports.v1",
            .database = database,
            .tokens = tokens,
            .judged = JudgedRecords(tokens, &rules_)},
           std::make_unique<host::GovernedBy<v1::RuleSet, v1::RuleSet>>(
               &rules_, CheckedRules, [](const v1::RuleSet& set) -> const v1::RuleSet& { return set; },
               SettingsFixedByRelease())),
      cases_(tokens, clock, &rules_),
      consents_(tokens, &rules_),
      disclosures_(tokens),
      facilities_(tokens),
      notices_(tokens),
      referrals_(tokens, &rules_),
      transfers_(tokens, &rules_),
      crisis_referrals_(tokens, &rules_),
      partners_(tokens, &rules_),
      positions_(tokens),
      benefits_(&rules_),
      fund_lines_(tokens, &rules_),
      claims_(tokens, &rules_),
      payments_(tokens),
      orders_(tokens, &rules_),
      lookups_(tokens, &rules_),
      sweeper_(database, clock, {{kSupportsCounts, std::bind_front(&SupportsServices::Count, this)}}) {
  sweeper_.GoBy([this] { return law_.TakeForPass(); });
}

absl::Status SupportsServices::Count(storage::Transaction& tx, const std::string& name, absl::Time now) {
  return CountAtPeriodEnds(kSupportsCounts, rules_.now().office_count_months(),
                           std::bind_front(&SupportsServices::CountAll, this))(tx, name, now);
}

absl::StatusOr<Tallies> SupportsServices::CountAll(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(Tallies all, cases_.CountAll(tx));
  ACCORD_ASSIGN_OR_RETURN(const Tallies paid, CountPaidClaims(tx, FormatDay(OntarioDay(clock_->Now())),
                                                              rules_.now().small_cell()));
  all.insert(all.end(), paid.begin(), paid.end());
  return all;
}

void SupportsServices::Register(host::Handlers* handlers) {
  cases_.Register(handlers);
  consents_.Register(handlers);
  disclosures_.Register(handlers);
  facilities_.Register(handlers);
  notices_.Register(handlers);
  referrals_.Register(handlers);
  transfers_.Register(handlers);
  crisis_referrals_.Register(handlers);
  partners_.Register(handlers);
  positions_.Register(handlers);
  benefits_.Register(handlers);
  fund_lines_.Register(handlers);
  claims_.Register(handlers);
  payments_.Register(handlers);
  orders_.Register(handlers);
  lookups_.Register(handlers);
  TellParts(tokens_, handlers);
  law_.Register(handlers);
  host::RegisterRevisions("accord.supports.v1", handlers);
  host::RegisterChangeFeed({.package = "accord.supports.v1",
                            .tokens = tokens_,
                            .listed = {{"consent", "/accord.supports.v1.ConsentService/ListConsents",
                                        [this](const Caller& caller, storage::Transaction& tx,
                                               const std::string& name, google::protobuf::Message* out) {
                                          const std::string today = FormatDay(OntarioDay(clock_->Now()));
                                          return consents_.ReadListed(caller, tx, name, today, out);
                                        }},
                                       {"order_lookup_notice",
                                        "/accord.supports.v1.RestrainingOrderService/ListOrderLookupNotices",
                                        std::bind_front(&RestrainingOrderService::ReadListed, &orders_)}}},
                           handlers);
}

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::SupportsConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  v1::RuleSet read;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(config.rules_file(), &read));
  ACCORD_ASSIGN_OR_RETURN(v1::RuleSet rules, CheckedRules(std::move(read)));
  auto process = std::make_shared<Process>(environment, std::move(rules), config.door());
  // The rules that the office put in force apply from the first call on.
  ACCORD_RETURN_IF_ERROR(process->services.law().Look());
  process->services.Register(handlers);
  process->services.sweeper().Start();
  process->services.law().Start(environment.clock);
  // Without a connection to the gateway the relay waits, and the operators of Accord are alerted.
  process->links.Start();
  environment.metrics->Show("accord_link_revocation_wait_seconds",
                            "How long the oldest link waits to be revoked whose consent has ended.",
                            process->links.Waited());
  return process;
}

}  // namespace accord::supports
