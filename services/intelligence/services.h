// This class has every gRPC service of this process, and the sweeper that moves their records on with time.
#ifndef ACCORD_SERVICES_INTELLIGENCE_SERVICES_H_
#define ACCORD_SERVICES_INTELLIGENCE_SERVICES_H_

#include <memory>

#include "accord/host/v1/config.pb.h"
#include "common/host/run.h"
#include "common/host/upkeep/sweeper.h"
#include "services/intelligence/deconfliction/deconfliction_service.h"
#include "services/intelligence/network/membership_service.h"
#include "services/intelligence/network/position_service.h"
#include "services/intelligence/products/product_service.h"
#include "services/intelligence/purge/purge_service.h"
#include "services/intelligence/reports/report_service.h"
#include "services/intelligence/sharing/dissemination_service.h"
#include "services/intelligence/sharing/information_request_service.h"
#include "services/intelligence/vocabulary/vocabulary_service.h"

namespace accord::intelligence {

class IntelligenceServices {
 public:
  IntelligenceServices(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                       v1::RuleSet rules);
  void Register(host::Handlers* handlers);
  host::Sweeper& sweeper() { return sweeper_; }

 private:
  const storage::PageTokens* const tokens_;
  const v1::RuleSet rules_;
  PositionService positions_;
  ReportService reports_;
  DisseminationService dissemination_;
  InformationRequestService requests_;
  MembershipService memberships_;
  PurgeService purges_;
  ProductService products_;
  DeconflictionService deconfliction_;
  VocabularyService vocabulary_;
  host::Sweeper sweeper_;
};

// This loads what the configuration names, registers every handler, and starts the work that falls due
// with time.
absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::ServiceConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_SERVICES_H_
