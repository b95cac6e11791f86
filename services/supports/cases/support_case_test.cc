// These tests show who reads of a survivor, and how a case begins and ends.
#include "common/access/method.h"
#include "common/testing/every_list.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class SupportCases : public SupportsFixture {
 protected:
  std::string Open(const Caller& caller, const v1::CreateSupportCaseRequest& request) {
    return Rule(Call<v1::SupportCase>(caller, request));
  }
  std::string Assign(const Caller& caller, v1::SupportCase* item, const std::string& worker) {
    v1::AssignSupportCaseWorkerRequest request;
    request.set_worker(worker);
    return Move(caller, item, request);
  }
  std::string Remove(const Caller& caller, v1::SupportCase* item, const std::string& worker) {
    v1::RemoveSupportCaseWorkerRequest request;
    request.set_worker(worker);
    return Move(caller, item, request);
  }
  std::string Advance(v1::SupportCase* item, const std::string& event, const std::string& outcome = "") {
    v1::AdvanceSupportCaseRequest request;
    request.set_event(event);
    request.set_outcome(outcome);
    return Move(worker_, item, request);
  }
  int Listed(const Caller& caller) {
    return Must(Call<v1::ListSupportCasesResponse>(caller, v1::ListSupportCasesRequest()))
        .support_cases_size();
  }
  std::string Reach(v1::SupportCase* item, v1::ContactChannel channel, const std::string& reach) {
    v1::RecordSupportCaseContactRequest request;
    request.mutable_safe_contact()->set_channel(channel);
    request.mutable_safe_contact()->set_reach(reach);
    return Move(worker_, item, request);
  }
};

TEST_F(SupportCases, AreReadByTheirWorkersAloneAndOverseenInTheirStructure) {
  v1::SupportCase item = Opened();
  EXPECT_THAT(item.workers(), ElementsAre("worker"));
  EXPECT_EQ(item.opened_on(), "2026-11-24");
  v1::SupportCase read;
  ASSERT_EQ(UnreadCase(item.name(), worker_, &read), "");
  EXPECT_EQ(read.safe_contact().reach(), "416 555 0100");
  for (const Caller& nobody : {colleague_, receiver_, stranger_}) {
    EXPECT_EQ(UnreadCase(item.name(), nobody), "NOT_FOUND") << nobody.actor;
    EXPECT_EQ(Listed(nobody), 0) << nobody.actor;
  }
  for (const Caller& overseer : {manager_, privacy_}) {
    ASSERT_EQ(UnreadCase(item.name(), overseer, &read), "") << overseer.actor;
    EXPECT_EQ(read.state(), v1::SUPPORT_CASE_STATE_OPEN);
    EXPECT_EQ(read.subject_ref() + read.needs() + read.safety() + read.language(), "") << overseer.actor;
    EXPECT_FALSE(read.has_safe_contact()) << overseer.actor;
    const auto page = Call<v1::ListSupportCasesResponse>(overseer, v1::ListSupportCasesRequest());
    ASSERT_OK(page);
    EXPECT_EQ(page->support_cases_size(), 1);
    EXPECT_THAT(page->SerializeAsString(), Not(HasSubstr("WORDS"))) << overseer.actor;
  }
  const Caller elsewhere = Support("vs-peel", "manager", annotations::v1::ROLE_VS_MANAGER);
  EXPECT_EQ(UnreadCase(item.name(), elsewhere), "NOT_FOUND");
}

TEST_F(SupportCases, AreNotForPoliceCrownsOrTheOffice) {
  const v1::SupportCase item = Opened();
  const Caller police = {
      "ps-york", annotations::v1::AGENCY_KIND_POLICE_SERVICE, "rms",
      "member",  {annotations::v1::ROLE_POLICE_MEMBER},       annotations::v1::PURPOSE_VICTIM_SUPPORT};
  const Caller crown = {
      "cr-york", annotations::v1::AGENCY_KIND_CROWN,    "dcms",
      "counsel", {annotations::v1::ROLE_CROWN_COUNSEL}, annotations::v1::PURPOSE_VICTIM_SUPPORT};
  for (const Caller& other : {police, crown, office_}) {
    EXPECT_EQ(UnreadCase(item.name(), other), "AGENCY_KIND_NOT_PERMITTED") << other.actor;
  }
}

// No role or purpose lets police, the bureau, Crowns, ministries or the office read a case.
TEST_F(SupportCases, AreOpenToNobodyButVictimServicesByAnyMethod) {
  int grants = 0;
  for (const char* each : {"SupportCaseService", "ConsentService", "SupportDisclosureService",
                           "SurvivorNoticeService", "SupportTransferService"}) {
    const auto methods = Must(MethodsOf(absl::StrCat("accord.supports.v1.", each)));
    for (const Method& method : methods) {
      if (method.descriptor->name() == "CountSupports") continue;
      for (const auto& grant : method.grants) {
        ++grants;
        ASSERT_EQ(grant.kinds_size(), 1) << method.path;
        EXPECT_EQ(grant.kinds(0), annotations::v1::AGENCY_KIND_VICTIM_SERVICES) << method.path;
        EXPECT_THAT(grant.roles(), Not(::testing::Contains(annotations::v1::ROLE_OVS_PROGRAM)))
            << method.path << " is for those who pay";
      }
    }
  }
  EXPECT_GT(grants, 20);
}

TEST_F(SupportCases, AreOpenedWithTheSurvivorsConsentOrInACrisis) {
  v1::CreateSupportCaseRequest request = NewCase();
  request.clear_services_consent();
  EXPECT_EQ(Open(worker_, request), "CONSENT_NOT_LIVE");
  request.mutable_support_case()->set_crisis_contact_on("2026-11-25");
  EXPECT_EQ(Open(worker_, request), "EVENT_IN_FUTURE");
  request.mutable_support_case()->set_crisis_contact_on("2026-11-24");
  EXPECT_EQ(Open(worker_, request), "");
  request = NewCase();
  request.mutable_services_consent()->set_purpose(v1::CONSENT_PURPOSE_COUNTING);
  EXPECT_EQ(Open(worker_, request), "FIELD_INVALID");
  request = NewCase("vs-peel");
  EXPECT_EQ(Open(worker_, request), "NOT_FOUND");
}

TEST_F(SupportCases, OfTheWitnessProgramWaitForACharge) {
  v1::CreateSupportCaseRequest request = NewCase();
  request.mutable_support_case()->set_program(v1::SUPPORT_PROGRAM_VWAP);
  const Caller assistant = Support("vs-york", "assistant", annotations::v1::ROLE_VWAP_WORKER);
  for (const v1::ChargeLaid laid :
       {v1::CHARGE_LAID_UNSPECIFIED, v1::CHARGE_LAID_NO, v1::CHARGE_LAID_UNKNOWN}) {
    request.mutable_support_case()->set_charge_laid(laid);
    EXPECT_EQ(Open(assistant, request), "CHARGE_NOT_LAID") << laid;
  }
  request.mutable_support_case()->set_charge_laid(v1::CHARGE_LAID_YES);
  EXPECT_EQ(Open(assistant, request), "");
}

// An agency that meets a survivor before charges are laid is told which partner helps, if it names the place.
TEST_F(SupportCases, OfTheWitnessProgramNameThePartnerOfThePlaceUntilSomebodyIsCharged) {
  const Caller program = Support("vs-ovs", "program", annotations::v1::ROLE_OVS_PROGRAM);
  v1::CreateCrisisPartnerRequest partner;
  partner.set_parent("agencies/vs-ovs");
  partner.mutable_crisis_partner()->set_partner_agency("vs-durham");
  partner.mutable_crisis_partner()->add_catchment("oshawa");
  partner.mutable_crisis_partner()->set_funded_from("2017-02-23");
  partner.mutable_crisis_partner()->set_source("a list for the test");
  Must(Call<v1::CrisisPartner>(program, partner));
  v1::CreateSupportCaseRequest request = NewCase();
  request.mutable_support_case()->set_program(v1::SUPPORT_PROGRAM_VWAP);
  request.set_catchment("oshawa");
  const auto refused = Call<v1::SupportCase>(worker_, request);
  EXPECT_THAT(refused, RefusedBy(rules::kChargeNotLaid));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("vs-durham"));
  request.set_catchment("kenora");
  const auto elsewhere = Call<v1::SupportCase>(worker_, request);
  EXPECT_THAT(elsewhere, RefusedBy(rules::kChargeNotLaid));
  EXPECT_THAT(std::string(elsewhere.status().message()), Not(HasSubstr("vs-durham")));
  request.mutable_support_case()->set_charge_laid(v1::CHARGE_LAID_YES);
  EXPECT_EQ(Open(worker_, request), "");
}

TEST_F(SupportCases, NobodyIsNamedByTheReference) {
  v1::CreateSupportCaseRequest request = NewCase();
  for (const char* named : {"Jane Doe", "2009-05-06"}) {
    request.mutable_support_case()->set_subject_ref(named);
    EXPECT_EQ(Open(worker_, request), "REFERENCE_NAMES_PERSON") << named;
  }
  request.mutable_support_case()->set_subject_ref("york-4711");
  EXPECT_EQ(Open(worker_, request), "");
}

TEST_F(SupportCases, WorkersComeAndGoByAManagerAndOneIsAlwaysLeft) {
  v1::SupportCase item = Opened();
  EXPECT_EQ(Assign(worker_, &item, "colleague"), "ROLE_NOT_PERMITTED");
  ASSERT_EQ(Assign(manager_, &item, "colleague"), "");
  // The manager assigns people to a case, which gives the manager no access to it.
  EXPECT_EQ(item.subject_ref(), "");
  EXPECT_EQ(Assign(manager_, &item, "colleague"), "ALREADY_RECORDED");
  EXPECT_EQ(UnreadCase(item.name(), colleague_), "");
  EXPECT_EQ(Listed(colleague_), 1);
  EXPECT_EQ(Remove(manager_, &item, "nobody"), "FIELD_INVALID");
  ASSERT_EQ(Remove(manager_, &item, "worker"), "");
  EXPECT_EQ(UnreadCase(item.name(), worker_), "NOT_FOUND");
  EXPECT_EQ(Listed(worker_), 0);
  EXPECT_EQ(Remove(manager_, &item, "colleague"), "LAST_CASE_WORKER");
  // The fields keep their values after the manager's changes.
  v1::SupportCase read;
  ASSERT_EQ(UnreadCase(item.name(), colleague_, &read), "");
  EXPECT_EQ(read.subject_ref(), "SUBJECT-WORDS-1");
}

TEST_F(SupportCases, AContactHoldsNoPlace) {
  v1::SupportCase item = Opened();
  for (const char* place : {"12 Example Street", "Apt 4, 12 Example Street, L3P 1A1", "12", ""}) {
    EXPECT_EQ(Reach(&item, v1::CONTACT_CHANNEL_PHONE, place), "FIELD_INVALID") << place;
    EXPECT_EQ(Reach(&item, v1::CONTACT_CHANNEL_TEXT_MESSAGE, place), "FIELD_INVALID") << place;
    EXPECT_EQ(Reach(&item, v1::CONTACT_CHANNEL_EMAIL, place), "FIELD_INVALID") << place;
  }
  EXPECT_EQ(Reach(&item, v1::CONTACT_CHANNEL_IN_PERSON, "416 555 0100"), "FIELD_INVALID");
  EXPECT_EQ(Reach(&item, v1::CONTACT_CHANNEL_EMAIL, "someone@mail.example"), "");
  EXPECT_EQ(Reach(&item, v1::CONTACT_CHANNEL_PHONE, "+1 (416) 555-0100 x12"), "");
  EXPECT_EQ(Reach(&item, v1::CONTACT_CHANNEL_IN_PERSON, ""), "");
  v1::RecordSupportCaseContactRequest none;
  ASSERT_EQ(Move(worker_, &item, none), "");
  EXPECT_FALSE(item.has_safe_contact());
  v1::CreateSupportCaseRequest request = NewCase();
  request.mutable_support_case()->mutable_safe_contact()->set_reach("12 Example Street");
  EXPECT_EQ(Open(worker_, request), "ADDRESS_IN_TEXT");
  request.mutable_support_case()->mutable_safe_contact()->set_reach("12");
  EXPECT_EQ(Open(worker_, request), "FIELD_INVALID");
}

TEST_F(SupportCases, CloseWithAnOutcomeAndReopenWhileTheSurvivorAgrees) {
  v1::SupportCase item = Opened();
  EXPECT_EQ(Advance(&item, "close"), "FIELD_INVALID");
  ASSERT_EQ(Advance(&item, "close", "OUTCOME-WORDS"), "");
  EXPECT_EQ(Advance(&item, "close", "again"), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Advance(&item, "reopen"), "");
  EXPECT_EQ(item.outcome(), "");
  ASSERT_EQ(Advance(&item, "close", "OUTCOME-WORDS"), "");
  // The last day of the consent to services has passed.
  On("2027-11-25");
  EXPECT_EQ(Advance(&item, "reopen"), "CONSENT_NOT_LIVE");
  Given(item, NewConsent(v1::CONSENT_PURPOSE_SERVICES, "2028-11-25"));
  EXPECT_EQ(Advance(&item, "reopen"), "");
}

TEST_F(SupportCases, ARepeatedRequestOpensNoSecondCase) {
  v1::CreateSupportCaseRequest request = NewCase();
  request.set_request_id("request-once");
  const auto first = Must(Call<v1::SupportCase>(worker_, request));
  EXPECT_EQ(Must(Call<v1::SupportCase>(worker_, request)).name(), first.name());
  EXPECT_EQ(Listed(worker_), 1);
  EXPECT_EQ(ConsentsOf(first).size(), 1u);
}

TEST_F(SupportCases, ARepeatedRequestTellsNothingToWhoWorksInTheCaseNoMore) {
  v1::CreateSupportCaseRequest request = NewCase();
  request.set_request_id("request-once");
  auto item = Must(Call<v1::SupportCase>(worker_, request));
  ASSERT_EQ(Assign(manager_, &item, "colleague"), "");
  ASSERT_EQ(Remove(manager_, &item, "worker"), "");
  EXPECT_THAT(Call<v1::SupportCase>(worker_, request), RefusedBy(rules::kNotFound));
}

TEST_F(SupportCases, PagesOfEveryListStayWithinAMessage) {
  EXPECT_GT(accord::testing::ReadEveryList(&in_process_, "accord.supports.v1"), 1);
}

}  // namespace
}  // namespace accord::supports
