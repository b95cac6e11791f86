// These tests state a second time by whom, and in which state, each change of claims, payments and fund lines
// is made, and which acts need different people.
#include "accord/host/v1/law.pb.h"
#include "common/testing/separation_walk.h"
#include "common/testing/walk.h"
#include "common/testing/walk_fixture.h"
#include "services/supports/testing/benefit_fixture.h"

namespace accord::supports {
namespace {

using namespace annotations::v1;
using testing::ChangesBut;
using testing::ShortNamesOf;
using testing::Walk;

class BenefitWalk : public testing::WalkFixture<BenefitFixture> {
 protected:
  BenefitWalk() {
    const auto person = [](const char* agency, const char* actor, Role role) {
      return Walk::Agency{agency, AGENCY_KIND_VICTIM_SERVICES, actor, role};
    };
    walk_.agencies = {{"worker", person("vs-york", "worker", ROLE_VS_WORKER)},
                      {"witness worker", person("vs-york", "assistant", ROLE_VWAP_WORKER)},
                      {"colleague", person("vs-york", "colleague", ROLE_VS_WORKER)},
                      {"manager", person("vs-york", "manager", ROLE_VS_MANAGER)},
                      {"program", person("vs-ovs", "program", ROLE_OVS_PROGRAM)},
                      {"program elsewhere", person("vs-peel", "program", ROLE_OVS_PROGRAM)},
                      {"manager elsewhere", person("vs-peel", "manager", ROLE_VS_MANAGER)},
                      {"payer", {"min-mag", AGENCY_KIND_MINISTRY, "payer", ROLE_FINANCE_OFFICER}},
                      {"payer elsewhere", {"min-mol", AGENCY_KIND_MINISTRY, "payer", ROLE_FINANCE_OFFICER}}};
  }

  std::string StoreCase() {
    v1::SupportCase of;
    of.set_name(absl::StrCat("agencies/vs-york/supportCases/c", ++records_));
    of.set_program(v1::SUPPORT_PROGRAM_VCAO);
    of.set_subject_ref("person-1");
    of.set_state(v1::SUPPORT_CASE_STATE_OPEN);
    of.add_workers("worker");
    of.add_workers("assistant");
    return Store("support_case", of, {"vs-york", "open", {"vs-york"}, {}});
  }
  std::string StoreConsent() {
    v1::Consent consent = ToClaim();
    consent.set_name(absl::StrCat(StoreCase(), "/consents/k", ++records_));
    consent.set_state(v1::CONSENT_STATE_LIVE);
    return Store("consent", consent, {"vs-york", "", {"vs-york"}, {}});
  }
  // This stores a claim of a benefit that no fund line pays for.
  std::string StoreClaim(const std::string& state) {
    v1::BenefitClaim claim = NewClaim(v1::BENEFIT_CODE_SAFETY, 100);
    claim.set_name(absl::StrCat("agencies/vs-york/benefitClaims/b", ++records_));
    claim.set_support_case(StoreCase());
    claim.set_asked_agency("vs-ovs");
    claim.set_benefit_version("vqrp-plus-2019");
    claim.set_expires_on("2026-12-31");
    claim.set_amount_approved_cents(100);
    claim.set_state(As<v1::BenefitClaimState>(v1::BenefitClaimState_descriptor(), state));
    return Store("benefit_claim", claim, {"vs-york", state, {"vs-york", "vs-ovs"}, {}});
  }
  v1::BenefitPayment NewPayment(const std::string& state) {
    v1::BenefitPayment payment;
    payment.set_name(absl::StrCat("agencies/min-mag/benefitPayments/p", ++records_));
    payment.set_claim(StoreClaim("service_delivered"));
    payment.set_amount_cents(100);
    payment.set_invoice_ref(payment.name());
    payment.set_state(As<v1::BenefitPaymentState>(v1::BenefitPaymentState_descriptor(), state));
    if (state == "reversal_proposed" || state == "reversed") payment.set_reverses(StorePayment("paid"));
    return payment;
  }
  std::string StorePayment(const std::string& state) { return Keep(NewPayment(state), state); }
  std::string Keep(const v1::BenefitPayment& payment, const std::string& state) {
    claim_of_[payment.name()] = payment.claim();
    return Store("benefit_payment", payment, {"min-mag", state, {"min-mag"}, {}});
  }

  Walk walk_;
  std::map<std::string, std::string> claim_of_;
  int records_ = 0;
};

TEST_F(BenefitWalk, OfAClaimThatBegins) {
  walk_.service = "accord.supports.v1.BenefitClaimService";
  walk_.states = {"live"};
  walk_.make = [&](const std::string&) { return StoreConsent(); };
  walk_.table = {{"RequestBenefitClaim", {"worker", "witness worker"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"RequestBenefitClaim"})), 3);
}

TEST_F(BenefitWalk, OfAClaim) {
  walk_.service = "accord.supports.v1.BenefitClaimService";
  walk_.states = ShortNamesOf(v1::BenefitClaimState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreClaim(state); };
  const std::set<std::string> workers = {"worker", "witness worker"};
  walk_.table = {{"CompleteBenefitClaim", workers, {"incomplete"}},
                 {"ReviewBenefitClaim", {"program"}, {"ineligible", "declined"}},
                 {"ApproveBenefitClaim", {"manager", "program"}, {"eligible"}},
                 {"DeliverBenefitClaim", workers, {"approved"}},
                 {"CancelBenefitClaim",
                  {"worker", "witness worker", "manager", "program"},
                  {"requested", "incomplete", "eligible", "approved"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"RequestBenefitClaim", "DecideBenefitClaim"}),
            9 * (3 + 2 + 4 + 3 + 7));
  int calls = 0;
  for (const auto& [event, states] :
       std::map<std::string, std::set<std::string>>{{"find_eligible", {"requested"}},
                                                    {"find_ineligible", {"requested"}},
                                                    {"return", {"requested"}},
                                                    {"decline", {"eligible"}},
                                                    {"approve", {}}}) {
    calls += testing::WalkEvent<v1::DecideBenefitClaimRequest>(&in_process_, walk_, "DecideBenefitClaim",
                                                               {"manager", "program"}, event, states);
  }
  EXPECT_EQ(calls, 5 * 9 * 4);
}

TEST_F(BenefitWalk, OfAPayment) {
  walk_.service = "accord.supports.v1.BenefitPaymentService";
  walk_.states = ShortNamesOf(v1::BenefitPaymentState_descriptor());
  walk_.make = [&](const std::string& state) { return StorePayment(state); };
  walk_.finish = [&](const std::string&, google::protobuf::Message* message) {
    auto* request = dynamic_cast<v1::PayBenefitPaymentRequest*>(message);
    if (request != nullptr) request->set_claim(claim_of_[request->name()]);
  };
  walk_.table = {{"PayBenefitPayment", {"payer"}, {"due"}},
                 {"SendBackBenefitPayment", {"payer"}, {"due"}},
                 {"ReverseBenefitPayment", {"payer"}, {"paid"}},
                 {"ConfirmBenefitReversal", {"payer"}, {"reversal_proposed"}},
                 {"CancelBenefitReversal", {"payer"}, {"reversal_proposed"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {}), 5 * 2 * 5);
}

// Before proposals were counted, more could be proposed than was paid. Such a proposal can be cancelled.
TEST_F(BenefitWalk, OfReversalsThatWereProposedBeforeTheyWereCounted) {
  v1::BenefitPayment first = NewPayment("reversal_proposed"), second = NewPayment("reversal_proposed");
  second.set_reverses(first.reverses());
  for (v1::BenefitPayment* row : {&first, &second}) {
    v1::GetBenefitPaymentRequest get;
    get.set_name(Keep(*row, "reversal_proposed"));
    *row = Must(Call<v1::BenefitPayment>(payer_, get));
  }
  ASSERT_EQ(Move(controller_, &first, v1::ConfirmBenefitReversalRequest()), "");
  EXPECT_EQ(Move(controller_, &second, v1::ConfirmBenefitReversalRequest()), "AMOUNT_INVALID");
  EXPECT_EQ(Move(controller_, &second, v1::CancelBenefitReversalRequest()), "");
}

TEST_F(BenefitWalk, OfAFundLine) {
  walk_.service = "accord.supports.v1.FundLineService";
  walk_.states = {"any"};
  walk_.make = [](const std::string&) { return "agencies/vs-ovs"; };
  walk_.table = {{"CreateFundLine", {"program"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"ReviseFundLine"}), 2);
  walk_.make = [&](const std::string&) {
    v1::FundLine line = NewLine(100).fund_line();
    line.set_name(absl::StrCat("agencies/vs-ovs/fundLines/l", ++records_));
    return Store("fund_line", line, {"vs-ovs", "", {"vs-ovs", "min-mag"}, {}});
  };
  walk_.table = {{"ReviseFundLine", {"program"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"CreateFundLine"}), 2);
}

class SupportSeparations : public BenefitWalk {};

TEST_F(SupportSeparations, AreOfTwoPeople) {
  const int pairs = testing::WalkSeparations(
      &in_process_, "accord.supports.v1", [&](const std::string& method) -> testing::Attempt {
        if (method == "PayBenefitPayment") {
          const v1::BenefitPayment payment = NewPayment("due");
          Keep(payment, "due");
          return {payment.claim(), payer_, [payment](google::protobuf::Message* message) {
                    auto* request = dynamic_cast<v1::PayBenefitPaymentRequest*>(message);
                    if (request != nullptr) request->set_name(payment.name());
                  }};
        }
        if (method == "ConfirmBenefitReversal") return {StorePayment("reversal_proposed"), payer_};
        if (method == "ReviewBenefitClaim") return {StoreClaim("declined"), program_};
        if (method == "ApproveBenefitClaim") return {StoreClaim("eligible"), manager_};
        if (method == "ApproveLawChange") {
          host::v1::LawChange proposed;
          proposed.set_name(absl::StrCat("agencies/co-pahtco/lawChanges/l", ++records_));
          proposed.set_state(host::v1::LAW_CHANGE_STATE_PROPOSED);
          return {Store("law_change", proposed, {"co-pahtco", "proposed", {"co-pahtco"}, {}}), office_};
        }
        EXPECT_EQ(method, "DecideBenefitClaim");
        return {StoreClaim("requested"), manager_};
      });
  EXPECT_EQ(pairs, 15);
}

}  // namespace
}  // namespace accord::supports
