#include "common/base/version.h"

#include <gtest/gtest.h>

// A binary links this definition. It is longer than any default and than the buffer of a short string.
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
