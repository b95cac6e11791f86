// These are the handlers of BenefitClaimService, which takes a claim from the worker who makes it to
// the invoice.
#ifndef ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_CLAIM_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_CLAIM_SERVICE_H_

#include <string>

#include "absl/time/civil_time.h"
#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class BenefitClaimService {
 public:
  BenefitClaimService(const storage::PageTokens* tokens, RulesNow rules)
      : cases_("support_case", tokens),
        consents_("consent", tokens),
        claims_("benefit_claim", tokens),
        payments_("benefit_payment", tokens),
        facilities_("facility", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::BenefitClaim>;
  using Page = absl::StatusOr<v1::ListBenefitClaimsResponse>;

  Result Request(host::Call&, Tx&, const storage::Write&, const v1::RequestBenefitClaimRequest&);
  Result Get(host::Call&, Tx&, const v1::GetBenefitClaimRequest&);
  Page List(host::Call&, Tx&, const v1::ListBenefitClaimsRequest&);
  Result Complete(host::Call&, Tx&, const storage::Write&, const v1::CompleteBenefitClaimRequest&);
  Result Decide(host::Call&, Tx&, const storage::Write&, const v1::DecideBenefitClaimRequest&);
  Result Review(host::Call&, Tx&, const storage::Write&, const v1::ReviewBenefitClaimRequest&);
  Result Approve(host::Call&, Tx&, const storage::Write&, const v1::ApproveBenefitClaimRequest&);
  Result Deliver(host::Call&, Tx&, const storage::Write&, const v1::DeliverBenefitClaimRequest&);
  Result Cancel(host::Call&, Tx&, const storage::Write&, const v1::CancelBenefitClaimRequest&);

  // This gives the claim and its rule to a person of the level that decides, while the consent stands.
  absl::Status ReadToDecide(const host::Call&, Tx&, const std::string& name, v1::BenefitClaim* claim,
                            const v1::BenefitRule** rule);
  // This notes what a person has to look at.
  absl::Status NoteConcerns(Tx&, const v1::BenefitRule& rule, const v1::SupportCase& of,
                            v1::BenefitClaim* claim);
  // This refuses a payee, an amount or a facility that the rule does not allow. `in` is the prefix of the
  // fields in the request.
  absl::Status CheckSoughtBenefit(Tx&, const v1::BenefitRule& rule, const v1::BenefitClaim& claim,
                                  const std::string& in, const std::string& day);
  // This puts into the claim what the request corrects, and gives the rule that applies to it then.
  absl::Status ApplyCorrections(const host::Call&, Tx&, const v1::CompleteBenefitClaimRequest&,
                                v1::BenefitClaim* claim, const v1::BenefitRule** rule);
  // Resumes the time to decide on this day, by the rule that applies now.
  void ResumeTimeToDecide(const v1::BenefitRule& rule, absl::CivilDay day, v1::BenefitClaim* claim);
  absl::Status CheckFacility(Tx&, const v1::BenefitRule& rule, const v1::BenefitClaim& claim,
                             const std::string& day);
  // This reserves the approved amount, within the case's limit and the money of the fund.
  absl::Status Reserve(Tx&, const v1::BenefitRule& rule, const std::string& fiscal_year,
                       v1::BenefitClaim* claim);
  Result Keep(const host::Call&, Tx&, const storage::Write&, const std::string& etag, v1::BenefitClaim);

  storage::Resources cases_;
  storage::Resources consents_;
  storage::Resources claims_;
  storage::Resources payments_;
  storage::Resources facilities_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_BENEFITS_BENEFIT_CLAIM_SERVICE_H_
