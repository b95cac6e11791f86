#include "clients/accordctl/views/page.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/training_mark.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(PageForm, PutsValuesIntoAPartAndLooksIntoNoValue) {
  const PageForm form("coverage.html");
  EXPECT_EQ(form.Part("link", {{"id", "a"}, {"text", "{{id}}"}}), "<li><a href=\"#a\">{{id}}</a></li>\n");
}

TEST(PageForm, HasNoEndOfLineInAPartWhoseTagsStandOnOneLine) {
  EXPECT_EQ(PageForm("coverage.html").Part("apart"), "<td></td>");
}

TEST(PageForm, HasABodyWithoutItsParts) {
  EXPECT_THAT(PageForm("board.html").Body({}),
              AllOf(StartsWith("<a class=\"skip\""), Not(HasSubstr("<template"))));
}

class TrainingMarks : public ::testing::Test {
 protected:
  TrainingMarks() { MarkAsTraining(true); }
  ~TrainingMarks() override { MarkAsTraining(false); }
};

TEST_F(TrainingMarks, StandOnEveryPageInTheLanguageThatIsSpoken) {
  EXPECT_THAT(PageOf("Title", {"page.css"}, "<main></main>"),
              AllOf(HasSubstr("data-word=\"TRAINING\""), HasSubstr("Training: people and cases are made up."),
                    HasSubstr(".training::after")));
  const Speaking speaking(Language::kFrench);
  EXPECT_THAT(PageOf("Title", {"page.css"}, "<main></main>"), HasSubstr("data-word=\"FORMATION\""));
}

TEST_F(TrainingMarks, StandAboveEveryTableAndInNothingThatProgramsRead) {
  EXPECT_THAT(Table({{"NAME"}, {"01a"}}), StartsWith("TRAINING: people and cases are made up\nNAME\n"));
  EXPECT_THAT(PrintDocument({{"name", "01a"}}, Format::kJson), Not(HasSubstr("TRAINING")));
  MarkAsTraining(false);
  EXPECT_THAT(Table({{"NAME"}, {"01a"}}), StartsWith("NAME\n"));
  EXPECT_THAT(PageOf("Title", {"page.css"}, "<main></main>"), Not(HasSubstr("training")));
}

// Whoever changes a page finds it in pages/, with its markup whole.
TEST(PageSources, HoldNoMarkup) {
  const char* root = std::getenv("ACCORD_SOURCE_DIR");
  ASSERT_NE(root, nullptr);
  int read = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::string(root) + "/clients/accordctl/views")) {
    const std::string name = entry.path().filename().string();
    const std::string kind = entry.path().extension().string();
    // page.cc reads the files, and tests say what comes out.
    if ((kind != ".cc" && kind != ".h") || name == "page.cc" || name.find("_test.cc") != std::string::npos) {
      continue;
    }
    const auto text = ReadFile(entry.path().string());
    ASSERT_TRUE(text.ok()) << name;
    EXPECT_THAT(*text, Not(HasSubstr("</"))) << name;
    ++read;
  }
  EXPECT_GT(read, 60);
}

}  // namespace
}  // namespace accord::ctl
