#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "common/base/name_key.h"
#include "common/testing/postgres.h"
#include "common/testing/walk.h"
#include "services/strategy/testing/fixture.h"

namespace accord::strategy {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// Every test runs on each kind of database.
class Engaged : public StrategyFixture, public ::testing::WithParamInterface<bool> {
 protected:
  Engaged() : StrategyFixture(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}

  v1::Coalition Known(const std::string& id) {
    v1::CreateCoalitionRequest request;
    request.set_parent("agencies/co-pahtco");
    request.mutable_coalition()->set_coalition_id(id);
    request.mutable_coalition()->set_source_ref("a list");
    return Must(Call<v1::Coalition>(staff_, request));
  }
  std::string Add(v1::Coalition* coalition, const std::string& title) {
    v1::AddCoalitionMemberRequest request;
    request.set_title(title);
    request.set_source_ref("a list");
    return Move(staff_, coalition, request);
  }
  v1::ListOrganisationsResponse Organisations() {
    return Must(Call<v1::ListOrganisationsResponse>(police_, v1::ListOrganisationsRequest()));
  }
  static v1::CreateEngagementRollupRequest NewRollup() {
    v1::CreateEngagementRollupRequest request;
    request.set_parent("agencies/co-pahtco");
    auto* rollup = request.mutable_engagement_rollup();
    rollup->set_as_of("2017-02-23");
    rollup->set_coalitions(12);
    rollup->set_coalitions_qualifier(v1::QUALIFIER_EXACT);
    rollup->set_organisations(160);
    rollup->set_organisations_qualifier(v1::QUALIFIER_CLOSE_TO);
    rollup->set_as_stated("close to 160 organizations and community groups");
    rollup->set_fund("cbsf");
    rollup->set_source_ref("seed rows 3, 4 and 6");
    return request;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, Engaged, ::testing::Bool(),
                         [](const auto& database) { return database.param ? "PostgreSQL" : "SQLite"; });

TEST_P(Engaged, AnOrganisationOfTwoCoalitionsCountsOnceHoweverItIsWritten) {
  v1::Coalition north = Known("north"), south = Known("south");
  ASSERT_EQ(Add(&north, "Native Women's Centre"), "");
  ASSERT_EQ(Add(&south, "NATIVE WOMENS CENTRE"), "");
  ASSERT_EQ(Add(&south, "Another Centre"), "");
  EXPECT_THAT(Organisations().organisations(), SizeIs(2));
  EXPECT_EQ(north.members(0).organisation(), south.members(0).organisation());
  v1::GetOrganisationRequest get;
  get.set_name(north.members(0).organisation());
  const auto organisation = Must(Call<v1::Organisation>(police_, get));
  EXPECT_EQ(organisation.title(), "Native Women's Centre");
  EXPECT_THAT(organisation.aliases(), ElementsAre("NATIVE WOMENS CENTRE"));
  EXPECT_EQ(Add(&south, "Native Women\u2019s Centre"), "ALREADY_RECORDED");
  EXPECT_EQ(Add(&south, "..."), "ORGANISATION_NAME_EMPTY");
}

TEST_P(Engaged, AnOrganisationIsKnownInLettersOfOtherLanguagesAndUnderTheKeyOfBefore) {
  v1::Coalition north = Known("north"), south = Known("south");
  ASSERT_EQ(Add(&north, "Trung T\u00e2m Nguy\u1ec5n"), "");
  ASSERT_EQ(Add(&south, "TRUNG T\u00c2M NGUY\u1ec4N"), "");
  EXPECT_EQ(north.members(0).organisation(), south.members(0).organisation());
  const std::string before = NameKeyBefore("Trung T\u00e2m Nguy\u1ec5n");
  EXPECT_NE(before, NameKey("Trung T\u00e2m Nguy\u1ec5n"));
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
    return tx.Exec("update organisation_key set key = :p1", before).status();
  }));
  v1::Coalition east = Known("east");
  ASSERT_EQ(Add(&east, "Trung T\u00e2m Nguy\u1ec5n"), "");
  EXPECT_EQ(north.members(0).organisation(), east.members(0).organisation());
  EXPECT_THAT(Organisations().organisations(), SizeIs(1));
}

TEST_P(Engaged, OfManyWhoAddOneOrganisationAtOnceOneMakesIt) {
  std::vector<v1::Coalition> coalitions;
  for (int i = 0; i < 20; ++i) coalitions.push_back(Known(absl::StrCat("coalition-", i)));
  std::atomic<int> added{0};
  std::vector<std::thread> people;
  for (v1::Coalition& coalition : coalitions) {
    people.emplace_back([&, mine = &coalition] {
      if (Add(mine, "Native Women's Centre").empty()) ++added;
    });
  }
  for (std::thread& person : people) person.join();
  EXPECT_EQ(added, 20);
  EXPECT_THAT(Organisations().organisations(), SizeIs(1));
  for (const v1::Coalition& coalition : coalitions) {
    ASSERT_THAT(coalition.members(), SizeIs(1));
    EXPECT_EQ(coalition.members(0).organisation(), coalitions[0].members(0).organisation());
  }
}

TEST_P(Engaged, AMembershipThatEndsStaysReadable) {
  v1::Coalition coalition = Known("north");
  ASSERT_EQ(Add(&coalition, "Native Women's Centre"), "");
  v1::EndCoalitionMemberRequest end;
  end.set_organisation(coalition.members(0).organisation());
  end.set_member_until("2026-11-25");
  EXPECT_EQ(Move(staff_, &coalition, end), "EVENT_IN_FUTURE");
  end.set_member_until("2026-11-24");
  ASSERT_EQ(Move(staff_, &coalition, end), "");
  EXPECT_EQ(coalition.members(0).member_until(), "2026-11-24");
  EXPECT_EQ(Move(staff_, &coalition, end), "MEMBERSHIP_UNKNOWN");
  ASSERT_EQ(Add(&coalition, "Native Women's Centre"), "");
  EXPECT_THAT(coalition.members(), SizeIs(2));
}

TEST_P(Engaged, WhereNamesAreNotKnownTheNumbersAreAttestedAsTheyWereStated) {
  const auto rollup = Must(Call<v1::EngagementRollup>(staff_, NewRollup()));
  v1::GetEngagementRollupRequest get;
  get.set_name(rollup.name());
  const auto read = Must(Call<v1::EngagementRollup>(police_, get));
  EXPECT_EQ(read.coalitions(), 12);
  EXPECT_EQ(read.organisations(), 160);
  EXPECT_EQ(read.organisations_qualifier(), v1::QUALIFIER_CLOSE_TO);
  v1::CreateEngagementRollupRequest inexact = NewRollup();
  inexact.mutable_engagement_rollup()->clear_organisations_qualifier();
  EXPECT_THAT(Call<v1::EngagementRollup>(staff_, inexact), RefusedBy(rules::kRollupWithoutNumber));
  v1::CreateEngagementRollupRequest unknown = NewRollup();
  unknown.mutable_engagement_rollup()->clear_organisations();
  unknown.mutable_engagement_rollup()->clear_organisations_qualifier();
  EXPECT_FALSE(Must(Call<v1::EngagementRollup>(staff_, unknown)).has_organisations());
  unknown.mutable_engagement_rollup()->clear_coalitions();
  unknown.mutable_engagement_rollup()->clear_coalitions_qualifier();
  EXPECT_THAT(Call<v1::EngagementRollup>(staff_, unknown), RefusedBy(rules::kRollupWithoutNumber));
  EXPECT_THAT(Call<v1::EngagementRollup>(mag_, NewRollup()), RefusedBy(rules::kAgencyKindNotPermitted));
}

// Scenario E3 records a thirteenth coalition, and the answer says that twelve were attested.
TEST_P(Engaged, ACoalitionMoreThanWereAttestedSaysWhatItContradicts) {
  for (int i = 0; i < 12; ++i) EXPECT_EQ(Known(absl::StrCat("named-", i)).contradicts_rollup(), "");
  EXPECT_EQ(Known("before-anything-was-attested").contradicts_rollup(), "");
  v1::CreateEngagementRollupRequest earlier = NewRollup();
  earlier.mutable_engagement_rollup()->set_as_of("2016-12-31");
  earlier.mutable_engagement_rollup()->set_coalitions(90);
  Must(Call<v1::EngagementRollup>(staff_, earlier));
  const auto rollup = Must(Call<v1::EngagementRollup>(staff_, NewRollup()));
  const v1::Coalition more = Known("one-more");
  EXPECT_EQ(more.contradicts_rollup(), rollup.name());
  // The coalition is recorded all the same, and the attested number stays as it is.
  v1::GetCoalitionRequest get;
  get.set_name(more.name());
  EXPECT_EQ(Must(Call<v1::Coalition>(police_, get)).contradicts_rollup(), "");
  v1::GetEngagementRollupRequest read;
  read.set_name(rollup.name());
  EXPECT_EQ(Must(Call<v1::EngagementRollup>(police_, read)).coalitions(), 12);
  // An approximate number contradicts nothing.
  v1::CreateEngagementRollupRequest about = NewRollup();
  about.mutable_engagement_rollup()->set_as_of("2017-03-31");
  about.mutable_engagement_rollup()->set_coalitions(5);
  about.mutable_engagement_rollup()->set_coalitions_qualifier(v1::QUALIFIER_CLOSE_TO);
  Must(Call<v1::EngagementRollup>(staff_, about));
  EXPECT_EQ(Known("yet-another").contradicts_rollup(), rollup.name());
  v1::CreateEngagementRollupRequest enough = NewRollup();
  enough.mutable_engagement_rollup()->set_as_of("2017-06-30");
  enough.mutable_engagement_rollup()->set_coalitions(16);
  Must(Call<v1::EngagementRollup>(staff_, enough));
  EXPECT_EQ(Known("the-sixteenth").contradicts_rollup(), "");
}

class EngagementWalk : public StrategyFixture {};

TEST_F(EngagementWalk, OfWhomTheOfficeEngaged) {
  using annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  using annotations::v1::ROLE_OFFICE_STAFF;
  v1::CreateCoalitionRequest create;
  create.set_parent("agencies/co-pahtco");
  create.mutable_coalition()->set_coalition_id("walked");
  create.mutable_coalition()->set_source_ref("a list");
  const auto coalition = Must(Call<v1::Coalition>(staff_, create));
  testing::Walk walk;
  walk.service = "accord.strategy.v1.EngagementService";
  walk.agencies = {
      {"office", {"co-pahtco", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}},
      {"another office", {"co-another", AGENCY_KIND_COORDINATION_OFFICE, "staff", ROLE_OFFICE_STAFF}}};
  walk.states = {"any"};
  walk.make = [&](const std::string&) { return coalition.name(); };
  walk.table = {{"AddCoalitionMember", {"office"}, {}}, {"EndCoalitionMember", {"office"}, {}}};
  const std::set<std::string> begun = {"CreateCoalition", "CreateEngagementRollup", "CreateEngagement"};
  std::set<std::string> others = begun;
  others.insert("LinkOrganisation");
  EXPECT_GE(testing::WalkChanges(&in_process_, walk, others), 4);
  v1::AddCoalitionMemberRequest add;
  add.set_title("Another Centre");
  add.set_source_ref("a list");
  v1::GetCoalitionRequest get;
  get.set_name(coalition.name());
  auto with_member = Must(Call<v1::Coalition>(staff_, get));
  ASSERT_EQ(Move(staff_, &with_member, add), "");
  const std::string organisation = with_member.members().rbegin()->organisation();
  walk.make = [&](const std::string&) { return organisation; };
  walk.table = {{"LinkOrganisation", {"office"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk, testing::ChangesBut(walk.service, {"LinkOrganisation"})),
            2);
  walk.make = [](const std::string&) { return "agencies/co-pahtco"; };
  walk.table = {{"CreateCoalition", {"office"}, {}},
                {"CreateEngagementRollup", {"office"}, {}},
                {"CreateEngagement", {"office"}, {}}};
  EXPECT_GE(testing::WalkChanges(&in_process_, walk, testing::ChangesBut(walk.service, begun)), 6);
}

}  // namespace
}  // namespace accord::strategy
