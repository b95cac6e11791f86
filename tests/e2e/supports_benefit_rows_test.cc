// These are the rows of the founding document that are about benefits, shown through the gateway: what is
// claimed, by which rule, and out of which money.
#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/benefit_payment_service.pb.h"
#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/facility_service.pb.h"
#include "accord/supports/v1/fund_line_service.pb.h"
#include "tests/e2e/supports_rows.h"

namespace accord::e2e {
namespace {

// The document adds these benefits to the Victim Quick Response Program. No limit of 2017 is known.
class Benefits : public Supports {
 protected:
  Benefits()
      : program_(Enrol("vs-ovs", {{"program", ROLE_OVS_PROGRAM}})),
        ministry_(Enrol("min-mag", {{"payer", ROLE_FINANCE_OFFICER}})) {
    sup::CreateFundLineRequest request;
    request.set_parent("agencies/vs-ovs");
    request.mutable_fund_line()->set_fund(sup::BENEFIT_FUND_VQRP_HT);
    request.mutable_fund_line()->set_allocation("agencies/co-pahtco/allocations/vqrp-ht");
    request.mutable_fund_line()->set_allocation_etag("1");
    request.mutable_fund_line()->set_amount_cents(100000);
    line_ = Must<sup::FundLine>(program_, "program", "FundLineService/CreateFundLine", request);
  }

  absl::StatusOr<sup::BenefitClaim> Request(sup::BenefitCode benefit, int64_t cents,
                                            const std::string& event_on) {
    sup::CreateConsentRequest agreed;
    agreed.set_parent(Opened().name());
    *agreed.mutable_consent() = NewConsent(sup::CONSENT_PURPOSE_BENEFIT_CLAIM);
    agreed.mutable_consent()->set_recipient_agency("vs-ovs");
    const auto consent = Must<sup::Consent>(york_, "worker", "ConsentService/CreateConsent", agreed);
    sup::RequestBenefitClaimRequest request;
    request.set_consent(consent.name());
    auto* claim = request.mutable_benefit_claim();
    claim->set_benefit(benefit);
    claim->set_event_on(event_on);
    claim->set_amount_requested_cents(cents);
    claim->mutable_payee()->set_kind(sup::PAYEE_KIND_PROVIDER);
    claim->mutable_payee()->set_provider("the-clinic");
    claim->set_residual_need_declared(true);
    claim->set_facility(house_);
    return Call<sup::BenefitClaim>(york_, "worker", "BenefitClaimService/RequestBenefitClaim", request);
  }
  // This gives a claim that the program has found eligible, with a reason for what nobody has recorded.
  sup::BenefitClaim Eligible(sup::BenefitCode benefit, int64_t cents, const std::string& event_on) {
    auto claim = Request(benefit, cents, event_on);
    EXPECT_OK(claim);
    sup::DecideBenefitClaimRequest decide;
    decide.set_event("find_eligible");
    decide.set_reason("a person has looked at it");
    auto found = claim.value_or(sup::BenefitClaim());
    Move(program_, "program", "BenefitClaimService/DecideBenefitClaim", &found, decide);
    return found;
  }
  absl::StatusOr<sup::BenefitClaim> Approve(const sup::BenefitClaim& claim, int64_t cents,
                                            const std::string& authority) {
    sup::ApproveBenefitClaimRequest request;
    request.set_name(claim.name());
    request.set_etag(claim.etag());
    request.set_amount_cents(cents);
    request.set_authority_ref(authority);
    return Call<sup::BenefitClaim>(program_, "program", "BenefitClaimService/ApproveBenefitClaim", request);
  }
  sup::BenefitClaim Read(const sup::BenefitClaim& claim) {
    sup::GetBenefitClaimRequest request;
    request.set_name(claim.name());
    return Must<sup::BenefitClaim>(york_, "worker", "BenefitClaimService/GetBenefitClaim", request);
  }

  const AgencyClient program_, ministry_;
  sup::FundLine line_;
  // Survivors recover at this place in these tests. At first it is a facility that does not exist.
  std::string house_ = "agencies/vs-ovs/facilities/of-nobody";
};

TEST_F(Benefits, SeedRow19_ClaimsAreNotApprovedBeyondTheMoneyThatThereIs) {
  const auto first = Eligible(sup::BENEFIT_CODE_TATTOO_REMOVAL, 60000, "2017-03-01");
  const auto second = Eligible(sup::BENEFIT_CODE_TATTOO_REMOVAL, 60000, "2017-03-01");
  ASSERT_OK(Approve(first, 60000, "a letter"));
  EXPECT_EQ(RuleOf(Approve(second, 60000, "a letter").status()), "ENVELOPE_EXCEEDED");
  EXPECT_OK(Approve(second, 40000, "a letter"));
}

TEST_F(Benefits, E19_OfFiftyThatAreApprovedAtOnceAreThoseThatTheMoneyReachesFor) {
  constexpr int kAsked = 50, kFit = 5;
  std::vector<sup::BenefitClaim> claims;
  std::vector<sup::ApproveBenefitClaimRequest> approvals;
  for (int i = 0; i < kAsked; ++i) {
    claims.push_back(Eligible(sup::BENEFIT_CODE_TATTOO_REMOVAL, 20000, "2017-03-01"));
    sup::ApproveBenefitClaimRequest& approve = approvals.emplace_back();
    approve.set_name(claims.back().name());
    approve.set_etag(claims.back().etag());
    approve.set_amount_cents(20000);
    approve.set_authority_ref("a letter");
    approve.set_request_id(RequestId());
  }
  std::vector<std::string> rules(approvals.size());
  std::vector<std::thread> deciders;
  for (std::size_t i = 0; i < approvals.size(); ++i) {
    deciders.emplace_back([&, i] {
      rules[i] =
          RuleOf(program_
                     .Call<sup::BenefitClaim>("/accord.supports.v1.BenefitClaimService/ApproveBenefitClaim",
                                              "program", "victim_support", approvals[i])
                     .status());
    });
  }
  for (std::thread& decider : deciders) decider.join();
  EXPECT_EQ(std::count(rules.begin(), rules.end(), ""), kFit);
  EXPECT_EQ(std::count(rules.begin(), rules.end(), "ENVELOPE_EXCEEDED"), kAsked - kFit);
  // A claim that is cancelled makes room for another one.
  std::vector<sup::BenefitClaim> waiting;
  sup::BenefitClaim approved;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].empty()) {
      approved = claims[i];
    } else {
      waiting.push_back(claims[i]);
    }
  }
  ASSERT_GE(waiting.size(), 2u);
  approved = Read(approved);
  Move<sup::CancelBenefitClaimRequest>(york_, "worker", "BenefitClaimService/CancelBenefitClaim", &approved);
  EXPECT_OK(Approve(waiting[0], 20000, "a letter"));
  EXPECT_EQ(RuleOf(Approve(waiting[1], 20000, "a letter").status()), "ENVELOPE_EXCEEDED");
}

TEST_F(Benefits, SeedRow20_ATattooIsRemovedAndTheClinicIsPaid) {
  sup::BenefitClaim claim = Eligible(sup::BENEFIT_CODE_TATTOO_REMOVAL, 50000, "2017-03-01");
  EXPECT_EQ(claim.benefit_version(), "vqrp-2017");
  EXPECT_EQ(claim.support_case(), "") << "the program is not told whose claim it is";
  EXPECT_EQ(RuleOf(Approve(claim, 50000, "").status()), "LIMIT_UNKNOWN");
  ASSERT_OK(Approve(claim, 50000, "a letter"));
  claim = Read(claim);
  sup::DeliverBenefitClaimRequest deliver;
  deliver.set_name(claim.name());
  deliver.set_etag(claim.etag());
  deliver.set_invoice_ref("invoice-77");
  deliver.set_amount_cents(50001);
  const auto above =
      Call<sup::BenefitClaim>(york_, "worker", "BenefitClaimService/DeliverBenefitClaim", deliver);
  EXPECT_EQ(RuleOf(above.status()), "AMOUNT_INVALID") << "more needs another approval";
  deliver.set_amount_cents(45000);
  Move(york_, "worker", "BenefitClaimService/DeliverBenefitClaim", &claim, deliver);
  sup::GetBenefitPaymentRequest get;
  get.set_name(claim.payment());
  const std::string service = "/accord.supports.v1.BenefitPaymentService/";
  const auto due =
      ministry_.Call<sup::BenefitPayment>(service + "GetBenefitPayment", "payer", "funding", get);
  ASSERT_OK(due);
  EXPECT_EQ(due->payee().provider(), "the-clinic");
  sup::PayBenefitPaymentRequest pay;
  pay.set_name(due->name());
  pay.set_claim(due->claim());
  pay.set_etag(due->etag());
  pay.set_request_id(RequestId());
  const auto paid =
      ministry_.Call<sup::BenefitPayment>(service + "PayBenefitPayment", "payer", "funding", pay);
  ASSERT_OK(paid);
  EXPECT_EQ(paid->amount_cents(), 45000);
  EXPECT_EQ(Read(claim).state(), sup::BENEFIT_CLAIM_STATE_PAID);
  for (const auto& [place, text] : stack_.Written()) {
    for (const char* planted : {"the-clinic", "invoice-77"}) {
      EXPECT_EQ(text.find(planted), std::string::npos) << planted << " is in " << place;
    }
  }
}

TEST_F(Benefits, SeedRow21_DocumentsAreReplacedByTheRuleOfTheDay) {
  const auto documents = sup::BENEFIT_CODE_DOCUMENT_REPLACEMENT;
  EXPECT_EQ(RuleOf(Request(documents, 100, "2017-02-22").status()), "NOT_IN_FORCE");
  EXPECT_OK(Request(documents, 30001, "2017-03-01"));
  EXPECT_EQ(RuleOf(Request(documents, 30001, "2019-11-02").status()), "LIMIT_EXCEEDED");
  const auto claim = Eligible(documents, 30000, "2019-11-02");
  EXPECT_OK(Approve(claim, 30000, ""));
}

TEST_F(Benefits, SeedRow22_RecoveryIsInAFacilityThatIsApproved) {
  const auto recovery = sup::BENEFIT_CODE_TRAUMA_INFORMED_RECOVERY;
  EXPECT_EQ(RuleOf(Request(recovery, 100, "2017-03-01").status()), "FACILITY_NOT_APPROVED");
  sup::CreateFacilityRequest made;
  made.set_parent("agencies/vs-ovs");
  made.mutable_facility()->set_title("A quiet house");
  made.mutable_facility()->set_location_kind(sup::FACILITY_LOCATION_KIND_SITE);
  made.mutable_facility()->set_confidential(true);
  made.mutable_facility()->set_source("a list");
  auto house = Must<sup::Facility>(program_, "program", "FacilityService/CreateFacility", made);
  house_ = house.name();
  EXPECT_EQ(RuleOf(Request(recovery, 100, "2017-03-01").status()), "FACILITY_NOT_APPROVED");
  sup::ApproveFacilityRequest approve;
  approve.mutable_approval()->set_from("2017-01-01");
  approve.mutable_approval()->set_source("a list");
  Move(program_, "program", "FacilityService/ApproveFacility", &house, approve);
  const auto claim = Eligible(recovery, 100, "2017-03-01");
  EXPECT_EQ(claim.facility(), "") << "the program is told what for, and not where";
  EXPECT_OK(Approve(claim, 100, "a letter"));
}

}  // namespace
}  // namespace accord::e2e
