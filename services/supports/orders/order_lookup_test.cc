// These tests show what police find by looking an order up, how often they may find nothing, and who is told.
#include "common/testing/postgres.h"
#include "services/supports/orders/order_tag_store.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class OrderLookups : public OrdersFixture {
 protected:
  // This makes this many look-ups by this person that find nothing, and gives the rule that refused one of
  // them, if one did.
  std::string Miss(const Caller& caller, int times) {
    for (int i = 0; i < times; ++i) {
      const std::string refused = LookUp(caller, ByName(absl::StrCat("Nobody At All ", i)));
      if (!refused.empty()) return refused;
    }
    return "";
  }
};

TEST_F(OrderLookups, FindAnEnforceableOrderByTheWholeNameOrAliasWithTheBirthDateOrByItsFile) {
  Served();
  v1::OrderLookup found;
  ASSERT_EQ(LookUp(police_, ByName("  ZOLTAN  made-up"), &found), "");
  ASSERT_EQ(found.matches_size(), 1);
  EXPECT_EQ(found.matches(0).court(), "Newmarket");
  EXPECT_EQ(found.matches(0).court_file_no(), kFileNo);
  EXPECT_EQ(found.matches(0).expires_on(), "2029-11-20");
  EXPECT_EQ(found.matches(0).served_on(), "2026-11-20");
  EXPECT_EQ(found.matches(0).conditions(0).kind(), v1::ORDER_CONDITION_KIND_STAY_AWAY);
  EXPECT_EQ(Found(ByName("zed the invented")), 1);
  EXPECT_EQ(Found(ByName("\u200fZed the\u00a0Invented\u200e")), 1) << "what nobody sees does not count";
  EXPECT_EQ(Found(ByFile(kFileNo)), 1);
}

TEST_F(OrderLookups, FindANameHoweverItIsWritten) {
  v1::RestrainingOrder asked = NewOrder();
  asked.mutable_respondent()->set_full_name("Jean-Fran\u00e7ois Invented");
  asked.mutable_respondent()->clear_aliases();
  for (const char* alias :
       {"Jeff O\u2019Invented", "Nguy\u1ec5n V\u0103n H\u00f9ng", "\u0218tefan Ionu\u021b",
        "\u041c\u0430\u0440\u0438\u044f", "St. Invented, Jean", "\u011e\u00fcl\u015fen"}) {
    asked.mutable_respondent()->add_aliases(alias);
  }
  v1::RestrainingOrder order = Made("2026-11-20", "2029-11-20", asked);
  ASSERT_EQ(Serve(worker_, &order, "2026-11-20"), "");
  for (const char* name :
       {"JEAN FRANCOIS INVENTED", "Jean\u2013Franc\u0327ois Invented", "Jeff OInvented", "Jeff O`Invented",
        "NGUY\u1ec4N V\u0102N H\u00d9NG", "Nguyen Van Hung", "Nguye\u0302\u0303n Va\u0306n Hu\u0300ng",
        "Stefan Ionut", "\u015etefan Ionu\u0163", "\u041c\u0410\u0420\u0418\u042f", "St Invented, Jean",
        "GULSEN"}) {
    EXPECT_EQ(Found(ByName(name)), 1) << name;
  }
  EXPECT_EQ(Found(ByName("Jean Invented")), 0);
  for (const char* number : {"21 4711", "21/4711", "21\u20134711"}) {
    EXPECT_EQ(Found(ByFile(number)), 1) << number;
  }
}

TEST_F(OrderLookups, FindWhatWasStoredBeforeMoreLettersWereKnown) {
  const v1::RestrainingOrder order = Served();
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_ASSIGN_OR_RETURN(const Tags named, RespondentTags(tx, kRespondent, kBorn));
    ACCORD_ASSIGN_OR_RETURN(const Tags filed, CourtFileTags(tx, kFileNo));
    EXPECT_NE(named.front(), named.back());
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("delete from order_tag where restraining_order = :p1", order.name()).status());
    for (const std::string& tag : {named.back(), filed.back()}) {
      ACCORD_RETURN_IF_ERROR(
          tx.Exec("insert into order_tag (tag, restraining_order) values (:p1, :p2)", tag, order.name())
              .status());
    }
    return absl::OkStatus();
  }));
  EXPECT_EQ(Found(ByName(kRespondent)), 1);
  EXPECT_EQ(Found(ByFile(kFileNo)), 1);
}

TEST_F(OrderLookups, TellNeitherWhoAskedForTheOrderNorWhoPreparedIt) {
  const v1::RestrainingOrder order = Served();
  v1::OrderLookup found;
  ASSERT_EQ(LookUp(police_, ByName(kRespondent), &found), "");
  ASSERT_EQ(found.matches_size(), 1);
  const std::string seen = found.SerializeAsString();
  for (const std::string& kept :
       {std::string("vs-york"), order.name(), order.support_case(), std::string("SUBJECT-WORDS-1"),
        std::string("416 555 0100"), std::string("worker")}) {
    EXPECT_THAT(seen, Not(HasSubstr(kept))) << kept;
  }
}

TEST_F(OrderLookups, SayThatNothingFoundDoesNotMeanThatThereIsNoOrder) {
  v1::OrderLookup found;
  ASSERT_EQ(LookUp(police_, ByName("Nobody At All"), &found), "");
  EXPECT_THAT(found.matches(), IsEmpty());
  EXPECT_THAT(found.notice(), HasSubstr("does not mean that there is no order"));
  EXPECT_THAT(found.notice(), HasSubstr("ne signifie pas qu'il n'y a pas d'ordonnance"));
}

TEST_F(OrderLookups, FindNothingByAPartOfWhatIsLookedFor) {
  Served();
  for (const char* part : {"Zoltan", "Made-Up", "Zoltan Made", "Zoltan Made-U", "Zed", "Made-Up Zoltan"}) {
    EXPECT_EQ(Found(ByName(part)), 0) << part;
  }
  EXPECT_EQ(Found(ByName(kRespondent, "1988-03-01")), 0);
  EXPECT_EQ(Found(ByFile("21-471")), 0);
}

TEST_F(OrderLookups, AreRefusedUnlessTheyAreExact) {
  for (const char* partial :
       {"Zoltan*", "Zolt?n Made-Up", "%", "Zoltan M...", "Z", "Zoltan \xe2\x80\xa6", "_"}) {
    EXPECT_EQ(LookUp(police_, ByName(partial)), "LOOKUP_NOT_EXACT") << partial;
  }
  EXPECT_EQ(LookUp(police_, ByName(kRespondent, "")), "LOOKUP_NOT_EXACT");
  EXPECT_EQ(LookUp(police_, ByName("", kBorn)), "LOOKUP_NOT_EXACT");
  EXPECT_EQ(LookUp(police_, ByFile("21-*")), "LOOKUP_NOT_EXACT");
  v1::CreateOrderLookupRequest both = ByName(kRespondent);
  both.mutable_order_lookup()->set_court_file_no(kFileNo);
  EXPECT_EQ(LookUp(police_, both), "LOOKUP_NOT_EXACT");
  v1::CreateOrderLookupRequest aimless = ByName(kRespondent);
  aimless.mutable_order_lookup()->clear_reason();
  EXPECT_EQ(LookUp(police_, aimless), "FIELD_INVALID");
  EXPECT_EQ(LookUp(police_, ByName(kRespondent, "1988-02-30")), "FIELD_INVALID");
}

TEST_F(OrderLookups, AreForPoliceWithTheirPurposeAndAlone) {
  Served();
  EXPECT_EQ(LookUp(worker_, ByName(kRespondent)), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_EQ(LookUp(office_, ByName(kRespondent)), "AGENCY_KIND_NOT_PERMITTED");
  Caller aimless = police_;
  aimless.purpose = annotations::v1::PURPOSE_UNSPECIFIED;
  EXPECT_EQ(LookUp(aimless, ByName(kRespondent)), "PURPOSE_MISSING");
  aimless.purpose = annotations::v1::PURPOSE_INTELLIGENCE;
  EXPECT_EQ(LookUp(aimless, ByName(kRespondent)), "PURPOSE_NOT_PERMITTED");
  v1::CreateOrderLookupRequest for_another = ByName(kRespondent);
  for_another.set_parent("agencies/ps-peel");
  EXPECT_EQ(RuleOfRequest(police_, for_another), "NOT_FOUND");
}

TEST_F(OrderLookups, FindNoOrderThatWasNotServedOrThatHasEnded) {
  v1::RestrainingOrder order = Made();
  EXPECT_EQ(Found(ByName(kRespondent)), 0);
  ASSERT_EQ(Serve(worker_, &order, "2026-11-20"), "");
  EXPECT_EQ(Found(ByName(kRespondent)), 1);
  ASSERT_EQ(Advance(&order, "set_aside", "2026-11-20"), "");
  EXPECT_EQ(Found(ByName(kRespondent)), 0);
  EXPECT_EQ(Found(ByFile(kFileNo)), 0);
  EXPECT_THAT(NoticesOf(order), SizeIs(2)) << "after its end nothing is told of it";
}

TEST_F(OrderLookups, FollowACorrectionOfTheRespondent) {
  v1::RestrainingOrder order = Served();
  v1::CorrectRestrainingOrderRequest correct;
  correct.mutable_respondent()->set_full_name("Zoltan Invented");
  correct.mutable_respondent()->set_birth_date("1988-03-01");
  ASSERT_EQ(Move(worker_, &order, correct), "");
  EXPECT_EQ(Found(ByName(kRespondent)), 0);
  EXPECT_EQ(Found(ByName(kAlias)), 0);
  EXPECT_EQ(Found(ByName("Zoltan Invented", "1988-03-01")), 1);
  correct.mutable_respondent()->clear_birth_date();
  ASSERT_EQ(Move(worker_, &order, correct), "");
  EXPECT_EQ(Found(ByName("Zoltan Invented", "1988-03-01")), 0);
  EXPECT_EQ(Found(ByFile(kFileNo)), 1) << "without a birth date it is found by its file alone";
}

TEST_F(OrderLookups, AreShownToWhoPreparedTheOrder) {
  v1::RestrainingOrder order = Made();
  EXPECT_EQ(Found(ByName(kRespondent)), 0);
  ASSERT_EQ(Serve(worker_, &order, "2026-11-20"), "");
  in_process_.clock().Advance(absl::Minutes(1));
  EXPECT_EQ(Found(ByFile(kFileNo)), 1);
  EXPECT_EQ(Found(ByName("Nobody At All")), 0);
  const auto notices = NoticesOf(order);
  ASSERT_THAT(notices, SizeIs(2));
  EXPECT_EQ(notices[0].agency(), "ps-york");
  EXPECT_EQ(notices[0].actor(), "constable");
  EXPECT_EQ(notices[0].reason(), v1::ORDER_LOOKUP_REASON_ENFORCEMENT);
  EXPECT_FALSE(notices[0].found()) << "nobody enforces an order that was not served";
  EXPECT_EQ(notices[1].reason(), v1::ORDER_LOOKUP_REASON_SAFETY);
  EXPECT_TRUE(notices[1].found());
  v1::ListOrderLookupNoticesRequest request;
  request.set_restraining_order(order.name());
  for (const Caller& other : {colleague_, manager_, stranger_}) {
    EXPECT_EQ(RuleOfRequest(other, request), "NOT_FOUND") << other.actor;
  }
  EXPECT_EQ(RuleOfRequest(police_, request), "AGENCY_KIND_NOT_PERMITTED");
}

TEST_F(OrderLookups, ThatAreRepeatedTellNothingThatIsNoLongerTrue) {
  v1::RestrainingOrder order = Served();
  v1::CreateOrderLookupRequest request = ByName(kRespondent);
  request.set_parent("agencies/ps-york");
  request.set_request_id("look-up-once");
  v1::OrderLookup found;
  ASSERT_EQ(Rule(Call<v1::OrderLookup>(police_, request), &found), "");
  ASSERT_EQ(found.matches_size(), 1);
  ASSERT_EQ(Rule(Call<v1::OrderLookup>(police_, request), &found), "");
  EXPECT_EQ(found.matches_size(), 1);
  EXPECT_THAT(NoticesOf(order), SizeIs(1)) << "it ran once";
  ASSERT_EQ(Advance(&order, "set_aside", "2026-11-20"), "");
  EXPECT_EQ(Rule(Call<v1::OrderLookup>(police_, request)), "NOT_FOUND");
}

TEST_F(OrderLookups, CannotBeTriedWithoutBeingTold) {
  Served();
  in_process_.set_validate_only(true);
  EXPECT_NE(LookUp(police_, ByName(kRespondent)), "");
  in_process_.set_validate_only(false);
}

TEST_F(OrderLookups, HaveABudgetAgainstGuessingForEachPersonAndEachAgency) {
  Served();
  EXPECT_EQ(Miss(police_, 20), "");
  EXPECT_EQ(Miss(police_, 1), "LOOKUPS_EXHAUSTED");
  // A person who has guessed too often is not told of existing orders either.
  EXPECT_EQ(LookUp(police_, ByName(kRespondent)), "LOOKUPS_EXHAUSTED");
  for (int person = 0; person < 9; ++person) {
    EXPECT_EQ(Miss(Police("ps-york", absl::StrCat("member-", person)), 20), "") << person;
  }
  EXPECT_EQ(Miss(Police("ps-york", "sergeant"), 1), "LOOKUPS_EXHAUSTED");
  EXPECT_EQ(Miss(other_police_, 1), "") << "another agency has its own budget";
  On("2026-11-21");
  EXPECT_EQ(Miss(police_, 1), "") << "and tomorrow there is a new one";
}

TEST_F(OrderLookups, ThatFindAnOrderCostNothing) {
  Served();
  for (int i = 0; i < 25; ++i) EXPECT_EQ(Found(ByName(kRespondent)), 1) << i;
}

TEST_F(OrderLookups, AreKeptWithoutWhatWasAskedAndFound) {
  Served();
  v1::OrderLookup found;
  ASSERT_EQ(LookUp(police_, ByName(kRespondent), &found), "");
  storage::Resources lookups("order_lookup", &in_process_.page_tokens());
  v1::OrderLookup kept;
  ASSERT_OK(in_process_.database().Read(
      [&](storage::Transaction& tx) { return lookups.GetAny(tx, found.name(), &kept); }));
  EXPECT_EQ(kept.respondent_name(), "");
  EXPECT_EQ(kept.birth_date(), "");
  EXPECT_THAT(kept.matches(), IsEmpty());
}

// These tests run on both databases: a look-up finds exactly the orders that stand at that moment.
class OrderLookupsOnBoth : public OrdersFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  OrderLookupsOnBoth()
      : OrdersFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                               : "") {}
};

INSTANTIATE_TEST_SUITE_P(Databases, OrderLookupsOnBoth, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(OrderLookupsOnBoth, FindWhatIsEnforceableFromTheServiceToTheEnd) {
  v1::RestrainingOrder order = Made("2026-11-20", "2026-12-20");
  EXPECT_EQ(Found(ByName(kRespondent)), 0);
  ASSERT_EQ(Serve(worker_, &order, "2026-11-20"), "");
  On("2026-12-20");
  EXPECT_EQ(Found(ByName(kAlias)), 1);
  On("2026-12-21");
  EXPECT_EQ(Found(ByName(kAlias)), 0);
  EXPECT_EQ(LookUp(police_, ByName("Zed*")), "LOOKUP_NOT_EXACT");
}

}  // namespace
}  // namespace accord::supports
