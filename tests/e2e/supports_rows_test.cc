// The rows of the founding document that the service of support keeps, shown through the gateway, and that
// nothing of a survivor lies in any file.
#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "accord/supports/v1/benefit_claim_service.pb.h"
#include "accord/supports/v1/benefit_payment_service.pb.h"
#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/facility_service.pb.h"
#include "accord/supports/v1/fund_line_service.pb.h"
#include "accord/supports/v1/order_lookup_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "accord/supports/v1/worker_position_service.pb.h"
#include "tests/e2e/case.h"
#include "tests/e2e/service_rows.h"
#include "tests/e2e/survivor.h"

namespace accord::e2e {
namespace {

namespace sup = accord::supports::v1;

class Supports : public ServiceRows {
 protected:
  Supports()
      : ServiceRows("supports", "victim_support"),
        york_(Enrol("vs-vcao-york", {{"worker", ROLE_VS_WORKER}, {"colleague", ROLE_VS_WORKER}})),
        durham_(Enrol("vs-vcao-durham", {{"receiver", ROLE_VS_WORKER}})) {}

  // Whatever a test did: no database, log or configuration holds what it planted.
  void TearDown() override {
    const auto written = stack_.Written();
    EXPECT_GT(written.size(), 12u);
    for (const auto& [place, text] : written) {
      for (const char* planted : {"the-survivor-1", "what-she-needs", "416 555 0100", "Canary Street",
                                  "Zoltan Invented", "26-order-4711"}) {
        EXPECT_EQ(text.find(planted), std::string::npos) << planted << " is in " << place;
      }
    }
  }

  sup::SupportCase Opened() {
    sup::CreateSupportCaseRequest request;
    request.set_parent("agencies/vs-vcao-york");
    request.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VCAO);
    request.mutable_support_case()->set_subject_ref("the-survivor-1");
    request.mutable_support_case()->set_needs("what-she-needs");
    request.mutable_support_case()->mutable_safe_contact()->set_channel(sup::CONTACT_CHANNEL_PHONE);
    request.mutable_support_case()->mutable_safe_contact()->set_reach("416 555 0100");
    *request.mutable_services_consent() = NewConsent(sup::CONSENT_PURPOSE_SERVICES);
    return Must<sup::SupportCase>(york_, "worker", "SupportCaseService/CreateSupportCase", request);
  }
  sup::CreateConsentRequest ToRefer(const sup::SupportCase& of, const std::string& agency) {
    sup::CreateConsentRequest request;
    request.set_parent(of.name());
    *request.mutable_consent() = NewConsent(sup::CONSENT_PURPOSE_REFERRAL);
    request.mutable_consent()->set_recipient_agency(agency);
    request.mutable_consent()->add_data(sup::CONSENTED_DATA_NEEDS);
    return request;
  }
  sup::SupportReferral Sent(const sup::Consent& consent, sup::ReferralKind kind) {
    sup::SendSupportReferralRequest request;
    request.set_consent(consent.name());
    request.set_kind(kind);
    return Must<sup::SupportReferral>(york_, "worker", "SupportReferralService/SendSupportReferral", request);
  }
  absl::StatusOr<sup::SupportReferral> Read(const AgencyClient& client, const std::string& actor,
                                            const sup::SupportReferral& referral) {
    sup::GetSupportReferralRequest request;
    request.set_name(referral.name());
    return Call<sup::SupportReferral>(client, actor, "SupportReferralService/GetSupportReferral", request);
  }

  // Gives an application that was filed today; everybody in it is made up.
  sup::RestrainingOrder Filed() {
    sup::PrepareRestrainingOrderRequest request;
    request.set_support_case(Opened().name());
    auto* order = request.mutable_restraining_order();
    order->set_applicant(sup::ORDER_APPLICANT_VICTIM);
    order->mutable_respondent()->set_full_name("Zoltan Invented");
    order->mutable_respondent()->set_birth_date("1988-02-29");
    order->set_respondent_in_ontario(true);
    auto filed = Must<sup::RestrainingOrder>(york_, "worker",
                                             "RestrainingOrderService/PrepareRestrainingOrder", request);
    sup::AdvanceRestrainingOrderRequest file;
    file.set_event("file");
    file.set_on(Days(0));
    Move(york_, "worker", "RestrainingOrderService/AdvanceRestrainingOrder", &filed, file);
    return filed;
  }
  sup::GrantRestrainingOrderRequest GrantOf(const sup::RestrainingOrder& order, const std::string& made_on,
                                            const std::string& expires_on) {
    sup::GrantRestrainingOrderRequest request;
    request.set_name(order.name());
    request.set_etag(order.etag());
    request.set_made_on(made_on);
    request.set_expires_on(expires_on);
    request.set_court("Newmarket");
    request.set_court_file_no("26-order-4711");
    request.add_conditions()->set_kind(sup::ORDER_CONDITION_KIND_STAY_AWAY);
    return request;
  }
  // Police say another purpose than those who support victims.
  template <class Res, class Req>
  absl::StatusOr<Res> AsPolice(const AgencyClient& police, const std::string& method, Req request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(RequestId());
    return police.Call<Res>("/accord.supports.v1." + method, "member", "criminal_investigation", request);
  }
  absl::StatusOr<sup::OrderLookup> LookUp(const AgencyClient& police, const std::string& agency,
                                          const std::string& name) {
    sup::CreateOrderLookupRequest request;
    request.set_parent("agencies/" + agency);
    request.mutable_order_lookup()->set_reason(sup::ORDER_LOOKUP_REASON_ENFORCEMENT);
    request.mutable_order_lookup()->set_respondent_name(name);
    request.mutable_order_lookup()->set_birth_date("1988-02-29");
    return AsPolice<sup::OrderLookup>(police, "OrderLookupService/CreateOrderLookup", request);
  }

  const AgencyClient york_, durham_;
};

TEST_F(Supports, SeedRow16_ASurvivorIsSentOnByConsentAndNoLongerThanThat) {
  const sup::SupportCase item = Opened();
  const auto nowhere =
      Call<sup::Consent>(york_, "worker", "ConsentService/CreateConsent", ToRefer(item, "vs-nowhere"));
  EXPECT_EQ(RuleOf(nowhere.status()), "AGENCY_UNKNOWN");
  auto consent =
      Must<sup::Consent>(york_, "worker", "ConsentService/CreateConsent", ToRefer(item, "vs-vcao-durham"));
  auto sent = Sent(consent, sup::REFERRAL_KIND_SERVICE);

  auto received = Read(durham_, "receiver", sent);
  ASSERT_OK(received);
  EXPECT_EQ(received->handed().needs(), "what-she-needs");
  EXPECT_FALSE(received->handed().has_safe_contact());
  sup::AdvanceSupportReferralRequest acknowledge;
  acknowledge.set_event("acknowledge");
  Move(durham_, "receiver", "SupportReferralService/AdvanceSupportReferral", &*received, acknowledge);
  // Another worker of the sender is told nothing of it.
  EXPECT_EQ(RuleOf(Read(york_, "colleague", sent).status()), "NOT_FOUND");

  // The survivor says to whomever answers the telephone that it is over.
  sup::WithdrawConsentRequest withdraw;
  withdraw.set_withdrawal_channel(sup::WITHDRAWAL_CHANNEL_ORAL);
  Move(york_, "colleague", "ConsentService/WithdrawConsent", &consent, withdraw);
  EXPECT_EQ(RuleOf(Read(durham_, "receiver", sent).status()), "NOT_FOUND");
  const auto list = Must<sup::ListSupportReferralsResponse>(
      durham_, "receiver", "SupportReferralService/ListSupportReferrals", sup::ListSupportReferralsRequest());
  EXPECT_EQ(list.support_referrals_size(), 0);
}

TEST_F(Supports, SeedRow13_AClaimAndRestitutionAreWaysOnWithoutAnAmountOrAName) {
  const sup::SupportCase item = Opened();
  const auto consent =
      Must<sup::Consent>(york_, "worker", "ConsentService/CreateConsent", ToRefer(item, "vs-vcao-durham"));
  for (const sup::ReferralKind kind : {sup::REFERRAL_KIND_CIVIL_REMEDY, sup::REFERRAL_KIND_RESTITUTION}) {
    const auto received = Read(durham_, "receiver", Sent(consent, kind));
    ASSERT_OK(received);
    EXPECT_EQ(received->kind(), kind);
    EXPECT_EQ(received->SerializeAsString().find("the-survivor-1"), std::string::npos);
  }
}

TEST_F(Supports, SeedRow13_ARemedyEndsInWhatBecameOfIt) {
  const auto consent = Must<sup::Consent>(york_, "worker", "ConsentService/CreateConsent",
                                          ToRefer(Opened(), "vs-vcao-durham"));
  auto sent = Sent(consent, sup::REFERRAL_KIND_RESTITUTION);
  sup::AdvanceSupportReferralRequest step;
  for (const char* event : {"acknowledge", "accept"}) {
    step.set_event(event);
    Move(durham_, "receiver", "SupportReferralService/AdvanceSupportReferral", &sent, step);
  }
  step.set_event("complete");
  step.set_outcome(sup::SUPPORT_REFERRAL_OUTCOME_RESTITUTION_ORDERED);
  Move(durham_, "receiver", "SupportReferralService/AdvanceSupportReferral", &sent, step);
  const auto read = Read(york_, "worker", sent);
  ASSERT_OK(read);
  EXPECT_EQ(read->outcome(), sup::SUPPORT_REFERRAL_OUTCOME_RESTITUTION_ORDERED);
}

// At the founding document's day the bill was before the legislature; orders are had from 2018-05-01 on.
TEST_F(Supports, SeedRow12_ARestrainingOrderIsHadUnderTheLawOfItsDayAndForThreeYearsAtTheMost) {
  const sup::RestrainingOrder order = Filed();
  const auto granted = [&](const std::string& made_on, const std::string& expires_on) {
    const auto made =
        Call<sup::RestrainingOrder>(york_, "worker", "RestrainingOrderService/GrantRestrainingOrder",
                                    GrantOf(order, made_on, expires_on));
    return RuleOf(made.status());
  };
  EXPECT_EQ(granted("2018-04-30", "2019-04-30"), "NOT_IN_FORCE");
  EXPECT_EQ(granted(Days(0), Days(3 * 366 + 1)), "ORDER_TOO_LONG");
  EXPECT_EQ(granted(Days(0), Days(3 * 365)), "");
}

TEST_F(Supports, SeedRow12_PoliceServeARestrainingOrderAndFindItByExactlyItsRespondent) {
  const AgencyClient police = Enrol("ps-york", {{"member", ROLE_POLICE_MEMBER}});
  const AgencyClient others = Enrol("ps-peel", {{"member", ROLE_POLICE_MEMBER}});
  sup::RestrainingOrder order = Filed();
  order = Must<sup::RestrainingOrder>(york_, "worker", "RestrainingOrderService/GrantRestrainingOrder",
                                      GrantOf(order, Days(0), Days(365)));
  sup::EntrustRestrainingOrderRequest entrust;
  entrust.set_name(order.name());
  entrust.set_etag(order.etag());
  entrust.set_serving_agency("vs-vcao-durham");
  const auto misled = Call<sup::RestrainingOrder>(york_, "worker",
                                                  "RestrainingOrderService/EntrustRestrainingOrder", entrust);
  EXPECT_EQ(RuleOf(misled.status()), "AGENCY_OF_OTHER_KIND");
  entrust.set_serving_agency("ps-york");
  Move(york_, "worker", "RestrainingOrderService/EntrustRestrainingOrder", &order, entrust);

  // The police service that is asked to serve it has a task, and another one has nothing.
  sup::GetRestrainingOrderRequest get;
  get.set_name(order.name());
  const auto nothing =
      AsPolice<sup::RestrainingOrder>(others, "RestrainingOrderService/GetRestrainingOrder", get);
  EXPECT_EQ(RuleOf(nothing.status()), "NOT_FOUND");
  EXPECT_EQ(LookUp(others, "ps-peel", "Zoltan Invented").value_or(sup::OrderLookup()).matches_size(), 0);
  const auto task =
      AsPolice<sup::RestrainingOrder>(police, "RestrainingOrderService/GetRestrainingOrder", get);
  ASSERT_OK(task);
  EXPECT_EQ(task->support_case(), "");
  EXPECT_EQ(task->applicant(), sup::ORDER_APPLICANT_UNSPECIFIED);
  sup::ServeRestrainingOrderRequest serve;
  serve.set_name(order.name());
  serve.set_etag(task->etag());
  serve.set_document(sup::SERVED_DOCUMENT_ORDER);
  serve.set_served_on(Days(0));
  serve.set_how("handed over");
  EXPECT_OK(AsPolice<sup::RestrainingOrder>(police, "RestrainingOrderService/ServeRestrainingOrder", serve));

  // Served, it is found by exactly this respondent, and by no part of a name.
  const auto found = LookUp(others, "ps-peel", "zoltan  INVENTED");
  ASSERT_OK(found);
  ASSERT_EQ(found->matches_size(), 1);
  EXPECT_EQ(found->matches(0).court_file_no(), "26-order-4711");
  EXPECT_EQ(LookUp(others, "ps-peel", "Zoltan").value_or(sup::OrderLookup()).matches_size(), 0);
  EXPECT_EQ(RuleOf(LookUp(others, "ps-peel", "Zoltan*").status()), "LOOKUP_NOT_EXACT");

  // Each look-up that met the order is shown to who prepared it.
  sup::ListOrderLookupNoticesRequest notices;
  notices.set_restraining_order(order.name());
  const auto shown = Must<sup::ListOrderLookupNoticesResponse>(
      york_, "worker", "RestrainingOrderService/ListOrderLookupNotices", notices);
  ASSERT_EQ(shown.order_lookup_notices_size(), 2);
  EXPECT_EQ(shown.order_lookup_notices(0).agency(), "ps-peel");
  EXPECT_FALSE(shown.order_lookup_notices(0).found());
  EXPECT_TRUE(shown.order_lookup_notices(1).found());

  // Set aside, it is gone.
  order = Must<sup::RestrainingOrder>(york_, "worker", "RestrainingOrderService/GetRestrainingOrder", get);
  sup::AdvanceRestrainingOrderRequest set_aside;
  set_aside.set_event("set_aside");
  set_aside.set_on(Days(0));
  Move(york_, "worker", "RestrainingOrderService/AdvanceRestrainingOrder", &order, set_aside);
  EXPECT_EQ(LookUp(others, "ps-peel", "Zoltan Invented").value_or(sup::OrderLookup()).matches_size(), 0);
}

// One worker was hired, and two were to be: one for each of two sites, as the document is read here.
TEST_F(Supports, SeedRow17And18_ThePositionsOfSpecialisedWorkersAreReadAsOfADay) {
  const AgencyClient program = Enrol("vs-ovs", {{"program", ROLE_OVS_PROGRAM}});
  sup::CreateWorkerPositionRequest request;
  request.set_parent("agencies/vs-ovs");
  request.mutable_worker_position()->set_program(sup::SUPPORT_PROGRAM_VWAP);
  request.mutable_worker_position()->set_announced_on("2017-02-23");
  request.mutable_worker_position()->set_source("progress report of 2017-02-23");
  std::map<std::string, sup::WorkerPosition> at;
  for (const char* site : {"Newmarket", "Brampton", "Toronto"}) {
    request.mutable_worker_position()->set_site(site);
    at[site] =
        Must<sup::WorkerPosition>(program, "program", "WorkerPositionService/CreateWorkerPosition", request);
  }
  sup::AdvanceWorkerPositionRequest hire;
  hire.set_event("hire");
  hire.set_on("2017-02-23");
  Move(program, "program", "WorkerPositionService/AdvanceWorkerPosition", &at["Newmarket"], hire);
  hire.set_on(Days(0));
  Move(program, "program", "WorkerPositionService/AdvanceWorkerPosition", &at["Brampton"], hire);
  sup::ListWorkerPositionsRequest list;
  list.set_as_of("2017-02-23");
  const auto then = Must<sup::ListWorkerPositionsResponse>(york_, "worker",
                                                           "WorkerPositionService/ListWorkerPositions", list);
  std::map<std::string, sup::WorkerPositionState> states;
  for (const auto& each : then.worker_positions()) states[each.site()] = each.state();
  EXPECT_THAT(states, ::testing::UnorderedElementsAre(
                          ::testing::Pair("Newmarket", sup::WORKER_POSITION_STATE_HIRED),
                          ::testing::Pair("Brampton", sup::WORKER_POSITION_STATE_TO_BE_HIRED),
                          ::testing::Pair("Toronto", sup::WORKER_POSITION_STATE_TO_BE_HIRED)));
}

// What TearDown looks for is in no database, log or configuration after this, either.
TEST_F(Supports, AnAddressIsRefusedAndStandsNowhereAfterwards) {
  sup::CreateSupportCaseRequest request;
  request.set_parent("agencies/vs-vcao-york");
  request.mutable_support_case()->set_program(sup::SUPPORT_PROGRAM_VCAO);
  request.mutable_support_case()->set_subject_ref("the-survivor-1");
  request.mutable_support_case()->set_safety("she is at 12 Canary Street");
  *request.mutable_services_consent() = NewConsent(sup::CONSENT_PURPOSE_SERVICES);
  const auto refused =
      Call<sup::SupportCase>(york_, "worker", "SupportCaseService/CreateSupportCase", request).status();
  EXPECT_EQ(RuleOf(refused), "ADDRESS_IN_TEXT");
  EXPECT_EQ(refused.ToString().find("Canary"), std::string::npos);
}

TEST_F(Supports, ACaseIsForNobodyButItsAgency) {
  const sup::SupportCase item = Opened();
  sup::GetSupportCaseRequest get;
  get.set_name(item.name());
  EXPECT_EQ(
      RuleOf(Call<sup::SupportCase>(durham_, "receiver", "SupportCaseService/GetSupportCase", get).status()),
      "NOT_FOUND");
  const AgencyClient police = Enrol("ps-york", {{"member", ROLE_POLICE_MEMBER}});
  EXPECT_EQ(
      RuleOf(Call<sup::SupportCase>(police, "member", "SupportCaseService/GetSupportCase", get).status()),
      "AGENCY_KIND_NOT_PERMITTED");
}

// These are the benefits that the document adds to the Victim Quick Response Program. Of 2017 no
// limit is known.
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
  // Gives a claim that the program has found eligible, with a reason for what nobody has recorded.
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
  // Where survivors recover in these tests; at first of a facility that is not there.
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
  // One that is cancelled leaves room for another one.
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
