#include <string>

#include "common/testing/postgres.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class Engagements : public StrategyFixture, public ::testing::WithParamInterface<bool> {
 protected:
  Engagements() : StrategyFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  static v1::CreateEngagementRequest NewEngagement() {
    v1::CreateEngagementRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* engagement = request.mutable_engagement();
    engagement->set_title("A round table in the north");
    engagement->set_held_on("2016-11-30");
    engagement->set_fund("cbsf");
    engagement->set_survivors_count(3);
    engagement->set_community_members_count(40);
    engagement->add_themes("housing after the first months");
    engagement->set_source_ref("a note of the office");
    return request;
  }
  // This gives the rule that refuses it. The result is empty if it is recorded.
  std::string Record(const v1::CreateEngagementRequest& request, const Caller& caller) {
    return RuleOfRequest(caller, request);
  }
  v1::Engagement Read(const std::string& name, const Caller& caller) {
    v1::GetEngagementRequest request;
    request.set_name(name);
    return Must(Call<v1::Engagement>(caller, request));
  }
  v1::ListEngagementsResponse Listed(const Caller& caller, const std::string& fund = "") {
    v1::ListEngagementsRequest request;
    request.set_fund(fund);
    return Must(Call<v1::ListEngagementsResponse>(caller, request));
  }
  v1::Coalition Known(const std::string& id) {
    v1::CreateCoalitionRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_coalition()->set_coalition_id(id);
    request.mutable_coalition()->set_source_ref("a list");
    return Must(Call<v1::Coalition>(staff_, request));
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Engagements, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(Engagements, TellFewSurvivorsToTheOfficeAlone) {
  const auto made = Must(Call<v1::Engagement>(staff_, NewEngagement()));
  EXPECT_EQ(made.survivors_count(), 3);
  for (const Caller& caller : {staff_, director_}) {
    const v1::Engagement read = Read(made.name(), caller);
    EXPECT_EQ(read.survivors_count(), 3) << caller.actor;
    EXPECT_FALSE(read.survivors_withheld()) << caller.actor;
  }
  for (const Caller& caller : {police_, mag_, mol_}) {
    const v1::Engagement read = Read(made.name(), caller);
    EXPECT_FALSE(read.has_survivors_count()) << caller.agency;
    EXPECT_TRUE(read.survivors_withheld()) << caller.agency;
    EXPECT_EQ(read.community_members_count(), 40) << caller.agency;
    ASSERT_THAT(Listed(caller).engagements(), SizeIs(1));
    EXPECT_EQ(Listed(caller).engagements(0).DebugString(), read.DebugString()) << caller.agency;
  }
}

TEST_P(Engagements, TellNoneUnknownAndFewApart) {
  v1::CreateEngagementRequest request = NewEngagement();
  request.mutable_engagement()->set_survivors_count(0);
  request.mutable_engagement()->clear_community_members_count();
  const v1::Engagement none = Read(Must(Call<v1::Engagement>(staff_, request)).name(), police_);
  EXPECT_TRUE(none.has_survivors_count());
  EXPECT_FALSE(none.has_community_members_count());
  EXPECT_FALSE(none.community_members_withheld());
  request.mutable_engagement()->set_survivors_count(5);
  request.mutable_engagement()->set_community_members_count(4);
  const v1::Engagement few = Read(Must(Call<v1::Engagement>(staff_, request)).name(), police_);
  EXPECT_EQ(few.survivors_count(), 5);
  EXPECT_FALSE(few.has_community_members_count());
  EXPECT_TRUE(few.community_members_withheld());
}

TEST_P(Engagements, TellInNoTextHowFewTookPart) {
  v1::CreateEngagementRequest request = NewEngagement();
  request.mutable_engagement()->set_title("Session with three survivors");
  request.mutable_engagement()->add_themes("what 2 of them said");
  request.mutable_engagement()->set_source_ref("notes on 3 survivors");
  const auto made = Must(Call<v1::Engagement>(staff_, request));
  const v1::Engagement outside = Read(made.name(), police_);
  EXPECT_TRUE(outside.texts_withheld());
  EXPECT_EQ(outside.title() + outside.source_ref(), "");
  EXPECT_THAT(outside.themes(), ::testing::ElementsAre("housing after the first months"));
  ASSERT_THAT(Listed(police_).engagements(), SizeIs(1));
  EXPECT_EQ(Listed(police_).engagements(0).DebugString(), outside.DebugString());
  const v1::Engagement inside = Read(made.name(), director_);
  EXPECT_FALSE(inside.texts_withheld());
  EXPECT_EQ(inside.title(), "Session with three survivors");
  EXPECT_THAT(inside.themes(), SizeIs(2));
  // The texts reveal the number, whether or not somebody entered it.
  request.mutable_engagement()->clear_survivors_count();
  EXPECT_EQ(Read(Must(Call<v1::Engagement>(staff_, request)).name(), police_).title(), "");
  const auto plain = Must(Call<v1::Engagement>(staff_, NewEngagement()));
  EXPECT_EQ(Read(plain.name(), police_).title(), "A round table in the north");
  EXPECT_FALSE(Read(plain.name(), police_).texts_withheld());
}

TEST_P(Engagements, ArePointedAtTheFundThatTheyInformed) {
  const auto made = Must(Call<v1::Engagement>(staff_, NewEngagement()));
  v1::CreateEngagementRequest other = NewEngagement();
  other.mutable_engagement()->set_fund("ilif");
  ASSERT_EQ(Record(other, staff_), "");
  ASSERT_THAT(Listed(police_, "cbsf").engagements(), SizeIs(1));
  EXPECT_EQ(Listed(police_, "cbsf").engagements(0).name(), made.name());
  other.mutable_engagement()->clear_fund();
  EXPECT_EQ(Record(other, staff_), "FIELD_INVALID");
}

TEST_P(Engagements, SayInNoTextHowToReachAnybody) {
  v1::CreateEngagementRequest request = NewEngagement();
  request.mutable_engagement()->add_themes("Jane, 416-555-0123, spoke about housing");
  EXPECT_EQ(Record(request, staff_), "CONTACT_IN_TEXT");
  request = NewEngagement();
  request.mutable_engagement()->set_title("A talk with jane@example.org");
  EXPECT_EQ(Record(request, staff_), "CONTACT_IN_TEXT");
  request = NewEngagement();
  request.mutable_engagement()->set_themes(0, std::string(301, 'x'));
  EXPECT_EQ(Record(request, staff_), "FIELD_INVALID");
  EXPECT_THAT(Listed(staff_).engagements(), IsEmpty());
}

TEST_P(Engagements, NameWhatIsThereOnceAndCountNobodyBelowNone) {
  v1::CreateEngagementRequest request = NewEngagement();
  request.mutable_engagement()->set_survivors_count(-1);
  EXPECT_EQ(Record(request, staff_), "FIELD_INVALID");
  request = NewEngagement();
  request.mutable_engagement()->set_held_on("2026-11-25");
  EXPECT_EQ(Record(request, staff_), "EVENT_IN_FUTURE");
  request = NewEngagement();
  request.mutable_engagement()->set_coalition("agencies/co-pahtco/coalitions/absent");
  EXPECT_EQ(Record(request, staff_), "NOT_FOUND");
  v1::Coalition coalition = Known("north");
  v1::AddCoalitionMemberRequest add;
  add.set_title("Native Women's Centre");
  add.set_source_ref("a list");
  ASSERT_EQ(Move(staff_, &coalition, add), "");
  request.mutable_engagement()->set_coalition(coalition.name());
  request.mutable_engagement()->add_organisations(coalition.members(0).organisation());
  EXPECT_EQ(Record(request, staff_), "");
  request.mutable_engagement()->add_organisations(coalition.members(0).organisation());
  EXPECT_EQ(Record(request, staff_), "FIELD_INVALID");
  EXPECT_EQ(Record(NewEngagement(), mag_), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_EQ(Record(NewEngagement(), director_), "ROLE_NOT_PERMITTED");
}

}  // namespace
}  // namespace accord::strategy
