#include "services/intelligence/services.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/business_days.h"
#include "common/base/error.h"
#include "common/base/law.h"
#include "common/base/text_proto.h"
#include "common/host/revisions.h"
#include "common/host/watching/change_feed.h"
#include "services/intelligence/parts.h"

namespace accord::intelligence {

IntelligenceServices::IntelligenceServices(storage::Database* database, const storage::PageTokens* tokens,
                                           const Clock* clock, v1::RuleSet rules)
    : tokens_(tokens),
      rules_(std::move(rules)),
      positions_(tokens, &rules_),
      reports_(tokens, &rules_),
      dissemination_(tokens, &rules_),
      requests_(tokens, &rules_),
      memberships_(tokens, &rules_),
      purges_(tokens, &rules_),
      products_(tokens, &rules_),
      deconfliction_(tokens, &rules_),
      vocabulary_(tokens, &rules_),
      sweeper_(database, clock,
               {{"report", std::bind_front(&ReportService::PassTime, &reports_)},
                {"release_request", std::bind_front(&DisseminationService::PassTime, &dissemination_)},
                {"information_request", std::bind_front(&InformationRequestService::PassTime, &requests_)},
                {"purge_notice", std::bind_front(&PurgeNotices::PassTime, &purges_.notices())},
                {DeconflictionService::kLodgement,
                 std::bind_front(&DeconflictionService::PassTime, &deconfliction_)},
                {DeconflictionService::kEpoch,
                 std::bind_front(&DeconflictionService::PassEpoch, &deconfliction_)}}) {}

void IntelligenceServices::Register(host::Handlers* handlers) {
  positions_.Register(handlers);
  reports_.Register(handlers);
  dissemination_.Register(handlers);
  requests_.Register(handlers);
  memberships_.Register(handlers);
  purges_.Register(handlers);
  products_.Register(handlers);
  deconfliction_.Register(handlers);
  vocabulary_.Register(handlers);
  TellParts(tokens_, &rules_, handlers);
  host::RegisterRevisions("accord.intelligence.v1", handlers);
  const std::string package = "accord.intelligence.v1";
  host::ChangeFeedOptions feed{.package = package, .tokens = tokens_};
  feed.tombstones = absl::StrCat("/", package, ".PurgeService/ListReportTombstones");
  feed.standing = {{"information_reply", "information_request",
                    std::bind_front(&InformationRequestService::RequestOf, &requests_)}};
  host::RegisterChangeFeed(std::move(feed), handlers);
}

absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ServiceConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers) {
  v1::RuleSet rules;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(config.rules_file(), &rules));
  ACCORD_RETURN_IF_ERROR(CheckCalendar(rules.calendar()));
  auto services = std::make_shared<IntelligenceServices>(environment.database, environment.page_tokens,
                                                         environment.calendar, std::move(rules));
  services->Register(handlers);
  services->sweeper().Start();
  return services;
}

}  // namespace accord::intelligence
