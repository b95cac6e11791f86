#include "clients/accordctl/core/yaml_parser.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/assignment.h"
#include "clients/accordctl/core/document_limits.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/message_json.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"
#include "google/protobuf/struct.pb.h"

namespace accord::ctl {
namespace {

using accord::testing::FailsWith;
using ::testing::HasSubstr;

std::string Fault(const std::string& text) { return std::string(ParseYaml(text, "file").status().message()); }

TEST(Documents, AreReadAsPeopleWriteThem) {
  const Json json = *ParseYaml("a: [1, true, 'true', ~, x]\nb:\n  c: |\n    two\n    lines\n", "f");
  EXPECT_EQ(json, (Json{{"a", {"1", true, "true", nullptr, "x"}}, {"b", {{"c", "two\nlines\n"}}}}));
  EXPECT_EQ(*ParseYaml("", "f"), Json());
  EXPECT_EQ(*ParseYaml("true: x", "f"), (Json{{"true", "x"}}));
}

TEST(Documents, AreTextOfOneByteACharacterOrMore) {
  using namespace std::string_literals;
  EXPECT_THAT(Fault("a\0\0\0iEs: text"s), HasSubstr("holds a NUL"));
  EXPECT_THAT(Fault("a: \"x\0y\""s), HasSubstr("holds a NUL"));
}

TEST(Documents, NeverReferToThemselves) {
  EXPECT_THAT(Fault("a: &x [*x]"), HasSubstr("file:1:8: an alias"));
  EXPECT_THAT(Fault("a: &x {b: *x}"), HasSubstr("an alias"));
  EXPECT_THAT(Fault("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]"), HasSubstr("an alias")) << "the billion laughs";
  EXPECT_THAT(Fault("a: &x {a: 1}\n<<: *x"), HasSubstr("alias"));
}

TEST(Documents, AreBoundedInDepthNumberAndBytes) {
  EXPECT_THAT(Fault(std::string(65, '[') + std::string(65, ']')), HasSubstr("deeper"));
  EXPECT_NE(Fault(std::string(1'000'000, '[')), "");
  EXPECT_NE(Fault(std::string(1'000'000, '{')), "");
  std::string dashes;
  for (int i = 0; i < 100'000; ++i) absl::StrAppend(&dashes, "- ");
  EXPECT_NE(Fault(dashes), "");
  std::string many = "[";
  for (int i = 0; i <= kMaxDocumentNodes; ++i) absl::StrAppend(&many, "1,");
  EXPECT_THAT(Fault(many + "]"), HasSubstr("values"));
  std::string keys;
  for (int i = 0; i < 2000; ++i) absl::StrAppend(&keys, "k", i, ": 1\n");
  EXPECT_THAT(Fault(keys), HasSubstr("keys"));
  EXPECT_THAT(Fault(std::string(kMaxDocumentBytes + 1, 'x')), HasSubstr("larger"));
}

TEST(Documents, ThatNeverEndAreRefusedWithTheSizeThatOneMayHave) {
  const auto endless = ReadInputDocument("/dev/zero");
  EXPECT_EQ(accord::RuleOf(endless.status()), "FILE_TOO_LARGE");
  EXPECT_THAT(std::string(endless.status().message()),
              HasSubstr(absl::StrCat("/dev/zero: is larger than ", kMaxDocumentBytes, " bytes")));
  EXPECT_EQ(accord::RuleOf(ParseYaml(std::string(kMaxDocumentBytes + 1, 'x'), "f").status()),
            "FILE_TOO_LARGE");
}

TEST(Documents, ThatAreEmptySayNothingWhateverKindOfFileTheyAre) {
  EXPECT_EQ(ReadInputFile("/dev/null").value_or("unread"), "");
  EXPECT_THAT(std::string(ReadInputFile("/tmp").status().message()), HasSubstr("/tmp: Is a directory"));
}

TEST(Documents, ThatAreNeverEmptyAreRefusedByTheirNameIfTheyAre) {
  const auto said = [](const std::string& path) {
    return std::string(ReadNonEmptyFile(path, "the key").status().message());
  };
  EXPECT_EQ(said("/nowhere.key"), "/nowhere.key, the key: No such file or directory");
  EXPECT_EQ(said("/dev/null"), "/dev/null, the key: is empty: is it the right file?");
  EXPECT_EQ(said(""), "the key: no file is named");
}

TEST(Documents, AreOneAndUnambiguous) {
  EXPECT_THAT(Fault("a: 1\na: 2"), HasSubstr("twice"));
  EXPECT_THAT(Fault("a: 1\n---\na: 2"), HasSubstr("more than one"));
  EXPECT_THAT(Fault("[a]: 1"), HasSubstr("key"));
  EXPECT_THAT(Fault("? {a: b}\n: 1"), HasSubstr("key"));
  EXPECT_THAT(Fault("a: 'x"), HasSubstr("file:"));
}

TEST(Documents, WhoseQuotesAreNotClosedAreRefusedWhereTheyBegin) {
  for (const char* text : {"a: x\nb: \"y\nc: z\n", "a: x\nb: 'y\nc: z\n", "a: x\nb: \"y\\\"\n",
                           "a: x\nb: 'y''\n", "a: x\nb: &k \"y\n", "a: x\nb: ! \"y\n",
                           "\xef\xbb\xbf"
                           "a: x\nb: \"\xc3\xa9\n"}) {
    EXPECT_THAT(Fault(text), HasSubstr("file:2:4: the quotes that begin here are not closed")) << text;
  }
  EXPECT_EQ(*ParseYaml("a: \"x\n  y\"\nb: 'it''s'\nc: ''\ne: &k \"\\\"\"\n", "f"),
            (Json{{"a", "x y"}, {"b", "it's"}, {"c", ""}, {"e", "\""}}));
  EXPECT_EQ(*ParseYaml("\xef\xbb\xbf"
                       "a: \"x\"",
                       "f"),
            (Json{{"a", "x"}}));
  EXPECT_EQ(*ParseYaml("a: |\n  \"x\n", "f"), (Json{{"a", "\"x\n"}})) << "a text of lines has no quotes";
  EXPECT_EQ(*ParseYaml("a: !!str \"x\"\n", "f"), (Json{{"a", "x"}}));
}

TEST(Documents, SayWhatToDoAboutAFaultOfTheirForm) {
  EXPECT_THAT(Fault("a: x\n  b: y\n"), HasSubstr("file:2:4: there is a second colon"));
  EXPECT_THAT(Fault("a: |\n  x\n y\n"), HasSubstr("begin it like those before"));
  EXPECT_THAT(Fault("a: [x\n"), HasSubstr("a bracket that was opened is not closed"));
  EXPECT_THAT(Fault("a: \"x\n---\nb: y\n"), HasSubstr("the quotes of a text are not closed"));
  EXPECT_THAT(Fault("a: @x\n"), HasSubstr("file:1:4: no value begins with this sign"));
  EXPECT_THAT(Fault("a: x\n\tb: y\n"), HasSubstr("file:2:"));
  EXPECT_THAT(Fault("a: x\n\tb: y\n"), HasSubstr("a tab indents this line"));
  EXPECT_THAT(Fault("[[[["), ::testing::Not(HasSubstr("must be a word")));
  EXPECT_THAT(Fault("a: x\rb: y\r"), HasSubstr("file:1:5: lines end with CR alone"));
  EXPECT_EQ(*ParseYaml("a: x\n", "f"), *ParseYaml("a: x\r\n", "f"));
}

TEST(Documents, NameTheirFaultsByFileAndLine) {
  using namespace std::string_literals;
  EXPECT_THAT(Fault("a: x\nnotes: Caf\xe9\n"),
              HasSubstr("file:2:11: is not UTF-8 from here on: save it as UTF-8"));
  EXPECT_THAT(Fault("\xe9"), HasSubstr("file:1:1: "));
  EXPECT_THAT(Fault("a: x\n\xc3"), HasSubstr("file:2:1: is not UTF-8"));
  EXPECT_THAT(Fault("a: x\nb: \0"s), HasSubstr("file:2:4: holds a NUL"));
  EXPECT_THAT(Fault("\xff\xfe"
                    "a\0"s),
              HasSubstr("file:1:1: is UTF-16"));
  EXPECT_THAT(Fault("a: 1\n---\na: 2\n"),
              ::testing::MatchesRegex("file:[23]:1: holds more than one document.*"));
  EXPECT_THAT(Fault("a: 1\nb: 2\na: 3\n"), HasSubstr("file:3:1: the same key"));
  EXPECT_THAT(Fault("a: 1\nb: She said: help me\n"),
              HasSubstr("file:2:12: there is a second colon: put a text with a colon into quotes"));
  EXPECT_THAT(Fault("a: &x [1]\nb: *x\n"), HasSubstr("file:2:4: an alias"));
  EXPECT_THAT(Fault("a: !!binary aGk=\n"), HasSubstr("file:1:4: a tag"));
  EXPECT_THAT(Fault("a: !!map {}\n"), HasSubstr("a tag"));
}

TEST(Documents, KnowWhereEachFieldStands) {
  const std::string text =
      "# words\ntitle: x\nparties:\n- agency: a\n  part: b\n- {agency: c}\nlist: [1, 2]\n";
  EXPECT_EQ(PlaceInYaml("title", text, "f"), "f:2:1");
  EXPECT_EQ(PlaceInYaml("parties.0.part", text, "f"), "f:5:3");
  EXPECT_EQ(PlaceInYaml("parties.1.agency", text, "f"), "f:6:4");
  EXPECT_EQ(PlaceInYaml("list.1", text, "f"), "f:7:11");
  EXPECT_EQ(PlaceInYaml("parties.2.agency", text, "f"), "");
  EXPECT_EQ(PlaceInYaml("", text, "f"), "");
  EXPECT_EQ(PlaceInYaml("a", "a: [unclosed", "f"), "") << "no document";
}

TEST(Documents, AreTheSameBehindAByteOrderMarkAndWithEitherEndOfLine) {
  const Json json = {{"a", "x"}, {"b", {"y", "z"}}};
  EXPECT_EQ(*ParseYaml("\xef\xbb\xbf"
                       "a: x\r\nb:\r\n- y\r\n- z\r\n",
                       "f"),
            json);
  EXPECT_EQ(*ParseYaml("---\na: x\nb: [y, z]\n...\n", "f"), json);
}

TEST(Documents, TurnNoTextIntoANumberADayOrAnAnswer) {
  for (const std::string text : {"0o17", "0123", "0x1F", "12:30:45", "no", "On", "Y", "1e3", "1_000", ".inf",
                                 "2026-11-26", "99999999999999999999", "TRUE", "=", "<<"}) {
    EXPECT_EQ(*ParseYaml("a: " + text, "f"), (Json{{"a", text}})) << text;
  }
}

TEST(Documents, OfTextByItsTagAreText) {
  EXPECT_EQ(*ParseYaml("a: !!str true\nb: !!str ~\n", "f"), (Json{{"a", "true"}, {"b", "~"}}));
}

TEST(Documents, OfJsonMayWriteACharacterAsTwoEscapes) {
  const Json json = {{"a", "x\U0001f600y"}, {"b", "\\ud83d\\ude00 \" \\"}, {"c", "\n"}};
  const std::string text = json.dump(2, ' ', /*ensure_ascii=*/true);
  ASSERT_THAT(text, HasSubstr("\\ud83d\\ude00y"));
  EXPECT_EQ(*ParseYaml(text, "f"), json) << text;
  EXPECT_EQ(*ParseYaml("\xef\xbb\xbf" + text, "f"), json) << "behind a byte order mark";
  EXPECT_THAT(Fault("{\"a\": 1,\n \"a\": 2}"), HasSubstr("file:2:2: the same key"));
  EXPECT_THAT(Fault("{\"a\": \"\\ud83d\"}"), HasSubstr("file:1:"));
}

TEST(Documents, OfJsonAreBoundedToo) {
  EXPECT_THAT(ParseJson(std::string(1'000'000, '[')).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "is deeper than"));
  EXPECT_THAT(ParseJson(std::string(65, '[') + std::string(65, ']')).status(),
              FailsWith(absl::StatusCode::kInvalidArgument, "is deeper than"));
  EXPECT_OK(ParseJson(std::string(60, '[') + std::string(60, ']')).status());
  EXPECT_THAT(ParseJson("{\"a\":").status(), FailsWith(absl::StatusCode::kInvalidArgument, "is no JSON"));
  EXPECT_THAT(std::string(ParseJson("[{\"a\":1,\"b\":{\"a\":1},\"a\":2}]").status().message()),
              HasSubstr("one key twice"));
  EXPECT_OK(ParseJson("[{\"a\":1,\"b\":{\"a\":1}},{\"a\":2}]").status());
}

TEST(Documents, WithBytesThatAreNoTextAreRefusedAndNeverEndTheProcess) {
  google::protobuf::Value message;
  EXPECT_EQ(DumpJson(Json("\xff")), "\"\xef\xbf\xbd\"");
  Json json = Json::object();
  EXPECT_OK(ApplyAssignment(&json, "string_value=\xff\xfe"));
  EXPECT_THAT(FromJson(json, &message),
              FailsWith(absl::StatusCode::kInvalidArgument, "bytes that are no UTF-8"));
}

TEST(Assignments, ThatDoNotFitTogetherAreRefused) {
  Json json = Json::object();
  ASSERT_OK(ApplyAssignment(&json, "a=1"));
  EXPECT_THAT(ApplyAssignment(&json, "a.b=2"),
              FailsWith(absl::StatusCode::kInvalidArgument, "a word is for a mapping"));
  EXPECT_THAT(ApplyAssignment(&json, "a.0=2"),
              FailsWith(absl::StatusCode::kInvalidArgument, "a number is for a list"));
  ASSERT_OK(ApplyAssignment(&json, "list.0=2"));
  EXPECT_THAT(ApplyAssignment(&json, "list.x=2"),
              FailsWith(absl::StatusCode::kInvalidArgument, "a word is for a mapping"));
  std::string deep = "a1";
  for (int i = 0; i < 100'000; ++i) deep += ".a";
  EXPECT_THAT(ApplyAssignment(&json, deep + "=1"),
              FailsWith(absl::StatusCode::kInvalidArgument, "is too deep"));
  EXPECT_OK(ApplyAssignment(&json, absl::StrCat("text=", std::string(100'000, '[')))) << "a string, then";
  EXPECT_EQ(DumpJson(json["text"]).size(), 100'002u);
}

}  // namespace
}  // namespace accord::ctl
