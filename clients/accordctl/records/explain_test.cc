#include "clients/accordctl/records/explain.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "clients/accordctl/testing/command_line_fixture.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;

TEST_F(CommandLine, ANounAndItsFieldInOneWordAreReadAsTwo) {
  const auto told = [](const std::vector<std::string>& words) {
    return std::string(Explanation(words).status().message());
  };
  EXPECT_EQ(Ran("explain referral.kind"), Ran("explain referral kind"));
  EXPECT_EQ(Ran("explain referral.screen outcome"), Ran("explain referral screen outcome"));
  EXPECT_EQ(told({"referral.kind.x"}), told({"referral", "kind.x"}));
  EXPECT_THAT(told({"referral.kind.x"}), HasSubstr("there is no x in kind, which has no fields of its own"));
  EXPECT_THAT(told({"referal.kind"}), HasSubstr("there is no noun referal; did you mean referral?"));
  EXPECT_THAT(told({"referral.kind", "x"}), HasSubstr("nothing is explained by `x` behind kind"));
  EXPECT_THAT(told({"referral.screen", "outcome", "x"}),
              HasSubstr("nothing is explained by `x` behind outcome"));
  EXPECT_THAT(told({"referral."}), HasSubstr("there is no noun referral.; "));
  EXPECT_EQ(Said("explain dashboard.x"), "");
  EXPECT_THAT(std::string(session_.action().message()), HasSubstr("`accordctl dashboard --help`"));
}

}  // namespace
}  // namespace accord::ctl
