#include "clients/accordctl/core/short_names.h"

#include <gmock/gmock.h>

#include "clients/accordctl/core/field_rule.h"

namespace accord::ctl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ShortNames, AreTheLastPartUnlessTwoEndAlike) {
  EXPECT_THAT(ShortNames({"agencies/a/referrals/1", "agencies/b/referrals/2"}), ElementsAre("1", "2"));
  EXPECT_THAT(ShortNames({"agencies/a/actors/worker", "agencies/b/actors/worker", "agencies/b/actors/lead"}),
              ElementsAre("agencies/a/actors/worker", "agencies/b/actors/worker", "lead"));
  EXPECT_THAT(ShortNames({"", "entries/7"}), ElementsAre("", "7"));
}

TEST(ShortNames, MatchTheWholeLastPartBeforeItsBeginning) {
  const std::vector<std::string> names = {"agencies/a/referrals/01ab", "agencies/b/referrals/01abcd",
                                          "agencies/b/referrals/02"};
  EXPECT_THAT(MatchingNames(names, "01ab"), ElementsAre("agencies/a/referrals/01ab"));
  EXPECT_THAT(MatchingNames(names, "01abc"), ElementsAre("agencies/b/referrals/01abcd"));
  EXPECT_THAT(MatchingNames(names, "01"),
              ElementsAre("agencies/a/referrals/01ab", "agencies/b/referrals/01abcd"));
  EXPECT_THAT(MatchingNames(names, "zz"), IsEmpty());
}

TEST(ShortNames, AreCompletedOnlyIfAShellWouldRunNothingInThem) {
  for (const char* name : {"01m8a5dx", "agencies/cas-york/referrals/01m8a5dx", "a_b.c:d@e"}) {
    EXPECT_TRUE(IsTypableName(name)) << name;
  }
  for (const char* name : {"", "--config", "a b", "a;b", "$(id)", "`id`", "a\nb", "a\x1b[2K", "a\u202e",
                           "a'b", "a|b", "a&b", "a>b", "*", "~"}) {
    EXPECT_FALSE(IsTypableName(name)) << name;
  }
}

TEST(ShortNames, AreLookedUpInAListThatNeedsNoOtherRecord) {
  int looked_up = 0;
  for (const Command& command : Commands()) {
    const Command* list = ListForNames(command);
    if (list == nullptr) continue;
    ++looked_up;
    for (int i = 0; i < list->request()->field_count(); ++i) {
      const FieldDescriptor* field = list->request()->field(i);
      EXPECT_TRUE(!FieldRuleOf(field).required() || field->name() == "parent")
          << list->method.path << " asks for " << field->name();
    }
  }
  EXPECT_GT(looked_up, 100);
  // The accused of one case are a list too, and by name it comes first.
  const Command* get = FindCommand("get", "accused");
  ASSERT_NE(get, nullptr);
  ASSERT_NE(ListForNames(*get), nullptr);
  EXPECT_EQ(ListForNames(*get)->method.path, "/accord.prosecution.v1.AccusedService/ListBoard");
}

TEST(ShortNames, AreForgivenCapitalsAndTheBlanksAroundThem) {
  constexpr char kPattern[] = "agencies/{agency}/supportCases/{support_case}";
  const auto named = [&](const std::string& typed) {
    return NormalizedName(typed, kPattern).value_or("refused");
  };
  for (const char* typed : {"01m8a5dx", "01M8A5DX", " 01m8a5dx", "01m8A5dx\r\n", "\t01m8a5dx "}) {
    EXPECT_EQ(named(typed), "01m8a5dx") << typed;
  }
  for (const char* typed : {"agencies/vs-york/supportCases/01m8", "agencies/VS-York/supportcases/01M8",
                            " Agencies/vs-york/SUPPORTCASES/01m8\n"}) {
    EXPECT_EQ(named(typed), "agencies/vs-york/supportCases/01m8") << typed;
  }
  // A name of another form is kept as written, for the server to refuse.
  EXPECT_EQ(named("agencies/VS-York/Referrals/01M8"), "agencies/VS-York/Referrals/01M8");
  EXPECT_EQ(named("agencies/VS-York"), "agencies/VS-York");
}

TEST(ShortNames, WithABlankOrAnOddCharacterInsideAreRefusedAndShown) {
  for (const char* typed : {"01m8 a5dx", "agencies/vs-york/ supportCases/01m8", "01m8\ta5dx", "01m8\u00a0",
                            "01m8\u200b", "01m8\u2013a5dx", "", "  "}) {
    const absl::Status status =
        NormalizedName(typed, "agencies/{agency}/supportCases/{support_case}").status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << typed << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr("is no name: names have no blanks")) << typed;
  }
  EXPECT_THAT(std::string(NormalizedName("01m8\u200b", "agencies/{agency}").status().message()),
              HasSubstr("`01m8\\u200b`"));
}

TEST(ShortNames, HaveTheFormOfTheirPattern) {
  constexpr char kPattern[] = "agencies/{agency}/referrals/{referral}";
  EXPECT_TRUE(HasNameForm("agencies/a/referrals/1", kPattern));
  EXPECT_FALSE(HasNameForm("agencies/a/protocols/1", kPattern));
  EXPECT_FALSE(HasNameForm("agencies/a/referrals", kPattern));
  EXPECT_FALSE(HasNameForm("agencies//referrals/1", kPattern));
}

}  // namespace
}  // namespace accord::ctl
