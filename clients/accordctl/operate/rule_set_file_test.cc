// This tests the faults that are found in a rule set that somebody edits.
#include "clients/accordctl/operate/rule_set_file.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/rules.pb.h"
#include "common/base/file.h"
#include "common/base/text_proto.h"
#include "common/testing/matchers.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
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
  for (const auto& [service, verified] :
       std::map<std::string, int>{{"prosecution", 60}, {"protocols", 10}, {"supports", 4}}) {
    const auto rule_set = ReadRuleSet(DataOf(service));
    ASSERT_OK(rule_set) << service;
    const LawReport report = CheckLaw(**rule_set);
    EXPECT_THAT(report.faults, IsEmpty()) << service;
    EXPECT_GE(report.rows.at(annotations::v1::LAW_MARK_VERIFIED), verified) << service;
    EXPECT_FALSE(report.rows.contains(annotations::v1::LAW_MARK_UNSPECIFIED)) << service;
    EXPECT_FALSE(report.currency.checked_to().empty()) << service;
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
  EXPECT_THAT(faults([](auto* set) { set->mutable_grounds(4)->set_effective_from("2021-02-29"); }),
              Contains(HasSubstr("there is no such day 2021-02-29")));
  EXPECT_THAT(faults([](auto* set) { set->mutable_grounds(4)->set_effective_to("2021-10-01"); }),
              Contains(HasSubstr("a row ends before it begins")));
  EXPECT_THAT(faults([](auto* set) { set->mutable_age_rules(4)->set_effective_to("2017-12-31"); }),
              Contains(HasSubstr("no row applies from 2017-12-31 to 2018-01-01")));
  EXPECT_THAT(faults([](auto* set) { set->mutable_age_rules(4)->set_effective_to("2018-01-02"); }),
              Contains(HasSubstr("AGE_BAND_16_17: two rows apply on one day")));
  EXPECT_THAT(faults([](auto* set) { set->clear_currency(); }), Contains(HasSubstr("currency")));
  EXPECT_THAT(faults([](auto* set) { set->mutable_disputes(0)->set_business_days(2000000000); }),
              Contains(HasSubstr("DisputeRule.business_days: a number is below 0 or above 1000")));
  EXPECT_THAT(faults([](auto* set) { set->set_review_months(-1); }), Contains(HasSubstr("review_months")));
}

TEST(LawDiff, ListsWhatBeginsAndEndsFromOneDayToAnother) {
  const protocols::v1::RuleSet set = Edited();
  EXPECT_THAT(LawChanges(set, "2017-12-31", "2018-01-01"),
              ElementsAre(HasSubstr("2018-01-01: age_rules AGE_BAND_16_17 ends"),
                          HasSubstr("2018-01-01: age_rules AGE_BAND_16_17 begins")));
  EXPECT_THAT(LawChanges(set, "2018-01-01", "2018-04-29"), IsEmpty());
  // The new Act replaced another one, and each provision that continues has a row of each.
  const auto replaced = LawChanges(set, "2018-04-29", "2018-04-30");
  EXPECT_EQ(replaced.size(), 11u);
  EXPECT_THAT(replaced, Contains(HasSubstr("known_laws Child, Youth and Family Services Act, 2017 begins")));
  for (const char* row :
       {"age_rules AGE_BAND_UNDER_12", "age_rules AGE_BAND_12_15", "age_rules AGE_BAND_16_17",
        "grounds sexual_exploitation", "grounds risk_of_sexual_exploitation"}) {
    EXPECT_THAT(replaced, Contains(HasSubstr(absl::StrCat("2018-04-30: ", row, " ends")))) << row;
    EXPECT_THAT(replaced, Contains(HasSubstr(absl::StrCat("2018-04-30: ", row, " begins")))) << row;
  }
  EXPECT_THAT(LawChanges(set, "2019-06-20", "2019-06-21"),
              ElementsAre(HasSubstr("youth_records YOUTH_DISPOSITION_ORDER_S14_OR_S20 begins")));
  EXPECT_THAT(LawChanges(set, "2021-09-30", "2021-10-01"),
              ElementsAre(HasSubstr("2021-10-01: grounds child_sex_trafficking begins"),
                          HasSubstr("2021-10-01: grounds risk_of_child_sex_trafficking begins")));
}

TEST(LawCheck, AFileThatNamesNoRuleSetIsRefused) {
  const testing::TempDir folder;
  const std::string file = folder.path("rules.textproto");
  ASSERT_OK(
      WriteFile(file, "# proto-message: accord.training.v1.RuleSet\nsmall_cell: 5\n", FileKind::kPrivate));
  EXPECT_THAT(ReadRuleSet(file).status(),
              testing::FailsWith(absl::StatusCode::kInvalidArgument, "names no rule set"));
}

}  // namespace
}  // namespace accord::ctl
