// These are the handlers of FundingAgreementService for agreements.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_AGREEMENT_SERVICE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_AGREEMENT_SERVICE_H_

#include <string>

#include "accord/strategy/v1/funding_agreement_service.pb.h"
#include "accord/strategy/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::strategy {

// This gives the placement of an agreement, which the office and the organisation, if it is an agency, see.
storage::Placement FundingAgreementPlacement(const v1::RuleSet& policy,
                                             const v1::FundingAgreement& agreement);
// This fails with NOT_FOUND unless the caller reads the agreement: the office's staff and director do, and
// those who apply for the organisation.
absl::Status ReadFundingAgreement(const Caller& caller, storage::Transaction& tx,
                                  storage::Resources* agreements, const std::string& name,
                                  v1::FundingAgreement* out);

class FundingAgreementService {
 public:
  FundingAgreementService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : rules_(rules),
        calls_("funding_call", tokens),
        applications_("funding_application", tokens),
        agreements_("funding_agreement", tokens),
        allocations_("allocation", tokens),
        envelopes_("envelope", tokens) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::FundingAgreement>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateFundingAgreementRequest&);
  Result Get(host::Call&, Tx&, const v1::GetFundingAgreementRequest&);
  absl::StatusOr<v1::ListFundingAgreementsResponse> List(host::Call&, Tx&,
                                                         const v1::ListFundingAgreementsRequest&);
  Result Sign(host::Call&, Tx&, const storage::Write&, const v1::SignFundingAgreementRequest&);
  Result TakeBack(host::Call&, Tx&, const storage::Write&, const v1::TakeBackFundingAgreementRequest&);
  Result RecordReport(host::Call&, Tx&, const storage::Write&,
                      const v1::RecordFundingAgreementReportRequest&);

  // This notes the agreement as the only one of its application. Another one is possible after the office has
  // taken back the first one.
  absl::Status KeepOffer(Tx&, const v1::FundingAgreement&);
  // This enters the caller's signature for the side for which he or she signs.
  static absl::Status TakeSignature(const host::Call&, const v1::SignFundingAgreementRequest&,
                                    v1::FundingAgreement*);
  // This puts an agreement that both sides have signed into force: the application has its agreement, and the
  // money is allocated.
  absl::Status EnterInForce(Tx&, const storage::Write&, v1::FundingAgreement*);
  Result Keep(Tx&, const storage::Write&, const std::string& etag, v1::FundingAgreement);

  const v1::RuleSet* const rules_;
  storage::Resources calls_;
  storage::Resources applications_;
  storage::Resources agreements_;
  storage::Resources allocations_;
  storage::Resources envelopes_;
};

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_FUNDING_AGREEMENT_SERVICE_H_
