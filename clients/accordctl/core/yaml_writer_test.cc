#include "clients/accordctl/core/yaml_writer.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "clients/accordctl/core/assignment.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/file.h"
#include "common/testing/pki.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// This gives texts that somebody may type and that a YAML 1.1 parser would read as something else.
std::vector<std::string> OddTexts() {
  return {"",
          "y",
          "N",
          "yes",
          "No",
          "ON",
          "off",
          "true",
          "False",
          "null",
          "Null",
          "~",
          "0123",
          "0o17",
          "0x1F",
          "1e3",
          "1_000",
          "12:30",
          "12:30:45",
          "1.5",
          ".5",
          "-.inf",
          ".NaN",
          "+1",
          "-1",
          "2026-11-26",
          "2026-11-26T01:02:03Z",
          "=",
          "<<",
          "-",
          "- a",
          "?",
          "? a",
          ":",
          "a: b",
          "a:",
          "a #b",
          "#a",
          "&a",
          "*a",
          "!a",
          "!!str a",
          "|",
          ">",
          "%YAML 1.1",
          "@a",
          "`a`",
          "'a'",
          "\"a\"",
          "a\"b\\c",
          "[a]",
          "{a: b}",
          ",",
          "---",
          "...",
          " leading",
          "trailing ",
          "\ttab",
          "tab\t",
          "a\tb",
          "line\n",
          "two\nlines",
          "two\nlines\n",
          "end\n\n",
          "\nfirst",
          "\n",
          "cr\r",
          "cr\r\nlf",
          "a\n\n\nb",
          "a\n  b\n c",
          "a\n \nb",
          "a\n\tb",
          "a\n---\nb",
          "a\n# b",
          "a\n...\n",
          "nel\u0085x",
          "ls\u2028x",
          "ps\u2029x",
          "\u00a0",
          "\ufeffx",
          "x\ufeff",
          "\u200bx",
          "\u202ex",
          "\x1b[2J",
          "\x7f",
          "del\x01",
          "caf\u00e9",
          "\u00c9t\u00e9",
          "\u6771\u4eac",
          "\U0001f600",
          "\U000e0041",
          "\ufffe",
          "\\u0041",
          "\\n",
          "a\\",
          "C:\\dir",
          "He said: wait",
          "\"He said: wait\"",
          "100%",
          "a, b",
          "key: [1, 2]"};
}

Json Document(const std::string& text) {
  return {
      {"text", text}, {"list", {text, {{"deep", text}, {"etag", "x"}}, {text}}}, {"last", {{"text", text}}}};
}

TEST(Yaml, BringsEveryTextBackByteForByte) {
  for (const std::string& text : OddTexts()) {
    for (const std::string ending : {"", "\n"}) {
      const std::string yaml = ToYaml(Document(text)) + ending;
      const auto read = ParseYaml(yaml, "file");
      ASSERT_TRUE(read.ok()) << read.status() << "\n" << yaml;
      EXPECT_EQ(*read, Document(text)) << yaml;
    }
    EXPECT_EQ(*ParseYaml(ToYaml(Json(text)) + "\n", "file"), Json(text)) << ToYaml(Json(text));
  }
}

TEST(Yaml, ShowsNothingThatIsHidden) {
  for (const std::string& text : OddTexts())
    EXPECT_FALSE(NeedsEscaping(ToYaml(Document(text)))) << ToYaml(Json(text));
}

TEST(Yaml, IsReadAsTheSameByAReaderOfVersion11) {
  testing::TempDir directory;
  Json all = Json::array();
  std::string yaml;
  for (const std::string& text : OddTexts()) all.push_back(Document(text));
  ASSERT_TRUE(WriteFile(directory.path("a.yaml"), ToYaml(all) + "\n", FileKind::kPrivate).ok());
  ASSERT_TRUE(WriteFile(directory.path("a.json"), DumpJson(all), FileKind::kPrivate).ok());
  // PyYAML is a YAML 1.1 parser, and Debian has it.
  const std::string compare =
      "import json, sys, yaml; a = yaml.safe_load(open(sys.argv[1], encoding='utf-8', newline='')); "
      "b = json.load(open(sys.argv[2], encoding='utf-8')); "
      "sys.exit(0 if a == b else 'differs: ' + repr([(x, y) for x, y in zip(a, b) if x != y][:3]))";
  const std::string line = absl::StrCat("/usr/bin/python3 -c \"", compare, "\" ", directory.path("a.yaml"),
                                        " ", directory.path("a.json"));
  EXPECT_EQ(std::system(line.c_str()), 0) << ToYaml(all);
}

TEST(Yaml, StaysPlainWherePeopleReadIt) {
  EXPECT_EQ(ToYaml({{"name", "agencies/cas-york"},
                    {"title", "Plan for 2026 (York Region)"},
                    {"list", {"a", "b"}},
                    {"parts", {{{"agency", "ps-york"}, {"lead", true}}}},
                    {"text", "two\nlines\n"},
                    {"none", Json::array()},
                    {"count", 3}}),
            "name: agencies/cas-york\n"
            "title: Plan for 2026 (York Region)\n"
            "list:\n"
            "  - a\n"
            "  - b\n"
            "parts:\n"
            "  - agency: ps-york\n"
            "    lead: true\n"
            "text: |\n"
            "  two\n"
            "  lines\n"
            "none: []\n"
            "count: 3");
}

TEST(Yaml, HasKeysOfAnyKind) {
  Json json = Json::object();
  for (const std::string& text : OddTexts()) json[text] = text;
  json[std::string(3000, 'k')] = {{"deep", {"a"}}, {std::string(3000, ' '), "x"}};
  EXPECT_EQ(*ParseYaml(ToYaml(json), "file"), json) << ToYaml(json);
}

TEST(Yaml, OfAMessageUpdatesItToTheSame) {
  for (const std::string& text : OddTexts()) {
    protocols::v1::Protocol protocol, again;
    protocol.set_title(text);
    protocol.add_territory(text);
    protocol.add_sections()->set_text(text);
    const auto read = ParseYaml(ToYaml(ToJson(protocol)) + "\n", "file");
    ASSERT_TRUE(read.ok() && FromJson(*read, &again).ok()) << ToYaml(ToJson(protocol));
    EXPECT_EQ(again.SerializeAsString(), protocol.SerializeAsString()) << ToYaml(ToJson(protocol));
  }
}

TEST(Assignments, TakeTextAsItWasTyped) {
  const auto set = [](const std::string& assignment) {
    Json json = Json::object();
    EXPECT_TRUE(ApplyAssignment(&json, assignment, registry::v1::Agency::descriptor()).ok()) << assignment;
    return json;
  };
  for (const std::string text : {"null", "true", "~", "\"He said: wait\"", "'x'", "[1]", "{}", "0123", "1e3",
                                 " a ", "a=b", "", "a: b"}) {
    EXPECT_EQ(set("notes=" + text), (Json{{"notes", text}}));
    EXPECT_EQ(set("displayName=" + text), (Json{{"displayName", text}}));
  }
  EXPECT_EQ(set("indigenous=true"), (Json{{"indigenous", true}}));
  EXPECT_EQ(set("kind=crown"), (Json{{"kind", "crown"}}));
  EXPECT_EQ(set("create_time=null"), (Json{{"create_time", nullptr}}));
  EXPECT_EQ(set("create_time=2026-11-26T00:00:00Z"), (Json{{"create_time", "2026-11-26T00:00:00Z"}}));
}

TEST(Assignments, ReachTextInListsAndMessages) {
  const auto set = [](const std::string& assignment) {
    Json json = Json::object();
    EXPECT_TRUE(ApplyAssignment(&json, assignment, protocols::v1::Protocol::descriptor()).ok()) << assignment;
    return json;
  };
  EXPECT_EQ(set("territory=[\"a\",\"b\"]"), (Json{{"territory", {"a", "b"}}}));
  EXPECT_EQ(set("territory=null"), (Json{{"territory", "null"}}));
  EXPECT_EQ(set("territory.0=[1]"), (Json{{"territory", {"[1]"}}}));
  EXPECT_EQ(set("sections.0.text=null"), (Json{{"sections", {{{"text", "null"}}}}}));
  EXPECT_EQ(set("parties=[{\"agency\":\"a\"}]"), (Json{{"parties", {{{"agency", "a"}}}}}));
}

TEST(Body, AFieldIsThereOnce) {
  protocols::v1::Protocol protocol;
  EXPECT_THAT(
      std::string(
          FromJson({{"effective_from", "2026-01-01"}, {"effectiveFrom", "2026-01-02"}}, &protocol).message()),
      HasSubstr("effectiveFrom: stands here twice"));
}

TEST(Body, TextIsTextAndUtf8) {
  protocols::v1::Protocol protocol;
  EXPECT_THAT(std::string(FromJson({{"title", true}}, &protocol).message()), HasSubstr("title: is text"));
  EXPECT_THAT(std::string(FromJson({{"title", {{"x", "y"}}}}, &protocol).message()),
              HasSubstr("title: is text"));
  EXPECT_THAT(std::string(FromJson({{"title", "a\xff"}}, &protocol).message()),
              HasSubstr("title: holds bytes that are no UTF-8"));
}

TEST(Yaml, HalfACharacterIsToldHowItIsWritten) {
  EXPECT_THAT(std::string(ParseYaml("title: \"\\ud83d\\ude00\"\n", "x").status().message()),
              ::testing::AllOf(HasSubstr("x:1:"), HasSubstr("\\U0001F600")));
  EXPECT_EQ((*ParseYaml("title: \"\\U0001F600\"\n", "x"))["title"], "\U0001F600");
}

TEST(Body, AnAmountInCentsIsDigitsAlone) {
  const auto* money = strategy::v1::YearPosition::descriptor();
  for (const char* amount : {"1,000", "$100", "12.34", ""}) {
    EXPECT_THAT(std::string(CheckJsonFields({{"ceiling_cents", amount}}, money).message()),
                HasSubstr("ceiling_cents: is an amount in cents, in digits alone"))
        << amount;
  }
  EXPECT_TRUE(CheckJsonFields({{"ceiling_cents", "1234"}}, money).ok());
}

TEST(Body, AnEmptyWordIsNoField) {
  protocols::v1::Protocol protocol;
  EXPECT_THAT(std::string(FromJson({{"", "x"}}, &protocol).message()),
              HasSubstr("an empty word stands where"));
}

}  // namespace
}  // namespace accord::ctl
