// These tests read the founding table of agencies: what it says, on which days, and which faults of it
// are named.
#include "services/registry/agencies/agencies_csv.h"

#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "services/registry/agencies/agency_life.h"
#include "services/registry/resource_names.h"
#include "services/registry/testing/fixture.h"

namespace accord::registry {
namespace {

TEST(AgenciesCsv, EveryRealAgencyLoadsAndUnknownDaysStayEmpty) {
  std::map<AgencyKind, int> kinds;
  int dated = 0;
  for (const auto& agency : RealAgencies()) {
    ++kinds[agency.kind()];
    dated += !agency.valid_from().empty();
  }
  EXPECT_EQ(kinds[AGENCY_KIND_CHILDREN_AID_SOCIETY], 52);
  EXPECT_EQ(kinds[AGENCY_KIND_POLICE_SERVICE], 69);
  EXPECT_EQ(kinds[AGENCY_KIND_COORDINATION_OFFICE], 1);
  EXPECT_EQ(dated, 6);
}

TEST(AgenciesCsv, FirstAndLastDaysAreThoseThatASourcePrintsAndNoOthers) {
  std::map<std::string, std::string> days, months;
  for (const auto& agency : RealAgencies()) {
    const std::string life = absl::StrCat(agency.valid_from(), "..", agency.valid_to());
    if (life != "..") days[agency.name()] = life;
    const std::string about = absl::StrCat(agency.about_from(), "..", agency.about_to());
    if (about != "..") months[agency.name()] = about;
    // A month without a day is kept as such, and never made the first of the month.
    if (absl::StrContains(agency.notes(), "left empty")) {
      EXPECT_EQ(life, "..") << agency.name();
      EXPECT_NE(about, "..") << agency.name();
    }
  }
  const std::map<std::string, std::string> expected_months = {{"agencies/cas-i-abinoojii", "2006-07.."},
                                                              {"agencies/cas-i-niijaan", "2021.."},
                                                              {"agencies/cas-i-ogwadeni", "2018-01.."},
                                                              {"agencies/ps-shelburne", "..2021"}};
  EXPECT_EQ(months, expected_months);
  const std::map<std::string, std::string> expected = {
      {"agencies/cas-i-akwesasne", "2011-09-06.."},     {"agencies/cas-i-dnaag", "2019-02-28.."},
      {"agencies/cas-i-kina", "2015-04-01.."},          {"agencies/cas-i-kunuwanimano", "2015-05-01.."},
      {"agencies/cas-i-nogdawindamin", "2017-04-01.."}, {"agencies/ps-amherstburg", "..2019-01-01"},
      {"agencies/ps-dryden", "..2022-02-25"},           {"agencies/ps-espanola", "..2018-10-12"},
      {"agencies/ps-midland", "..2018-02-09"},          {"agencies/ps-orangeville", "..2020-10-02"},
      {"agencies/ps-stirling-rawdon", "..2017-10-13"},  {"agencies/ps-wingham", "..2019-02-22"},
      {"agencies/vs-hotline", "2019-05-29.."},
  };
  EXPECT_EQ(days, expected);
}

TEST(AgenciesCsv, EachAgencyExistsFromItsFirstDayToItsLast) {
  struct Row {
    const char* agency;
    const char* day;
    bool exists;
  };
  const std::vector<Row> rows = {
      {"cas-i-akwesasne", "2011-09-05", false},
      {"cas-i-akwesasne", "2011-09-06", true},
      {"cas-i-kina", "2015-03-31", false},
      {"cas-i-kina", "2015-04-01", true},
      {"cas-i-kunuwanimano", "2015-04-30", false},
      {"cas-i-kunuwanimano", "2015-05-01", true},
      {"cas-i-nogdawindamin", "2017-03-31", false},
      {"cas-i-nogdawindamin", "2017-04-01", true},
      {"cas-i-dnaag", "2019-02-27", false},
      {"cas-i-dnaag", "2019-02-28", true},
      {"vs-hotline", "2019-05-28", false},
      {"vs-hotline", "2019-05-29", true},
      {"ps-stirling-rawdon", "2017-10-12", true},
      {"ps-stirling-rawdon", "2017-10-13", false},
      {"ps-midland", "2018-02-08", true},
      {"ps-midland", "2018-02-09", false},
      {"ps-espanola", "2018-10-11", true},
      {"ps-espanola", "2018-10-12", false},
      {"ps-amherstburg", "2018-12-31", true},
      {"ps-amherstburg", "2019-01-01", false},
      {"ps-wingham", "2019-02-21", true},
      {"ps-wingham", "2019-02-22", false},
      {"ps-orangeville", "2020-10-01", true},
      {"ps-orangeville", "2020-10-02", false},
      {"ps-dryden", "2022-02-24", true},
      {"ps-dryden", "2022-02-25", false},
      // Of these only a month or a year is known, which bounds nothing.
      {"cas-i-ogwadeni", "2017-02-23", true},
      {"ps-shelburne", "2026-01-01", true},
  };
  std::map<std::string, v1::Agency> agencies;
  for (const auto& agency : RealAgencies()) agencies[PartOf(agency.name(), 1)] = agency;
  for (const Row& row : rows) {
    ASSERT_TRUE(agencies.contains(row.agency)) << row.agency;
    EXPECT_EQ(ExistsOn(agencies[row.agency], *ParseDay(row.day)), row.exists) << row.agency << " " << row.day;
  }
}

TEST(AgenciesCsv, AFaultNamesItsRecord) {
  const std::string header = "id,name,kind,region,indigenous,notes,valid_from,valid_to\n";
  for (const std::string bad :
       {"a,A,circus,x,false,,,\n", "a,A,crown,x,maybe,,,\n", "a,A,crown,x,false,,2017-02-30,\n",
        "a,A,crown,x,false,,2017-02-28,2017-02-28\n", "a,A,crown\n", "a,\"A,crown,x,false,,,\n",
        ",A,crown,x,false,,,\n"}) {
    EXPECT_THAT(ParseAgencies(header + bad).status().ToString(), ::testing::HasSubstr("record 2")) << bad;
  }
  const std::string wider = "id,name,kind,region,indigenous,notes,valid_from,valid_to,about_from,about_to\n";
  EXPECT_OK(ParseAgencies(wider + "a,A,crown,x,false,,,,2018,2021-04\n"));
  for (const std::string bad :
       {"a,A,crown,x,false,,,,2018-13,\n", "a,A,crown,x,false,,,,,2018-1\n", "a,A,crown,x,false,,,\n",
        "a,A,crown,x,false,,2018-01-02,,2018-01,\n", "a,A,crown,x,false,,,,2018-01-02,\n"}) {
    EXPECT_THAT(ParseAgencies(wider + bad).status().ToString(), ::testing::HasSubstr("record 2")) << bad;
  }
  const std::string widest =
      "id,name,kind,region,indigenous,notes,valid_from,valid_to,about_from,about_to,successor\n";
  EXPECT_OK(ParseAgencies(widest + "a,A,crown,x,false,,,,,,b\nb,B,crown,x,false,,,,,,\n"));
  for (const std::string bad :
       {"a,A,crown,x,false,,,,,,b\n", "a,A,crown,x,false,,,,,,a\n", "a,A,crown,x,false,,,,,\n"}) {
    EXPECT_THAT(ParseAgencies(widest + bad).status().ToString(), ::testing::HasSubstr("record 2")) << bad;
  }
  const std::string all =
      "id,name,kind,region,indigenous,notes,valid_from,valid_to,about_from,about_to,successor,names\n";
  EXPECT_OK(ParseAgencies(all + "a,A,crown,x,false,,,,,,,B||2018..2019|s;A|2018..2019||s\n"));
  for (const std::string bad :
       {"a,A,crown,x,false,,,,,,,B\n", "a,A,crown,x,false,,,,,,,B||2018|\n",
        "a,A,crown,x,false,,,,,,,B||2018-13|s\n", "a,A,crown,x,false,,,,,,,B||2019|s;A|2018-01-01||s\n"}) {
    EXPECT_THAT(ParseAgencies(all + bad).status().ToString(), ::testing::HasSubstr("record 2")) << bad;
  }
  EXPECT_THAT(ParseAgencies("id,name\n").status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "the header is not"));
}

TEST(AgenciesCsv, ThoseThatEndedNameWhoTookTheirPlace) {
  std::map<std::string, std::string> successors;
  for (const auto& agency : RealAgencies()) {
    if (!agency.successor().empty()) successors[PartOf(agency.name(), 1)] = agency.successor();
    if (agency.valid_to().empty()) continue;
    EXPECT_NE(agency.successor(), "") << agency.name();
  }
  const std::map<std::string, std::string> expected = {
      {"ps-amherstburg", "ps-windsor"}, {"ps-dryden", "ps-opp"},          {"ps-espanola", "ps-opp"},
      {"ps-midland", "ps-opp"},         {"ps-orangeville", "ps-opp"},     {"ps-shelburne", "ps-opp"},
      {"ps-wingham", "ps-opp"},         {"ps-stirling-rawdon", "ps-opp"},
  };
  EXPECT_EQ(successors, expected);
}

}  // namespace
}  // namespace accord::registry
