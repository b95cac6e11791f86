// These tests show what may be recorded of a restraining order, who reads it, and what is computed from
// the day.
#include "common/storage/sealing/keyring.h"
#include "common/testing/twins.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class RestrainingOrders : public OrdersFixture {
 protected:
  // This tells whether an application of this kind can be filed on this day.
  std::string File(const std::string& day, const v1::RestrainingOrder& asked) {
    v1::RestrainingOrder order;
    const std::string refused = Prepare(OpenedOn(day), asked, &order);
    return refused.empty() ? Advance(&order, "file", day) : refused;
  }
  std::string Entrust(v1::RestrainingOrder* order, const std::string& agency) {
    v1::EntrustRestrainingOrderRequest request;
    request.set_serving_agency(agency);
    return Move(worker_, order, request);
  }
  std::string Extend(v1::RestrainingOrder* order, const std::string& made_on, const std::string& expires_on) {
    v1::ExtendRestrainingOrderRequest request;
    request.set_made_on(made_on);
    request.set_expires_on(expires_on);
    return Move(worker_, order, request);
  }
};

TEST_F(RestrainingOrders, AreAskedForFromTheDayOnWhichTheLawIsInForce) {
  EXPECT_EQ(File("2017-02-23", NewOrder()), "NOT_IN_FORCE");
  EXPECT_EQ(File("2017-05-30", NewOrder()), "NOT_IN_FORCE");
  EXPECT_EQ(File("2018-04-30", NewOrder()), "NOT_IN_FORCE");
  EXPECT_EQ(File("2018-05-01", NewOrder()), "");
  // An application that is prepared today cannot have been filed before the law existed.
  v1::RestrainingOrder order;
  ASSERT_EQ(Prepare(OpenedOn("2018-05-02"), NewOrder(), &order), "");
  EXPECT_EQ(Advance(&order, "file", "2018-04-30"), "NOT_IN_FORCE");
}

TEST_F(RestrainingOrders, AreFiledForAnApplicantOfThatDayAgainstARespondentOfOntario) {
  EXPECT_EQ(File("2021-06-02", NewOrder(v1::ORDER_APPLICANT_CUSTOMARY_CARE)), "NOT_IN_FORCE");
  EXPECT_EQ(File("2021-06-03", NewOrder(v1::ORDER_APPLICANT_CUSTOMARY_CARE)), "");
  v1::RestrainingOrder elsewhere = NewOrder();
  elsewhere.set_respondent_in_ontario(false);
  EXPECT_EQ(File("2021-06-03", elsewhere), "RESPONDENT_OUTSIDE_ONTARIO");
  for (const bool applicant : {true, false}) {
    v1::RestrainingOrder child = NewOrder();
    child.set_applicant_is_child(applicant);
    child.set_respondent_is_child(!applicant);
    EXPECT_EQ(File("2021-06-03", child), "LAWYER_NOT_CONSIDERED");
    child.set_lawyer_considered(true);
    EXPECT_EQ(File("2021-06-03", child), "");
  }
}

TEST_F(RestrainingOrders, AreAskedForOnBehalfByTheVictimsConsentAlone) {
  EXPECT_EQ(File("2026-11-24", NewOrder(v1::ORDER_APPLICANT_ON_BEHALF_WITH_CONSENT)), "CONSENT_NOT_LIVE");
  const v1::SupportCase item = OpenedOn("2026-11-24");
  v1::RestrainingOrder asked = NewOrder(v1::ORDER_APPLICANT_ON_BEHALF_WITH_CONSENT);
  asked.set_consent(ConsentsOf(item).at(0).name());
  EXPECT_EQ(Prepare(item, asked), "CONSENT_NOT_LIVE") << "it is a consent to services";
  v1::Consent consent = Given(item, NewConsent(v1::CONSENT_PURPOSE_ORDER_APPLICATION));
  asked.set_consent(consent.name());
  EXPECT_EQ(Prepare(OpenedOn("2026-11-24"), asked), "NOT_FOUND") << "it is of another case";
  v1::RestrainingOrder withdrawn, filed;
  ASSERT_EQ(Prepare(item, asked, &withdrawn), "");
  ASSERT_EQ(Prepare(item, asked, &filed), "");
  ASSERT_EQ(Advance(&filed, "file", "2026-11-24"), "");
  ASSERT_EQ(Withdraw(worker_, &consent), "");
  EXPECT_EQ(Advance(&withdrawn, "file", "2026-11-24"), "CONSENT_NOT_LIVE");
  // An application that will never be filed can be withdrawn.
  ASSERT_EQ(Advance(&withdrawn, "withdraw", "2026-11-24"), "");
  EXPECT_EQ(withdrawn.state(), v1::RESTRAINING_ORDER_STATE_WITHDRAWN);
  EXPECT_EQ(withdrawn.ended_on(), "2026-11-24");
  // A filed application stays lawful, and the court decides on it.
  EXPECT_EQ(Move(worker_, &filed, GrantOf("2026-11-24", "2027-11-24")), "");
}

TEST_F(RestrainingOrders, NeedNoConsentToBeCounted) {
  const v1::RestrainingOrder order = Made();
  v1::SupportCase of;
  of.set_name(order.support_case());
  const std::vector<v1::Consent> consents = ConsentsOf(of);
  ASSERT_FALSE(consents.empty());
  for (const v1::Consent& each : consents) {
    EXPECT_NE(each.purpose(), v1::CONSENT_PURPOSE_COUNTING);
  }
  EXPECT_EQ(order.state(), v1::RESTRAINING_ORDER_STATE_GRANTED);
}

TEST_F(RestrainingOrders, LastNoLongerThanTheLawAllows) {
  v1::RestrainingOrder order = FiledOn("2021-09-29");
  EXPECT_EQ(Move(worker_, &order, GrantOf("2021-09-29", "2024-09-30")), "ORDER_TOO_LONG");
  EXPECT_EQ(Move(worker_, &order, GrantOf("2021-09-29", "2021-09-28")), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Move(worker_, &order, GrantOf("2021-09-28", "2024-09-28")), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Move(worker_, &order, GrantOf("2018-04-30", "2019-04-30")), "NOT_IN_FORCE");
  EXPECT_EQ(Move(worker_, &order, GrantOf("2021-09-30", "2024-09-29")), "EVENT_IN_FUTURE");
  EXPECT_EQ(Move(worker_, &order, GrantOf("2021-09-29", "2024-09-29")), "");
  v1::RestrainingOrder leap = FiledOn("2024-02-29");
  v1::GrantRestrainingOrderRequest grant = GrantOf("2024-02-29", "2027-03-01");
  grant.set_court_file_no("24-1");
  EXPECT_EQ(Move(worker_, &leap, grant), "ORDER_TOO_LONG");
  grant.set_expires_on("2027-02-28");
  EXPECT_EQ(Move(worker_, &leap, grant), "");
}

TEST_F(RestrainingOrders, AreExtendedFromTheDayOfTheExtension) {
  v1::RestrainingOrder order = Made("2021-09-29", "2024-09-29");
  On("2024-02-29");
  const v1::RestrainingOrder before = order;
  EXPECT_EQ(Extend(&order, "2024-02-29", "2027-03-01"), "ORDER_TOO_LONG");
  EXPECT_EQ(Extend(&order, "2024-02-29", "2024-09-29"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Extend(&order, "2021-09-28", "2024-09-28"), "DATES_OUT_OF_ORDER");
  ASSERT_EQ(Extend(&order, "2024-02-29", "2027-02-28"), "");
  EXPECT_EQ(order.expires_on(), "2027-02-28");
  EXPECT_EQ(order.state(), v1::RESTRAINING_ORDER_STATE_GRANTED);
  // Two people extend it at once, and the second one has to read first what the other did.
  v1::RestrainingOrder stale = before;
  EXPECT_EQ(Extend(&stale, "2024-02-29", "2027-02-27"), "DATES_OUT_OF_ORDER");
  v1::ExtendRestrainingOrderRequest again;
  again.set_made_on("2024-03-01");
  again.set_expires_on("2027-03-01");
  On("2024-03-01");
  EXPECT_EQ(Move(worker_, &stale, again), "ETAG_MISMATCH");
}

TEST_F(RestrainingOrders, ExpireByTheirDayAlthoughNothingSweeps) {
  v1::RestrainingOrder order = Served();
  On("2029-11-20");
  EXPECT_TRUE(ReadOrder(order.name()).enforceable());
  On("2029-11-21");
  const v1::RestrainingOrder read = ReadOrder(order.name());
  EXPECT_EQ(read.state(), v1::RESTRAINING_ORDER_STATE_EXPIRED);
  EXPECT_FALSE(read.enforceable());
  EXPECT_EQ(Extend(&order, "2029-11-21", "2030-11-21"), "STATE_NOT_PERMITTED");
  EXPECT_EQ(Found(ByName(kRespondent)), 0);
}

TEST_F(RestrainingOrders, TakeAfterTheirLastDayWhatTheCourtDidBefore) {
  v1::RestrainingOrder order = Made("2023-11-20", "2026-11-20");
  On("2026-11-28");
  ASSERT_EQ(ReadOrder(order.name()).state(), v1::RESTRAINING_ORDER_STATE_EXPIRED);
  EXPECT_EQ(Serve(worker_, &order, "2026-11-21"), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Serve(worker_, &order, "2023-11-20"), "");
  EXPECT_EQ(Found(ByName(kRespondent)), 0);
  EXPECT_EQ(Extend(&order, "2026-11-21", "2028-11-10"), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Extend(&order, "2026-11-10", "2028-11-10"), "");
  EXPECT_EQ(order.state(), v1::RESTRAINING_ORDER_STATE_GRANTED);
  EXPECT_EQ(Found(ByName(kRespondent)), 1);
  EXPECT_EQ(Found(ByFile(kFileNo)), 1);
}

TEST_F(RestrainingOrders, AreAppealedVariedAndSetAsideByTheCourtsDay) {
  v1::RestrainingOrder order = Made("2023-11-20", "2026-11-20");
  On("2026-11-28");
  v1::AppealRestrainingOrderRequest appeal;
  appeal.set_court(v1::APPEAL_COURT_SUPERIOR_COURT);
  appeal.set_filed_on("2026-11-21");
  EXPECT_EQ(Move(worker_, &order, appeal), "STATE_NOT_PERMITTED");
  appeal.set_filed_on("2023-12-01");
  EXPECT_EQ(Move(worker_, &order, appeal), "");
  v1::VaryRestrainingOrderRequest vary;
  vary.add_conditions()->set_kind(v1::ORDER_CONDITION_KIND_NO_CONTACT);
  vary.set_made_on("2026-11-21");
  EXPECT_EQ(Move(worker_, &order, vary), "STATE_NOT_PERMITTED");
  vary.set_made_on("2024-06-01");
  EXPECT_EQ(Move(worker_, &order, vary), "");
  EXPECT_EQ(Advance(&order, "set_aside", "2026-11-21"), "STATE_NOT_PERMITTED");
  ASSERT_EQ(Advance(&order, "set_aside", "2024-07-01"), "");
  EXPECT_EQ(order.state(), v1::RESTRAINING_ORDER_STATE_SET_ASIDE);
}

TEST_F(RestrainingOrders, AreVariedInTheOrderOfTheCourtsDays) {
  v1::RestrainingOrder order = Made("2026-02-01", "2029-02-01");
  On("2026-11-24");
  v1::VaryRestrainingOrderRequest vary;
  vary.set_made_on("2026-06-01");
  vary.add_conditions()->set_kind(v1::ORDER_CONDITION_KIND_NO_CONTACT);
  ASSERT_EQ(Move(worker_, &order, vary), "");
  vary.set_made_on("2026-03-01");
  vary.mutable_conditions(0)->set_kind(v1::ORDER_CONDITION_KIND_RETURN_PROPERTY);
  EXPECT_EQ(Move(worker_, &order, vary), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(order.conditions(0).kind(), v1::ORDER_CONDITION_KIND_NO_CONTACT);
  vary.set_made_on("2026-06-01");
  EXPECT_EQ(Move(worker_, &order, vary), "");
}

TEST_F(RestrainingOrders, AreEnforceableOnceTheOrderItselfWasServed) {
  v1::RestrainingOrder order = Made();
  EXPECT_FALSE(order.enforceable());
  EXPECT_THAT(order.lookup_gaps(), ElementsAre(v1::LOOKUP_GAP_NOT_SERVED));
  ASSERT_EQ(Move(worker_, &order, ServiceOf(v1::SERVED_DOCUMENT_OTHER, "2026-11-20")), "");
  EXPECT_FALSE(order.enforceable());
  On("2026-11-24");
  EXPECT_EQ(ReadOrder(order.name()).unserved_days(), 4);
  EXPECT_EQ(Serve(worker_, &order, "2026-11-19"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Serve(worker_, &order, "2026-11-25"), "EVENT_IN_FUTURE");
  ASSERT_EQ(Serve(worker_, &order, "2026-11-24"), "");
  EXPECT_TRUE(order.enforceable());
  EXPECT_EQ(order.unserved_days(), 0);
  EXPECT_THAT(order.lookup_gaps(), IsEmpty());
}

TEST_F(RestrainingOrders, WithoutNoticeSayWhyAndTheOthersDoNot) {
  v1::RestrainingOrder order = FiledOn("2021-09-29");
  v1::GrantRestrainingOrderRequest grant = GrantOf("2021-09-29", "2024-09-29");
  grant.set_without_notice(true);
  EXPECT_EQ(Move(worker_, &order, grant), "FIELD_INVALID");
  grant.set_without_notice(false);
  grant.set_basis(v1::WITHOUT_NOTICE_BASIS_IMMEDIATE_DANGER);
  EXPECT_EQ(Move(worker_, &order, grant), "FIELD_INVALID");
  grant.set_without_notice(true);
  grant.add_conditions()->set_kind(v1::ORDER_CONDITION_KIND_OTHER);
  EXPECT_EQ(Move(worker_, &order, grant), "FIELD_INVALID") << "another condition needs its text";
  grant.mutable_conditions(1)->set_text("hand over the keys");
  EXPECT_EQ(Move(worker_, &order, grant), "");
}

TEST_F(RestrainingOrders, AreRecordedOnceUnderANumberOfACourt) {
  Made();
  v1::RestrainingOrder order = FiledOn("2026-11-24");
  v1::GrantRestrainingOrderRequest grant = GrantOf("2026-11-24", "2027-11-24");
  grant.set_court(" NEWMARKET");
  EXPECT_EQ(Move(worker_, &order, grant), "COURT_FILE_TAKEN");
  for (const char* number : {"21 4711", "21/4711", "#21\u20134711"}) {
    grant.set_court_file_no(number);
    EXPECT_EQ(Move(worker_, &order, grant), "COURT_FILE_TAKEN") << number;
  }
  // The older version stored it in this form.
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
    return tx
        .Exec("update order_court_file set tag = :p1",
              tx.keyring()->Index("restraining_order.court_file", "newmarket\n21-4711"))
        .status();
  }));
  grant.set_court_file_no(kFileNo);
  EXPECT_EQ(Move(worker_, &order, grant), "COURT_FILE_TAKEN");
  grant.set_court("Barrie");
  EXPECT_EQ(Move(worker_, &order, grant), "");
}

TEST_F(RestrainingOrders, HoldNoTextThatIsTooLongOrReadsOtherwiseThanItIs) {
  const v1::SupportCase item = OpenedOn("2026-11-24");
  for (const std::string& name : {std::string("a\0b", 3), std::string("safe\u202eexe"),
                                  std::string("\u2066x"), std::string(100000, 'x')}) {
    v1::RestrainingOrder order = NewOrder();
    order.mutable_respondent()->set_full_name(name);
    EXPECT_EQ(Prepare(item, order), name.size() > 1000 ? "MESSAGE_TOO_LARGE" : "FIELD_INVALID")
        << name.size();
  }
  EXPECT_THAT(Listed(worker_), IsEmpty());
}

TEST_F(RestrainingOrders, AreReadByTheWorkersOfTheCaseAndByNobodyElse) {
  const v1::RestrainingOrder order = Served();
  EXPECT_EQ(UnreadOrder(order.name(), worker_), "");
  EXPECT_THAT(Listed(worker_), ElementsAre(order.name()));
  EXPECT_THAT(Listed(worker_, v1::ORDER_SELECTION_UNSPECIFIED, order.support_case()),
              ElementsAre(order.name()));
  for (const Caller& other : {colleague_, manager_, stranger_, police_, other_police_}) {
    EXPECT_EQ(UnreadOrder(order.name(), other), "NOT_FOUND") << other.agency << "/" << other.actor;
    EXPECT_THAT(Listed(other), IsEmpty()) << other.agency << "/" << other.actor;
  }
  const Caller crown = {
      "crown-york", annotations::v1::AGENCY_KIND_CROWN,    "crms",
      "counsel",    {annotations::v1::ROLE_CROWN_COUNSEL}, annotations::v1::PURPOSE_PROSECUTION};
  for (const Caller& nobody : {crown, office_}) {
    EXPECT_EQ(UnreadOrder(order.name(), nobody), "AGENCY_KIND_NOT_PERMITTED") << nobody.agency;
  }
}

TEST_F(RestrainingOrders, ThatAreHiddenAnswerLikeThoseThatAreAbsent) {
  namespace a = annotations::v1;
  v1::RestrainingOrder order = Made();
  ASSERT_EQ(Entrust(&order, "ps-york"), "");
  const std::vector<testing::Tries> strangers = {
      {"vs-york", a::AGENCY_KIND_VICTIM_SERVICES, "colleague", a::ROLE_VS_WORKER},
      {"vs-peel", a::AGENCY_KIND_VICTIM_SERVICES, "stranger", a::ROLE_VS_WORKER},
      {"ps-peel", a::AGENCY_KIND_POLICE_SERVICE, "constable", a::ROLE_POLICE_MEMBER}};
  EXPECT_GT(testing::CompareTwins(&in_process_, {"accord.supports.v1", {order.name()}, strangers}), 30);
}

TEST_F(RestrainingOrders, AreATaskOfThePoliceServiceThatIsAskedToServeThem) {
  v1::RestrainingOrder order = Made();
  EXPECT_THAT(Listed(police_), IsEmpty());
  ASSERT_EQ(Entrust(&order, "ps-york"), "");
  EXPECT_THAT(Listed(police_, v1::ORDER_SELECTION_UNSERVED), ElementsAre(order.name()));
  EXPECT_THAT(Listed(other_police_), IsEmpty());
  EXPECT_EQ(UnreadOrder(order.name(), other_police_), "NOT_FOUND");
  v1::RestrainingOrder task;
  ASSERT_EQ(UnreadOrder(order.name(), police_, &task), "");
  EXPECT_EQ(task.respondent().full_name(), kRespondent);
  // The task tells neither who asked for it nor from which case it comes.
  EXPECT_EQ(task.applicant(), v1::ORDER_APPLICANT_UNSPECIFIED);
  EXPECT_EQ(task.support_case(), "");
  ASSERT_EQ(Serve(police_, &task, "2026-11-20"), "");
  EXPECT_EQ(UnreadOrder(order.name(), police_), "NOT_FOUND") << "the task is done";
  order = ReadOrder(order.name());
  ASSERT_EQ(order.servings_size(), 1);
  EXPECT_EQ(order.servings(0).agency(), "ps-york");
  EXPECT_EQ(Entrust(&order, "ps-peel"), "ALREADY_RECORDED");
}

TEST_F(RestrainingOrders, AreNoTaskAfterTheirLastDay) {
  v1::RestrainingOrder order = Made("2026-11-20", "2026-12-20");
  ASSERT_EQ(Entrust(&order, "ps-york"), "");
  On("2026-12-20");
  EXPECT_THAT(Listed(police_), ElementsAre(order.name()));
  On("2026-12-21");
  EXPECT_THAT(Listed(police_), IsEmpty());
  EXPECT_EQ(UnreadOrder(order.name(), police_), "NOT_FOUND");
  EXPECT_EQ(Serve(police_, &order, "2026-12-20"), "NOT_FOUND");
}

TEST_F(RestrainingOrders, ThatWaitOrEndSoonAreWorkLists) {
  v1::RestrainingOrder unborn = NewOrder();
  unborn.mutable_respondent()->clear_birth_date();
  const v1::RestrainingOrder soon = Made("2026-09-01", "2027-01-31", unborn);
  v1::RestrainingOrder served = FiledOn("2026-11-24");
  v1::GrantRestrainingOrderRequest grant = GrantOf("2026-11-24", "2029-11-24");
  grant.set_court_file_no("26-2");
  ASSERT_EQ(Move(worker_, &served, grant), "");
  ASSERT_EQ(Serve(worker_, &served, "2026-11-24"), "");
  EXPECT_THAT(Listed(worker_, v1::ORDER_SELECTION_UNSERVED), ElementsAre(soon.name()));
  EXPECT_THAT(Listed(worker_, v1::ORDER_SELECTION_EXPIRING), ElementsAre(soon.name()));
  EXPECT_THAT(Listed(worker_, v1::ORDER_SELECTION_NOT_FOUND_BY_POLICE), ElementsAre(soon.name()));
  const v1::RestrainingOrder read = ReadOrder(soon.name());
  EXPECT_EQ(read.unserved_days(), 84);
  EXPECT_THAT(read.lookup_gaps(), ElementsAre(v1::LOOKUP_GAP_NOT_SERVED, v1::LOOKUP_GAP_NO_BIRTH_DATE));
  // More than ninety days before its end the order is not in the list yet.
  On("2026-11-01");
  EXPECT_THAT(Listed(worker_, v1::ORDER_SELECTION_EXPIRING), IsEmpty());
}

TEST_F(RestrainingOrders, KeepWhatWasVariedAndAppealed) {
  v1::RestrainingOrder order = Served();
  v1::VaryRestrainingOrderRequest vary;
  vary.set_made_on("2026-11-20");
  vary.add_conditions()->set_kind(v1::ORDER_CONDITION_KIND_NO_CONTACT);
  ASSERT_EQ(Move(worker_, &order, vary), "");
  ASSERT_EQ(order.variations_size(), 1);
  EXPECT_EQ(order.variations(0).before(0).kind(), v1::ORDER_CONDITION_KIND_STAY_AWAY);
  EXPECT_EQ(order.conditions(0).kind(), v1::ORDER_CONDITION_KIND_NO_CONTACT);
  v1::AppealRestrainingOrderRequest appeal;
  appeal.set_court(v1::APPEAL_COURT_SUPERIOR_COURT);
  appeal.set_filed_on("2026-11-20");
  ASSERT_EQ(Move(worker_, &order, appeal), "");
  EXPECT_EQ(Move(worker_, &order, appeal), "ALREADY_RECORDED");
  appeal.set_outcome("dismissed");
  ASSERT_EQ(Move(worker_, &order, appeal), "");
  ASSERT_EQ(order.appeals_size(), 1);
  EXPECT_EQ(order.appeals(0).outcome(), "dismissed");
  EXPECT_TRUE(order.enforceable()) << "an appeal ends nothing by itself";
}

TEST_F(RestrainingOrders, AreSealedAndFoundByNoTable) {
  Served();
  std::string stored = StoredWithoutKey();
  for (const char* rows : {"tag || restraining_order from order_tag", "tag from order_court_file"}) {
    const auto found = Must(in_process_.database().Read(
        [&](storage::Transaction& tx) { return tx.Query<std::string>(absl::StrCat("select ", rows)); }));
    EXPECT_FALSE(found.empty()) << rows;
    for (const auto& [text] : found) absl::StrAppend(&stored, text, "\n");
  }
  for (const char* words : {"Made-Up", "made-up", kAlias, kBorn, kFileNo, "Newmarket", "handed over"}) {
    EXPECT_THAT(stored, Not(HasSubstr(words))) << words;
  }
}

}  // namespace
}  // namespace accord::supports
