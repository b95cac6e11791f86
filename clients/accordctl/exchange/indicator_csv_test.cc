#include "clients/accordctl/exchange/indicator_csv.h"

#include <gmock/gmock.h>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/testing/exchange_samples.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::Must;
using testing::RefusedBy;
using ::testing::StartsWith;

std::vector<std::string> LinesOf(const std::vector<strategy::v1::IndicatorTable>& tables) {
  return absl::StrSplit(Must(IndicatorCsv(tables)), "\r\n", absl::SkipEmpty());
}

TEST(IndicatorCsv, TellsZeroNothingAndWithheldApart) {
  const std::vector<std::string> lines = LinesOf(SampleTables());
  ASSERT_EQ(lines.size(), 8u);
  EXPECT_THAT(lines[1], AllOf(StartsWith("agencies/co-pahtco/indicators/first-nations,"),
                              EndsWith(",,,,no_authorisation,,,,,,suppressed,,")));
  EXPECT_THAT(lines[2], AllOf(StartsWith("agencies/co-pahtco/indicators/homelessness,"),
                              EndsWith(",,,,no_observation,,,,,,not_stated,,")));
  EXPECT_THAT(lines[3], EndsWith(",2016-01-01,2016-01-28,shown,0,exact,,,,not_stated,,600"));
  EXPECT_THAT(lines[4], EndsWith(",2016-02-01,2016-02-28,suppressed,,,,,,not_stated,,600"));
  EXPECT_THAT(lines[5],
              EndsWith(",2016-03-01,2016-03-28,shown,450,about,,approximately 450,,not_stated,,600"));
  EXPECT_THAT(lines[6], EndsWith(",in_words,,exact,fewer than before,,,not_stated,,600"));
  EXPECT_THAT(lines[7], EndsWith(",shown,512,exact,,,,not_stated,,600"));
}

TEST(IndicatorCsv, HasAValueBeforeTheStrategyOnlyWhereOneIsTold) {
  strategy::v1::IndicatorTable table = ATable("small", "");
  table.set_baseline_status(strategy::v1::FIGURE_STATUS_SUPPRESSED);
  EXPECT_THAT(LinesOf({table})[1], EndsWith(",suppressed,,"));
  table.set_baseline_status(strategy::v1::FIGURE_STATUS_SHOWN);
  table.mutable_indicator()->set_baseline(0);
  EXPECT_THAT(LinesOf({table})[1], EndsWith(",shown,0,"));
}

TEST(IndicatorCsv, HasTheDefinitionAndTheTargetOfEachFigure) {
  strategy::v1::IndicatorTable table = ATable("revised", "");
  strategy::v1::Indicator* indicator = table.mutable_indicator();
  auto* first = indicator->add_definitions();
  first->set_version(1);
  first->set_text("first words");
  indicator->set_definition("second words");
  indicator->set_definition_version(2);
  indicator->set_target(600);
  AddFigure(strategy::v1::FIGURE_STATUS_SUPPRESSED, 1, &table);
  AddFigure(strategy::v1::FIGURE_STATUS_SUPPRESSED, 2, &table)->set_definition_version(2);
  std::vector<std::string> lines = LinesOf({table});
  EXPECT_THAT(lines[1], AllOf(HasSubstr(",first words,1,"), EndsWith(",not_stated,,")));
  EXPECT_THAT(lines[2], AllOf(HasSubstr(",second words,2,"), EndsWith(",not_stated,,600")));
  indicator->clear_definitions();
  lines = LinesOf({table});
  EXPECT_THAT(lines[1], HasSubstr("/indicators/revised,,1,"));
}

TEST(IndicatorCsv, HoldsTextsOfOthersAsText) {
  strategy::v1::IndicatorTable table = ATable("hostile", "");
  table.mutable_indicator()->set_definition(HostileText());
  const std::vector<std::string> lines = LinesOf({table});
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[1], HasSubstr(",\"'=1+1</narrative><script>alert(\"\"1\"\")"));
}

TEST(IndicatorCsv, OfOneIndicatorNeedsTheAuthorisationThatItsTableNeeds) {
  EXPECT_OK(CheckIndicatorMayLeaveAlone(SampleTables()[0]));
  EXPECT_THAT(CheckIndicatorMayLeaveAlone(SampleTables()[1]), RefusedBy(rules::kDataAuthorisationMissing));
}

TEST(IndicatorCsv, IsNeverEmpty) { EXPECT_THAT(IndicatorCsv({}), RefusedBy(rules::kExportEmpty)); }

TEST(IndicatorCsvMetadata, DescribesEveryColumnInItsOrder) {
  const Json metadata = Must(ParseJson(IndicatorCsvMetadata("/some/folder/indicators.csv")));
  EXPECT_EQ(metadata["url"], "indicators.csv");
  EXPECT_EQ(metadata["@context"][0], "http://www.w3.org/ns/csvw");
  std::vector<std::string> names;
  const Json columns = metadata["tableSchema"]["columns"];
  for (const Json& column : columns) {
    names.push_back(column["name"].get<std::string>());
    EXPECT_EQ(column["titles"], column["name"]);
    EXPECT_NE(column["dc:description"], "");
    EXPECT_TRUE(column.contains("datatype")) << names.back();
  }
  EXPECT_EQ(LinesOf(SampleTables()).front(), absl::StrJoin(names, ","));
}

}  // namespace
}  // namespace accord::ctl
