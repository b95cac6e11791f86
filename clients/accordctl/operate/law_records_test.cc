// This tests the commands by which the office puts law into force, and the text of a dry run.
#include "clients/accordctl/operate/law_records.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/testing/command_line_fixture.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(LawRecords, AreThoseOfTheServicesThatGoByDatedRows) {
  EXPECT_THAT(ServicesWithLaw(), ElementsAre("prosecution", "protocols", "supports"));
}

TEST(LawRecords, OfADryRunItIsSaidWhatItTellsAndThatItDoesNotTellAll) {
  host::v1::LawTrial trial;
  EXPECT_THAT(LawTrialText(trial), AllOf(HasSubstr("is not told"), Not(HasSubstr("at least"))));
  host::v1::LawEffect& effect = *trial.add_effects();
  effect.set_kind("accused");
  effect.set_what("ceiling");
  effect.set_at_least(15);
  trial.set_unreadable_at_least(5);
  EXPECT_THAT(LawTrialText(trial), AllOf(HasSubstr("at least 15 open records of the kind accused: ceiling"),
                                         HasSubstr("at least 5 records could not be read")));
}

class LawCommands : public CommandLine {};

TEST_F(LawCommands, NameTheServiceThatGoesByTheLaw) {
  EXPECT_EQ(Said("law propose rules.textproto --reason why"), "") << "the file names it";
  EXPECT_EQ(Said("law approve agencies/a/lawChanges/l --service prosecution --digest 0123456789abcdef"), "");
  EXPECT_THAT(Said("law approve agencies/a/lawChanges/l --service prosecution"), HasSubstr("--digest"));
  EXPECT_EQ(Said("law withdraw agencies/a/lawChanges/l --service protocols"), "");
  EXPECT_EQ(Said("law show agencies/a/lawChanges/l --service supports"), "");
  EXPECT_EQ(Said("law list --service supports"), "");
  EXPECT_THAT(Said("law list"), HasSubstr("--service"));
  EXPECT_THAT(Said("law list --service training"), HasSubstr("training"));
}

TEST_F(LawCommands, ACheckCountsTheRowsByMark) {
  const std::string counted = Ran(absl::StrCat("law check ", std::getenv("ACCORD_SOURCE_DIR"),
                                               "/services/prosecution/data/rules.textproto"));
  EXPECT_THAT(counted, AllOf(HasSubstr("compared to 2026-06-17"), HasSubstr(" rows verified\n"),
                             HasSubstr(" rows secondary\n"), HasSubstr("4 rows from memory\n"),
                             HasSubstr(" rows a choice\n"), Not(HasSubstr("PROBLEM"))));
}

// A policy test makes the page from the rows themselves, and this command counts them from
// the messages.
TEST_F(LawCommands, ACheckCountsAsThePageOfTheLawDoes) {
  const std::string source = std::getenv("ACCORD_SOURCE_DIR");
  const auto page = ReadFile(source + "/docs/law.md");
  ASSERT_OK(page);
  for (const char* service : {"prosecution", "protocols", "supports"}) {
    const std::string counted =
        Ran(absl::StrCat("law check ", source, "/services/", service, "/data/rules.textproto"));
    const std::vector<std::string> lines = absl::StrSplit(counted, '\n');
    std::vector<std::string> counts;
    for (const std::string& line : lines) {
      if (absl::StrContains(line, " rows ")) counts.push_back(absl::StrReplaceAll(line, {{" rows ", " "}}));
    }
    EXPECT_EQ(counts.size(), 4u) << counted;
    EXPECT_THAT(*page, HasSubstr(absl::StrCat("Rows by mark: ", absl::StrJoin(counts, ", "), ".")));
  }
}

TEST_F(LawCommands, SayTheFileThatCannotBeReadAndWhy) {
  for (const char* line : {"law check FILE", "law propose FILE --reason why"}) {
    for (const auto& [file, why] : {std::pair("/nowhere.textproto", "No such file or directory"),
                                    std::pair("/tmp", "Is a directory")}) {
      ASSERT_EQ(Said(absl::StrReplaceAll(line, {{"FILE", file}})), "") << line;
      const absl::Status status = session_.action();
      EXPECT_THAT(status, testing::RefusedBy(rules::kFileMissing)) << line;
      EXPECT_THAT(std::string(status.message()), HasSubstr(absl::StrCat(file, ": ", why))) << line;
    }
  }
}

TEST_F(LawCommands, ADifferenceIsOfAFileOrOfAService) {
  ASSERT_EQ(Said("law diff --from 2026-01-01 --to 2026-02-01"), "");
  EXPECT_THAT(std::string(session_.action().message()), HasSubstr("name a file"));
  EXPECT_EQ(Said("law diff --from 2026-01-01 --to 2026-02-01 --service prosecution"), "");
}

}  // namespace
}  // namespace accord::ctl
