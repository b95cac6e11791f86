// What is found in a rule set that somebody edits.
#include "clients/accordctl/operate/law_check.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "accord/protocols/v1/rules.pb.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string DataOf(const std::string& service) {
  return std::string(std::getenv("ACCORD_SOURCE_DIR")) + "/services/" + service + "/data/rules.textproto";
}

protocols::v1::RuleSet Edited() {
  protocols::v1::RuleSet set;
  EXPECT_OK(ReadTextProto(DataOf("protocols"), &set));
  return set;
}

TEST(LawCheck, FindsNothingInTheRowsThatTheServicesRead) {
  for (const char* service : {"prosecution", "protocols"}) {
    const auto report = CheckLawFile(DataOf(service));
    ASSERT_OK(report) << service;
    EXPECT_THAT(report->faults, IsEmpty()) << service;
    EXPECT_GT(report->rows.at(annotations::v1::LAW_MARK_VERIFIED), 10) << service;
    EXPECT_FALSE(report->rows.contains(annotations::v1::LAW_MARK_UNSPECIFIED)) << service;
    EXPECT_FALSE(report->currency.checked_to().empty()) << service;
  }
}

TEST(LawCheck, FindsEachFaultByItself) {
  const auto faults = [](auto change) {
    protocols::v1::RuleSet set = Edited();
    change(&set);
    return CheckLaw(set).faults;
  };
  EXPECT_THAT(faults([](auto* set) { set->mutable_grounds(0)->clear_mark(); }),
              Contains(HasSubstr("sexual_exploitation: a row has no mark")));
  EXPECT_THAT(faults([](auto* set) { set->mutable_grounds(0)->clear_source(); }),
              Contains(HasSubstr("does not say where it comes from")));
  EXPECT_THAT(faults([](auto* set) { set->mutable_grounds(2)->set_effective_from("2021-02-29"); }),
              Contains(HasSubstr("there is no such day 2021-02-29")));
  EXPECT_THAT(faults([](auto* set) { set->mutable_grounds(2)->set_effective_to("2021-10-01"); }),
              Contains(HasSubstr("a row ends before it begins")));
  EXPECT_THAT(faults([](auto* set) { set->mutable_age_rules(2)->set_effective_to("2017-12-31"); }),
              Contains(HasSubstr("no row applies from 2017-12-31 to 2018-01-01")));
  EXPECT_THAT(faults([](auto* set) { set->mutable_age_rules(2)->set_effective_to("2018-01-02"); }),
              Contains(HasSubstr("AGE_BAND_16_17: two rows apply on one day")));
  EXPECT_THAT(faults([](auto* set) { set->clear_currency(); }), Contains(HasSubstr("currency")));
}

TEST(LawCheck, AFileThatNamesNoRuleSetIsRefused) {
  const testing::TempDir folder;
  const std::string file = folder.path("rules.textproto");
  ASSERT_OK(
      WriteFile(file, "# proto-message: accord.training.v1.RuleSet\nsmall_cell: 5\n", FileKind::kPrivate));
  EXPECT_THAT(CheckLawFile(file).status(),
              testing::FailsWith(absl::StatusCode::kInvalidArgument, "names no rule set"));
}

}  // namespace
}  // namespace accord::ctl
