#include "clients/accordctl/core/visible_text.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "accord/protocols/v1/resources.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/screened_stream.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "clients/accordctl/views/page.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Shown, MakesVisibleWhatWouldMoveTheCursorOrTurnTheText) {
  EXPECT_EQ(Shown("Ottawa, Québec, 東京, \U0001f600"), "Ottawa, Québec, 東京, \U0001f600");
  EXPECT_EQ(Shown("\x1b[2Jgone"), "\\u001b[2Jgone");
  EXPECT_EQ(Shown("a\nb\rc\td\x7f"), "a\\u000ab\\u000dc\\u0009d\\u007f");
  EXPECT_EQ(Shown("\u009b31m"), "\\u009b31m") << "one character that begins a sequence by itself";
  EXPECT_EQ(Shown("safe\u202eexe.txt"), "safe\\u202eexe.txt");
  EXPECT_EQ(Shown("\u2066x\u2069\u2028"), "\\u2066x\\u2069\\u2028");
  EXPECT_EQ(Shown("\U000e0041"), "\\udb40\\udc41");
  for (const char* hidden :
       {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u061c", "\u3164", "\u115f",
        "\u2800", "\ufe0f", "\U000e0100", "\ufffe", "\U0001ffff", "\ufdd0"}) {
    EXPECT_THAT(Shown(std::string("pay") + hidden + "pal"),
                ::testing::MatchesRegex("pay(.u[0-9a-f]{4}){1,2}pal"));
    EXPECT_TRUE(NeedsEscaping(hidden));
  }
  EXPECT_EQ(Shown("\u00a0 \u202f"), "\u00a0 \u202f") << "blanks that French writes";
  EXPECT_EQ(Shown("\xff\xc3"), "\\udcff\\udcc3") << "no UTF-8, and half a character";
  EXPECT_EQ(Shown("\xed\xa0\x80"), "\\udced\\udca0\\udc80") << "a surrogate";
}

TEST(Screened, CoversEverythingThatAStreamPrints) {
  std::ostringstream out;
  {
    ScreenedStream screened(&out);
    out << "row\n"
        << '\t' << "\x1b[31mred\r"
        << "\xc3"
        << "\xa9" << std::flush << "\xc3";
  }
  EXPECT_EQ(out.str(), "row\n\t\\u001b[31mred\\u000dé\\udcc3");
  out << "\x1b";
  EXPECT_THAT(out.str(), HasSubstr("\x1b")) << "it is the stream's own again";
}

TEST(Screened, NoLetterBearsMoreMarksThanWritingNeeds) {
  EXPECT_EQ(Shown("e\u0301\u0323o\u0301"), "e\u0301\u0323o\u0301");
  std::string tower = "a";
  for (int i = 0; i < 6; ++i) tower += "\u0301";
  const std::string shown = "a\u0301\u0301\u0301\u0301\\u0301\\u0301";
  EXPECT_EQ(Shown(tower + "b\u0301"), shown + "b\u0301");
  EXPECT_TRUE(NeedsEscaping(tower));
  std::ostringstream out;
  {
    ScreenedStream screened(&out);
    out << tower.substr(0, 5) << tower.substr(5);
  }
  EXPECT_EQ(out.str(), shown) << "however it is handed over";
  const Json json = {{"note", tower}};
  std::ostringstream yaml;
  {
    ScreenedStream screened(&yaml);
    yaml << ToYaml(json);
  }
  EXPECT_EQ(*ParseYaml(yaml.str(), "x"), json);
}

TEST(Screened, ProgressStaysOnItsLine) {
  std::ostringstream out;
  {
    ScreenedStream screened(&out, true);
    out << "50%\r\x1b";
  }
  EXPECT_EQ(out.str(), "50%\r\\u001b");
}

TEST(Screened, JsonStaysTheSameJson) {
  const Json json = {{"note", "a\u202eb\u009bc\U000e0041"}};
  std::ostringstream out;
  {
    ScreenedStream screened(&out);
    out << DumpJson(json);
  }
  EXPECT_THAT(out.str(), Not(HasSubstr("\u202e")));
  EXPECT_EQ(*ParseJson(out.str()), json);
}

TEST(Screened, YamlStaysTheSameYaml) {
  const Json json = {{"note", "a\u202eb\nc\x1b"}};
  std::ostringstream out;
  {
    ScreenedStream screened(&out);
    out << ToYaml(json);
  }
  EXPECT_THAT(out.str(), Not(HasSubstr("\u202e")));
  EXPECT_EQ(*ParseYaml(out.str(), "x"), json);
}

TEST(Screened, YamlOfWhatIsNotSeenStaysTheSameToo) {
  const Json json = {{"note", "a\u200db\U000e0041"}};
  std::ostringstream out;
  {
    ScreenedStream screened(&out);
    out << ToYaml(json);
  }
  EXPECT_THAT(out.str(), HasSubstr("\\u200db\\U000e0041"));
  EXPECT_EQ(*ParseYaml(out.str(), "x"), json);
  std::ostringstream again;
  {
    ScreenedStream screened(&again);
    again << DumpJson(json);
  }
  EXPECT_EQ(*ParseYaml(again.str(), "x"), json) << "of JSON too";
}

TEST(Tables, HaveNoRowOfAnothersMaking) {
  const std::string table = Table({{"NAME", "NOTE"}, {"one", "x\ntwo  forged\x1b[1A"}});
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 2);
  EXPECT_THAT(table, HasSubstr("x\\u000atwo  forged\\u001b[1A"));
}

TEST(Fields, OfSeveralLinesCannotPassForOthers) {
  protocols::v1::Referral referral;
  referral.set_reporter_belief("first\nstate: closed\x1b[2J");
  const std::string shown = PrintOne(referral, Format::kTable);
  EXPECT_THAT(shown, HasSubstr("reporter_belief: first\n                 state: closed\\u001b[2J\n"));
}

TEST(Refusals, QuoteNoControlCharactersAndAnyBytes) {
  const absl::Status status = absl::InvalidArgumentError("\xff\x1b]0;title\x07\nforged");
  EXPECT_THAT(PrintError(status, Format::kTable), HasSubstr("\\udcff\\u001b]0;title\\u0007\\u000aforged\n"));
  EXPECT_TRUE(ParseJson(PrintError(status, Format::kJson)).ok());
}

TEST(Pages, HoldNoMarkupAndNoTurnedTextOfOthers) {
  EXPECT_EQ(EscapedHtml("<b a='x' c=\"y\">&\u202e"), "&lt;b a=&#39;x&#39; c=&quot;y&quot;&gt;&amp;\\u202e");
}

}  // namespace
}  // namespace accord::ctl
