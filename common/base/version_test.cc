#include "common/base/version.h"

#include <gtest/gtest.h>

// This is what a binary links: longer than any default, and than a short string's buffer.
extern "C" {
extern const char accord_commit[];
const char accord_commit[] = "0123456789abcdef0123456789abcdef01234567-dirty";
}

namespace accord {
namespace {

TEST(Version, NamesTheCommitThatIsLinkedHoweverLong) {
  EXPECT_TRUE(Version().ends_with("+0123456789abcdef0123456789abcdef01234567-dirty")) << Version();
}

}  // namespace
}  // namespace accord
