// This fixture takes claims of benefits from the worker who makes them to those who pay.
#ifndef ACCORD_SERVICES_SUPPORTS_TESTING_BENEFIT_FIXTURE_H_
#define ACCORD_SERVICES_SUPPORTS_TESTING_BENEFIT_FIXTURE_H_

#include <string>
#include <utility>
#include <vector>

#include "services/supports/testing/fixture.h"

namespace accord::supports {

class BenefitFixture : public SupportsFixture {
 protected:
  // An empty `dsn` stands for SQLite.
  explicit BenefitFixture(const std::string& dsn = "") : SupportsFixture(dsn) {}
  explicit BenefitFixture(v1::RuleSet rules) : SupportsFixture("", std::move(rules)) {}

  static Caller Finance(const std::string& actor, const std::string& ministry = "min-mag") {
    return {ministry, annotations::v1::AGENCY_KIND_MINISTRY,   "console",
            actor,    {annotations::v1::ROLE_FINANCE_OFFICER}, annotations::v1::PURPOSE_FUNDING};
  }
  const Caller program_ = Support("vs-ovs", "program", annotations::v1::ROLE_OVS_PROGRAM);
  const Caller reviewer_ = Support("vs-ovs", "reviewer", annotations::v1::ROLE_OVS_PROGRAM);
  const Caller payer_ = Finance("payer");
  const Caller controller_ = Finance("controller");

  static v1::Consent ToClaim(const std::string& expires_on = "2027-11-24") {
    v1::Consent consent = NewConsent(v1::CONSENT_PURPOSE_BENEFIT_CLAIM, expires_on);
    consent.set_recipient_agency("vs-ovs");
    return consent;
  }
  static v1::BenefitClaim NewClaim(v1::BenefitCode benefit, int64_t cents,
                                   const std::string& event_on = "2026-11-20") {
    v1::BenefitClaim claim;
    claim.set_benefit(benefit);
    claim.set_event_on(event_on);
    claim.set_amount_requested_cents(cents);
    claim.mutable_payee()->set_kind(v1::PAYEE_KIND_PROVIDER);
    claim.mutable_payee()->set_provider("PROVIDER-WORDS");
    claim.set_residual_need_declared(true);
    claim.set_charged(v1::CHARGED_IN_RELATION_NO);
    return claim;
  }

  // This gives a case of somebody who has told a shelter.
  v1::SupportCase Reported() {
    v1::CreateSupportCaseRequest request = NewCase();
    request.mutable_support_case()->set_reported_to(v1::REPORTED_TO_SHELTER);
    return Must(Call<v1::SupportCase>(worker_, request));
  }
  std::string Claim(const v1::Consent& consent, const v1::BenefitClaim& claim,
                    v1::BenefitClaim* kept = nullptr) {
    v1::RequestBenefitClaimRequest request;
    request.set_consent(consent.name());
    *request.mutable_benefit_claim() = claim;
    return Rule(Call<v1::BenefitClaim>(worker_, request), kept);
  }
  v1::BenefitClaim Claimed(const v1::Consent& consent, const v1::BenefitClaim& claim) {
    v1::BenefitClaim kept;
    EXPECT_EQ(Claim(consent, claim, &kept), "");
    return kept;
  }
  // This makes a claim for a survivor who has no other claim.
  v1::BenefitClaim Claimed(const v1::BenefitClaim& claim) {
    return Claimed(Given(Reported(), ToClaim()), claim);
  }
  std::string Decide(const Caller& caller, v1::BenefitClaim* claim, const std::string& event,
                     const std::string& reason = "", v1::BenefitReason code = v1::BENEFIT_REASON_UNSPECIFIED,
                     const std::string& next_route = "") {
    v1::DecideBenefitClaimRequest request;
    request.set_event(event);
    request.set_reason(reason);
    request.set_code(code);
    request.set_next_route(next_route);
    return Move(caller, claim, request);
  }
  std::string Approve(const Caller& caller, v1::BenefitClaim* claim, int64_t cents,
                      const std::string& authority = "") {
    v1::ApproveBenefitClaimRequest request;
    request.set_amount_cents(cents);
    request.set_authority_ref(authority);
    return Move(caller, claim, request);
  }
  std::string Deliver(v1::BenefitClaim* claim, int64_t cents, const std::string& invoice) {
    v1::DeliverBenefitClaimRequest request;
    request.set_amount_cents(cents);
    request.set_invoice_ref(invoice);
    // The program may have changed the claim, so that it has another etag.
    EXPECT_EQ(UnreadClaim(claim->name(), worker_, claim), "");
    return Move(worker_, claim, request);
  }
  std::string Cancel(const Caller& caller, v1::BenefitClaim* claim) {
    return Move(caller, claim, v1::CancelBenefitClaimRequest());
  }
  std::string Pay(const Caller& caller, v1::BenefitPayment* payment) {
    v1::PayBenefitPaymentRequest request;
    request.set_claim(payment->claim());
    return Move(caller, payment, request);
  }
  v1::BenefitPayment PaymentOf(const v1::BenefitClaim& claim) {
    v1::GetBenefitPaymentRequest request;
    request.set_name(claim.payment());
    return Must(Call<v1::BenefitPayment>(payer_, request));
  }
  // This gives a claim that the manager found eligible.
  v1::BenefitClaim Eligible(const v1::Consent& consent, const v1::BenefitClaim& claim) {
    v1::BenefitClaim kept = Claimed(consent, claim);
    EXPECT_EQ(Decide(manager_, &kept, "find_eligible"), "");
    return kept;
  }
  v1::BenefitClaim Eligible(const v1::BenefitClaim& claim) {
    return Eligible(Given(Reported(), ToClaim()), claim);
  }
  // This gives the payment of a claim that was approved and delivered for this amount.
  v1::BenefitPayment Due(v1::BenefitClaim claim, int64_t approved, int64_t invoiced,
                         const std::string& invoice) {
    EXPECT_EQ(Approve(manager_, &claim, approved), "");
    EXPECT_EQ(Deliver(&claim, invoiced, invoice), "");
    return PaymentOf(claim);
  }
  v1::CreateFundLineRequest NewLine(int64_t cents, const std::string& fiscal_year = "") {
    v1::CreateFundLineRequest request;
    request.set_parent("agencies/vs-ovs");
    auto* line = request.mutable_fund_line();
    line->set_fund(v1::BENEFIT_FUND_VQRP_HT);
    line->set_allocation(absl::StrCat("agencies/co-pahtco/allocations/a", ++allocations_));
    line->set_allocation_etag("1");
    line->set_amount_cents(cents);
    line->set_fiscal_year(fiscal_year);
    return request;
  }
  v1::FundLine Line(int64_t cents, const std::string& fiscal_year = "") {
    return Must(Call<v1::FundLine>(program_, NewLine(cents, fiscal_year)));
  }
  v1::FundLine Read(const v1::FundLine& line) {
    v1::GetFundLineRequest request;
    request.set_name(line.name());
    return Must(Call<v1::FundLine>(program_, request));
  }
  // This gives the reason why somebody does not read a claim. It is empty if they do, and then `read` is
  // the claim.
  std::string UnreadClaim(const std::string& name, const Caller& caller, v1::BenefitClaim* read = nullptr) {
    v1::GetBenefitClaimRequest request;
    request.set_name(name);
    return Rule(Call<v1::BenefitClaim>(caller, request), read);
  }
  // This gives what the caller reads in a list with one claim on each page.
  std::vector<v1::BenefitClaim> ClaimsFor(const Caller& caller, const std::string& support_case = "") {
    std::vector<v1::BenefitClaim> claims;
    v1::ListBenefitClaimsRequest request;
    request.set_support_case(support_case);
    request.set_page_size(1);
    do {
      const auto page = Must(Call<v1::ListBenefitClaimsResponse>(caller, request));
      claims.insert(claims.end(), page.benefit_claims().begin(), page.benefit_claims().end());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return claims;
  }
  // This makes a facility that is approved from this day on, and gives its name.
  std::string Approved(const std::string& from, const std::string& to = "") {
    v1::CreateFacilityRequest made;
    made.set_parent("agencies/vs-ovs");
    made.mutable_facility()->set_title("A quiet house");
    made.mutable_facility()->set_location_kind(v1::FACILITY_LOCATION_KIND_SITE);
    made.mutable_facility()->set_confidential(true);
    made.mutable_facility()->set_source("a list for the test");
    auto house = Must(Call<v1::Facility>(program_, made));
    v1::ApproveFacilityRequest approve;
    approve.mutable_approval()->set_from(from);
    approve.mutable_approval()->set_to(to);
    approve.mutable_approval()->set_source("a list for the test");
    EXPECT_EQ(Move(program_, &house, approve), "");
    return house.name();
  }

 private:
  int allocations_ = 0;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_TESTING_BENEFIT_FIXTURE_H_
