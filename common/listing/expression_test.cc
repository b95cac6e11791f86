#include "common/listing/expression.h"

#include <gmock/gmock.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "common/testing/matchers.h"
#include "common/testing/seed.h"

namespace accord::listing {
namespace {

using accord::testing::FailsWith;
using accord::testing::Must;
using accord::testing::RefusedBy;

// This gives the meaning of the text, as the parser writes it.
std::string Meaning(std::string_view text) { return Written(Must(ParseExpression(text))); }

auto CannotBeRead(const std::string& why) {
  return ::testing::AllOf(RefusedBy(rules::kFieldInvalid),
                          FailsWith(absl::StatusCode::kInvalidArgument, why));
}

TEST(Expressions, CompareFieldsWithValues) {
  EXPECT_EQ(Meaning("state=submitted"), "state = \"submitted\"");
  EXPECT_EQ(Meaning("  create_time >= 2026-11-27T09:00:00Z  "), "create_time >= \"2026-11-27T09:00:00Z\"");
  EXPECT_EQ(Meaning("days<-3"), "days < \"-3\"");
  EXPECT_EQ(Meaning("title:York"), "title : \"York\"");
  EXPECT_EQ(Meaning("title != 'a \"b\" \\' \\\\'"), "title != \"a \\\"b\\\" ' \\\\\"");
  EXPECT_EQ(Meaning("assignee = \"\""), "assignee = \"\"");
}

TEST(Expressions, AreJoinedAndNegated) {
  EXPECT_EQ(Meaning("a=1 AND b=2 AND c=3"), "a = \"1\" AND b = \"2\" AND c = \"3\"");
  EXPECT_EQ(Meaning("a=1 AND (b=2 OR NOT c=3)"), "a = \"1\" AND (b = \"2\" OR NOT c = \"3\")");
  EXPECT_EQ(Meaning("NOT (a=1 OR b=2)"), "NOT (a = \"1\" OR b = \"2\")");
  EXPECT_EQ(Meaning("((a=1))"), "a = \"1\"");
  EXPECT_EQ(Meaning(""), "");
  EXPECT_EQ(Meaning(" \n"), "");
}

TEST(Expressions, ThatCouldMeanTwoThingsAreRefused) {
  EXPECT_THAT(ParseExpression("a=1 AND b=2 OR c=3"), CannotBeRead("by parentheses"));
  EXPECT_THAT(ParseExpression("a=1 b=2"), CannotBeRead("AND, OR or the end is expected"));
  EXPECT_THAT(ParseExpression("a=1 and b=2"), CannotBeRead("at byte 5"));
  EXPECT_THAT(ParseExpression("a = AND"), CannotBeRead("a value is expected"));
}

TEST(Expressions, ThatEndTooSoonOrGoOnAreRefused) {
  EXPECT_THAT(ParseExpression("a"), CannotBeRead("one of ="));
  EXPECT_THAT(ParseExpression("a="), CannotBeRead("a value is expected"));
  EXPECT_THAT(ParseExpression("a=\"b"), CannotBeRead("the closing quote is missing"));
  EXPECT_THAT(ParseExpression("a=\"b\\n\""), CannotBeRead("after a backslash"));
  EXPECT_THAT(ParseExpression("(a=1"), CannotBeRead("a closing parenthesis is expected"));
  EXPECT_THAT(ParseExpression("a=1)"), CannotBeRead("at byte 4"));
  EXPECT_THAT(ParseExpression("a=1 AND"), CannotBeRead("the name of a field is expected"));
  EXPECT_THAT(ParseExpression("A=1"), CannotBeRead("the name of a field is expected"));
  EXPECT_THAT(ParseExpression("a='\x01'"), CannotBeRead("no control characters"));
}

TEST(Expressions, AreBoundedInLengthTermsAndDepth) {
  std::string terms = "a=1";
  for (int i = 1; i < kMostTerms; ++i) absl::StrAppend(&terms, " OR a=1");
  EXPECT_OK(ParseExpression(terms));
  EXPECT_THAT(ParseExpression(terms + " OR a=1"), CannotBeRead("more than 20 comparisons"));
  const std::string open(kMostDepth - 1, '('), close(kMostDepth - 1, ')');
  EXPECT_OK(ParseExpression(open + "a=1" + close));
  EXPECT_THAT(ParseExpression("(" + open + "a=1" + close + ")"), CannotBeRead("more than 8 levels"));
  EXPECT_THAT(ParseExpression(std::string(100000, '(')), CannotBeRead("longer than 2000 bytes"));
}

// This gives a random expression with at most this many further levels.
Expression Random(std::mt19937* random, int levels, int* terms) {
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(*random); };
  const int kind = levels == 0 || *terms < 2 ? 3 : below(4);
  if (kind == 3) {
    --*terms;
    Expression term{Expression::kTerm};
    term.field = absl::StrCat("field_", below(3));
    term.comparison = static_cast<Comparison>(below(7));
    const std::string letters = "ab \"'\\()=<>!:,%_-\xc3\xa9";
    for (int i = below(6); i > 0; --i) term.value.push_back(letters[static_cast<std::size_t>(below(18))]);
    return term;
  }
  Expression joined{kind == 0 ? Expression::kAnd : kind == 1 ? Expression::kOr : Expression::kNot};
  const int parts = kind == 2 ? 1 : 2;
  for (int i = 0; i < parts; ++i) joined.parts.push_back(Random(random, levels - 1, terms));
  return joined;
}

TEST(Expressions, AreReadBackFromTheirOwnWords) {
  const unsigned seed = accord::testing::SeedOr(0);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  std::mt19937 random(seed);
  for (int i = 0; i < 2000; ++i) {
    int terms = 10;
    const std::string written = Written(Random(&random, 3, &terms));
    EXPECT_EQ(Meaning(written), written);
  }
}

TEST(Expressions, OfAnyBytesAreReadOrRefusedByARule) {
  const unsigned seed = accord::testing::SeedOr(0);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  std::mt19937 random(seed);
  const std::vector<std::string> pieces = {"a",   "b_1", "=",   "!=", "<",  ":", "(",    ")",    " ",
                                           "AND", "OR",  "NOT", "\"", "\\", "'", "2026", "\xff", "-"};
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (int n = 0; n < 12; ++n) absl::StrAppend(&text, pieces[random() % pieces.size()]);
    const auto parsed = ParseExpression(text);
    if (parsed.ok()) {
      EXPECT_EQ(Meaning(Written(*parsed)), Written(*parsed)) << text;
    } else {
      EXPECT_THAT(parsed, RefusedBy(rules::kFieldInvalid)) << text;
    }
  }
}

}  // namespace
}  // namespace accord::listing
