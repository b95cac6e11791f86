// These tests are about what `accordctl deconflict lodge` says before anything is sent.
#include <gmock/gmock.h>

#include "clients/accordctl/testing/against_a_gateway.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DeconflictCommand : public AgainstAGateway {};

TEST_F(DeconflictCommand, TellsAWrongTimeBeforeItSaysWhatIsCompared) {
  const Said wrong = Run("deconflict lodge --phone 416-555-0199 --contact x --until tomorrow");
  EXPECT_THAT(std::string(wrong.status.message()), HasSubstr("--until: write 2026-11-24T22:00"));
  EXPECT_EQ(wrong.err, "");
  // The gateway answers nothing; what is compared was told before.
  const Said right = Run("deconflict lodge --phone 416-555-0199 --contact x --until 2026-11-29T24:00");
  EXPECT_THAT(std::string(right.status.message()), Not(HasSubstr("--until")));
  EXPECT_THAT(right.err, HasSubstr("compared as phone:+14165550199\n"));
}

TEST_F(DeconflictCommand, TellsWhereAnUnseenCharacterStands) {
  const Said wrong = RunWords({"deconflict", "lodge", "--premises", "100\u200b Main St", "--postal-code",
                               "L3Y 1A1", "--contact", "x", "--until", "2026-11-29T24:00"});
  EXPECT_THAT(std::string(wrong.status.message()), HasSubstr("character 4 of the street is U+200B"));
}

}  // namespace
}  // namespace accord::ctl
