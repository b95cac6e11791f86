// This fixture hands a survivor over from one agency to another, by a manager of each.
#ifndef ACCORD_SERVICES_SUPPORTS_TESTING_TRANSFERS_FIXTURE_H_
#define ACCORD_SERVICES_SUPPORTS_TESTING_TRANSFERS_FIXTURE_H_

#include <string>

#include "accord/supports/v1/support_transfer_service.pb.h"
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {

class TransfersFixture : public BenefitFixture {
 protected:
  // An empty `dsn` stands for SQLite.
  explicit TransfersFixture(const std::string& dsn = "") : BenefitFixture(dsn) {}

  // These are managers of the agency that takes survivors over, and of one that has nothing to do with it.
  const Caller taker_ = Support("vs-durham", "taker", annotations::v1::ROLE_VS_MANAGER);
  const Caller chief_ = Support("vs-peel", "chief", annotations::v1::ROLE_VS_MANAGER);

  std::string Assign(const Caller& manager, v1::SupportCase* item, const std::string& worker) {
    v1::AssignSupportCaseWorkerRequest request;
    request.set_worker(worker);
    return Move(manager, item, request);
  }
  // This gives a case in which the manager works, too.
  v1::SupportCase Shared() {
    v1::SupportCase item = Reported();
    EXPECT_EQ(Assign(manager_, &item, manager_.actor), "");
    return item;
  }
  std::string Offer(const Caller& caller, const v1::Consent& consent,
                    v1::SupportReferral* offered = nullptr) {
    v1::OfferSupportTransferRequest request;
    request.set_consent(consent.name());
    return Rule(Call<v1::SupportReferral>(caller, request), offered);
  }
  v1::SupportReferral Offered(const v1::Consent& consent) {
    v1::SupportReferral offered;
    EXPECT_EQ(Offer(manager_, consent, &offered), "");
    return offered;
  }
  v1::AcceptSupportTransferRequest Taking(const v1::SupportReferral& offered) {
    v1::AcceptSupportTransferRequest request;
    request.set_name(offered.name());
    request.set_etag(offered.etag());
    request.mutable_support_case()->set_program(v1::SUPPORT_PROGRAM_VCAO);
    request.mutable_support_case()->set_subject_ref("OTHER-WORDS-1");
    request.mutable_support_case()->set_reported_to(v1::REPORTED_TO_SHELTER);
    *request.mutable_services_consent() = Today(NewConsent(v1::CONSENT_PURPOSE_SERVICES));
    return request;
  }
  std::string Accept(const Caller& caller, const v1::SupportReferral& offered,
                     v1::SupportCase* taken = nullptr) {
    return Rule(Call<v1::SupportCase>(caller, Taking(offered)), taken);
  }
  // This gives the reason why this amount for a document is not approved for a case, by a worker and a
  // manager of its agency. It is empty if the amount is approved, and then `kept` is the claim.
  std::string Documents(const Caller& worker, const Caller& manager, const std::string& support_case,
                        int64_t cents, v1::BenefitClaim* kept = nullptr) {
    v1::CreateConsentRequest agree;
    agree.set_parent(support_case);
    *agree.mutable_consent() = Today(ToClaim());
    v1::RequestBenefitClaimRequest request;
    request.set_consent(Must(Call<v1::Consent>(worker, agree)).name());
    *request.mutable_benefit_claim() = NewClaim(v1::BENEFIT_CODE_DOCUMENT_REPLACEMENT, cents);
    request.mutable_benefit_claim()->mutable_payee()->set_provider(absl::StrCat("office ", ++offices_));
    v1::BenefitClaim claim = Must(Call<v1::BenefitClaim>(worker, request));
    EXPECT_EQ(Decide(manager, &claim, "find_eligible"), "");
    std::string rule = Approve(manager, &claim, cents);
    if (kept != nullptr) *kept = claim;
    return rule;
  }

 private:
  int offices_ = 0;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_TESTING_TRANSFERS_FIXTURE_H_
