// This holds every gRPC service of the process, and the sweeper that does what falls due with time.
#ifndef ACCORD_SERVICES_SUPPORTS_SERVICES_H_
#define ACCORD_SERVICES_SUPPORTS_SERVICES_H_

#include <memory>
#include <string>

#include "accord/host/v1/config.pb.h"
#include "common/host/law/law_keeper.h"
#include "common/host/run.h"
#include "common/host/upkeep/sweeper.h"
#include "services/supports/benefits/benefit_claim_service.h"
#include "services/supports/benefits/benefit_payment_service.h"
#include "services/supports/benefits/benefit_service.h"
#include "services/supports/benefits/fund_line_service.h"
#include "services/supports/cases/support_case_service.h"
#include "services/supports/consents/consent_service.h"
#include "services/supports/disclosures/support_disclosure_service.h"
#include "services/supports/facilities/facility_service.h"
#include "services/supports/law.h"
#include "services/supports/notices/survivor_notice_service.h"
#include "services/supports/orders/order_lookup_service.h"
#include "services/supports/orders/restraining_order_service.h"
#include "services/supports/partners/crisis_partner_service.h"
#include "services/supports/positions/worker_position_service.h"
#include "services/supports/referrals/crisis_referral_service.h"
#include "services/supports/referrals/support_referral_service.h"
#include "services/supports/transfers/support_transfer_service.h"

namespace accord::supports {

class SupportsServices {
 public:
  SupportsServices(storage::Database* database, const storage::PageTokens* tokens, const Clock* clock,
                   v1::RuleSet rules);
  void Register(host::Handlers* handlers);
  host::Sweeper& sweeper() { return sweeper_; }
  host::LawKeeper& law() { return law_; }

 private:
  // This gives the counts that the office is shown, of the survivors who agree to be counted today.
  absl::StatusOr<Tallies> CountAll(storage::Transaction& tx);
  // This stores these counts at the end of each period that the rules define.
  absl::Status Count(storage::Transaction& tx, const std::string& name, absl::Time now);

  const storage::PageTokens* const tokens_;
  const Clock* const clock_;
  LawInForce<v1::RuleSet> rules_;
  host::LawKeeper law_;
  SupportCaseService cases_;
  ConsentService consents_;
  SupportDisclosureService disclosures_;
  FacilityService facilities_;
  SurvivorNoticeService notices_;
  SupportReferralService referrals_;
  SupportTransferService transfers_;
  CrisisReferralService crisis_referrals_;
  CrisisPartnerService partners_;
  WorkerPositionService positions_;
  BenefitService benefits_;
  FundLineService fund_lines_;
  BenefitClaimService claims_;
  BenefitPaymentService payments_;
  RestrainingOrderService orders_;
  OrderLookupService lookups_;
  host::Sweeper sweeper_;
};

// This loads what the configuration names, registers every handler, and starts the work that falls due
// with time.
absl::StatusOr<std::shared_ptr<void>> Serve(const host::v1::SupportsConfig& config,
                                            const host::Environment& environment, host::Handlers* handlers);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_SERVICES_H_
