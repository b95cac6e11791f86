// These are the rows of the founding document that the supports service fulfils, shown through the gateway.
// They also show that no file holds anything of a survivor.
#include "tests/e2e/supports_rows.h"

#include <gmock/gmock.h>

#include <map>
#include <string>

#include "accord/supports/v1/consent_service.pb.h"
#include "accord/supports/v1/order_lookup_service.pb.h"
#include "accord/supports/v1/restraining_order_service.pb.h"
#include "accord/supports/v1/support_case_service.pb.h"
#include "accord/supports/v1/support_referral_service.pb.h"
#include "accord/supports/v1/worker_position_service.pb.h"

namespace accord::e2e {
namespace {

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

  // The survivor says to whoever answers the telephone that the support has ended.
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

// On the founding document's day the bill was before the legislature. Orders are available from
// 2018-05-01 on.
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

  // An order that was served is found by exactly this respondent, and by no part of a name.
  const auto found = LookUp(others, "ps-peel", "zoltan  INVENTED");
  ASSERT_OK(found);
  ASSERT_EQ(found->matches_size(), 1);
  EXPECT_EQ(found->matches(0).court_file_no(), "26-order-4711");
  EXPECT_EQ(LookUp(others, "ps-peel", "Zoltan").value_or(sup::OrderLookup()).matches_size(), 0);
  EXPECT_EQ(RuleOf(LookUp(others, "ps-peel", "Zoltan*").status()), "LOOKUP_NOT_EXACT");

  // Each look-up that found the order is shown to whoever prepared it.
  sup::ListOrderLookupNoticesRequest notices;
  notices.set_restraining_order(order.name());
  const auto shown = Must<sup::ListOrderLookupNoticesResponse>(
      york_, "worker", "RestrainingOrderService/ListOrderLookupNotices", notices);
  ASSERT_EQ(shown.order_lookup_notices_size(), 2);
  EXPECT_EQ(shown.order_lookup_notices(0).agency(), "ps-peel");
  EXPECT_FALSE(shown.order_lookup_notices(0).found());
  EXPECT_TRUE(shown.order_lookup_notices(1).found());

  // An order that was set aside is not found.
  order = Must<sup::RestrainingOrder>(york_, "worker", "RestrainingOrderService/GetRestrainingOrder", get);
  sup::AdvanceRestrainingOrderRequest set_aside;
  set_aside.set_event("set_aside");
  set_aside.set_on(Days(0));
  Move(york_, "worker", "RestrainingOrderService/AdvanceRestrainingOrder", &order, set_aside);
  EXPECT_EQ(LookUp(others, "ps-peel", "Zoltan Invented").value_or(sup::OrderLookup()).matches_size(), 0);
}

// One worker was hired, and two were to be. The document is read here as one for each of two sites.
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

// The words that TearDown looks for are in no database, log or configuration after this, either.
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

}  // namespace
}  // namespace accord::e2e
