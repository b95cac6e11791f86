// These tests show who serves which territory on which day.
#include "services/protocols/coverage/territories.h"

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/testing/matchers.h"
#include "common/testing/service_fixture.h"

namespace accord::protocols {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::IsEmpty;
using testing::Must;
using ::testing::Not;

Territories RealTerritories() {
  return Must(Territories::Load(testing::SourceFile("services/protocols/data/territories.textproto")));
}

bool ShareOn(const Territories& territories, const std::string& society, const std::string& police,
             absl::CivilDay day) {
  return territories.PairsOn(day).contains({society, police});
}

TEST(TerritoriesByDay, EachAgencySharesGroundFromItsFirstDayToItsLast) {
  const Territories territories = RealTerritories();
  const std::string essex = "cas-windsor-essex";
  EXPECT_TRUE(ShareOn(territories, essex, "ps-amherstburg", absl::CivilDay(2018, 12, 31)));
  EXPECT_FALSE(ShareOn(territories, essex, "ps-amherstburg", absl::CivilDay(2019, 1, 1)));
  EXPECT_TRUE(ShareOn(territories, essex, "ps-windsor", absl::CivilDay(2019, 1, 1)));
  const std::string nogda = "cas-i-nogdawindamin";
  EXPECT_FALSE(ShareOn(territories, nogda, "ps-sudbury", absl::CivilDay(2017, 3, 31)));
  EXPECT_TRUE(ShareOn(territories, nogda, "ps-sudbury", absl::CivilDay(2017, 4, 1)));
  const std::string kunu = "cas-i-kunuwanimano";
  EXPECT_FALSE(ShareOn(territories, kunu, "ps-fn-naps", absl::CivilDay(2015, 4, 30)));
  EXPECT_TRUE(ShareOn(territories, kunu, "ps-fn-naps", absl::CivilDay(2015, 5, 1)));
}

TEST(TerritoriesByDay, WhoIsHeardOfAProtocolServesTheGroundOnThatDay) {
  const Territories territories = RealTerritories();
  EXPECT_THAT(territories.IndigenousOf("greater-sudbury", absl::CivilDay(2017, 3, 31)),
              Not(Contains("cas-i-nogdawindamin")));
  EXPECT_THAT(territories.IndigenousOf("greater-sudbury", absl::CivilDay(2017, 4, 1)),
              Contains("cas-i-nogdawindamin"));
  EXPECT_THAT(territories.IndigenousOf("akwesasne-cornwall-island", absl::CivilDay(2011, 9, 5)), IsEmpty());
  EXPECT_THAT(territories.IndigenousOf("akwesasne-cornwall-island", absl::CivilDay(2011, 9, 6)),
              ElementsAre("cas-i-akwesasne"));
  // The source prints the month alone of its designation.
  const std::string six_nations = "six-nations-brantford-brant";
  EXPECT_THAT(territories.IndigenousOf(six_nations, absl::CivilDay(2017, 12, 31)), IsEmpty());
  EXPECT_THAT(territories.IndigenousOf(six_nations, absl::CivilDay(2018, 1, 1)),
              ElementsAre("cas-i-ogwadeni"));
  EXPECT_THAT(territories.IndigenousOf(six_nations, absl::CivilDay(2018, 1, 31)),
              ElementsAre("cas-i-ogwadeni"));
  EXPECT_THAT(territories.IndigenousOf("greater-sudbury", absl::CivilDay(2020, 12, 31)),
              Not(Contains("cas-i-niijaan")));
  EXPECT_THAT(territories.IndigenousOf("greater-sudbury", absl::CivilDay(2021, 12, 31)),
              Contains("cas-i-niijaan"));
  // That nobody knows of a police service there does not change who is known.
  EXPECT_TRUE(territories.IsSociety("cas-i-ogwadeni"));
  EXPECT_THAT(territories.UnknownOn(absl::CivilDay(2026, 11, 24)), Not(Contains("cas-i-ogwadeni")));
}

TEST(TerritoriesByDay, ADayThatDoesNotExistAndALifeThatEndsFirstAreRefused) {
  const auto refused = [](const std::string& from, const std::string& to) {
    v1::TerritorySet set;
    auto* territory = set.add_territories();
    territory->set_code("somewhere");
    territory->set_source("a test");
    auto* police = territory->add_police();
    police->set_agency("ps-some");
    police->set_effective_from(from);
    police->set_effective_to(to);
    return Territories::From(std::move(set)).status();
  };
  EXPECT_OK(refused("2019-01-01", "2019-01-02"));
  EXPECT_THAT(refused("2019-02-29", ""), FailsWith(absl::StatusCode::kInvalidArgument, "no such day"));
  EXPECT_THAT(refused("2019-01-01", "2019-01-01"),
              FailsWith(absl::StatusCode::kInvalidArgument, "before it comes"));
}

TEST(TerritoriesByDay, WhoEndedOrIsNotYetThereSharesNoGroundAndAMonthAloneLeavesItOpen) {
  struct Row {
    std::string society, police, day;
    bool shares;
    std::set<std::string> uncertain;
  };
  const std::set<std::string> nobody;
  const std::vector<Row> rows = {
      {"cas-windsor-essex", "ps-amherstburg", "2018-12-31", true, nobody},
      {"cas-windsor-essex", "ps-amherstburg", "2019-01-01", false, nobody},
      {"cas-i-kina", "ps-fn-uccm", "2015-03-31", false, nobody},
      {"cas-i-kina", "ps-fn-uccm", "2015-04-01", true, nobody},
      {"cas-i-niijaan", "ps-sudbury", "2020-12-31", false, nobody},
      {"cas-i-niijaan", "ps-sudbury", "2021-04-01", true, {"cas-i-niijaan"}},
      {"cas-i-niijaan", "ps-sudbury", "2021-12-31", true, nobody},
  };
  const Territories territories = RealTerritories();
  for (const Row& row : rows) {
    const absl::CivilDay day = *ParseDay(row.day);
    EXPECT_EQ(ShareOn(territories, row.society, row.police, day), row.shares) << row.society << row.day;
    EXPECT_EQ(territories.UncertainOn({row.society, row.police}, day), row.uncertain)
        << row.society << row.day;
  }
}

TEST(TerritoriesByDay, OfUnknownTerritoryIsNobodyWhoIsKnownNotToExist) {
  const Territories territories = RealTerritories();
  const auto unknown = [&](const std::string& day) { return territories.UnknownOn(*ParseDay(day)); };
  EXPECT_THAT(unknown("2018-02-08"), Contains("ps-midland"));
  EXPECT_THAT(unknown("2018-02-09"), Not(Contains("ps-midland")));
  EXPECT_THAT(unknown("2019-02-27"), Not(Contains("cas-i-dnaag")));
  EXPECT_THAT(unknown("2019-02-28"), Contains("cas-i-dnaag"));
  // The source prints the year alone for Shelburne.
  EXPECT_THAT(unknown("2021-06-01"), Contains("ps-shelburne"));
  EXPECT_THAT(unknown("2021-12-31"), Not(Contains("ps-shelburne")));
}

TEST(TerritoriesByDay, ALifeIsToldOnceAndOfSomebodyWhoIsNamed) {
  v1::TerritorySet set;
  set.add_unknown_police("ps-some");
  set.add_lives()->set_agency("ps-other");
  EXPECT_THAT(Territories::From(set).status(), FailsWith(absl::StatusCode::kInvalidArgument, "of nobody"));
  set.mutable_lives(0)->set_agency("ps-some");
  EXPECT_OK(Territories::From(set).status());
  set.add_lives()->set_agency("ps-some");
  EXPECT_THAT(Territories::From(set).status(), FailsWith(absl::StatusCode::kInvalidArgument, "twice"));
  set.mutable_lives()->RemoveLast();
  set.mutable_lives(0)->set_effective_from("2018-13");
  EXPECT_THAT(Territories::From(set).status(), FailsWith(absl::StatusCode::kInvalidArgument, "no such day"));
}

}  // namespace
}  // namespace accord::protocols
