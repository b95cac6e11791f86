#include "clients/accordctl/core/name_form.h"

#include <gmock/gmock.h>

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;

TEST(NameForm, IsTypableOnlyIfAShellWouldRunNothingInIt) {
  for (const char* name : {"01m8a5dx", "agencies/cas-york/referrals/01m8a5dx", "a_b.c:d@e"}) {
    EXPECT_TRUE(IsTypableName(name)) << name;
  }
  for (const char* name : {"", "--config", "a b", "a;b", "$(id)", "`id`", "a\nb", "a\x1b[2K", "a\u202e",
                           "a'b", "a|b", "a&b", "a>b", "*", "~"}) {
    EXPECT_FALSE(IsTypableName(name)) << name;
  }
}

TEST(NameForm, IsForgivenCapitalsAndTheBlanksAroundThem) {
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

TEST(NameForm, WithABlankOrAnOddCharacterInsideIsRefusedAndShown) {
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

TEST(NameForm, IsThatOfAPattern) {
  constexpr char kPattern[] = "agencies/{agency}/referrals/{referral}";
  EXPECT_TRUE(HasNameForm("agencies/a/referrals/1", kPattern));
  EXPECT_FALSE(HasNameForm("agencies/a/protocols/1", kPattern));
  EXPECT_FALSE(HasNameForm("agencies/a/referrals", kPattern));
  EXPECT_FALSE(HasNameForm("agencies//referrals/1", kPattern));
}

}  // namespace
}  // namespace accord::ctl
