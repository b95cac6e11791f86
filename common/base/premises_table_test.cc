#include "common/base/premises_table.h"

#include <gtest/gtest.h>

namespace accord {
namespace {

TEST(PremisesTable, HasEveryKindThatIsAskedFor) {
  for (const char* kind :
       {"type", "ending", "sure", "first", "first-everyday", "direction", "word", "number", "unit",
        "unit-of-number", "unit-with-name", "unit-at-end", "left-out-before-number", "letter"}) {
    EXPECT_FALSE(PremisesForms(kind).empty()) << kind;
  }
  EXPECT_TRUE(PremisesForms("none").empty());
  EXPECT_EQ(PremisesForms("type").at("STREET"), "ST");
  EXPECT_EQ(PremisesForms("letter").at("\u00c9"), "E");
}

}  // namespace
}  // namespace accord
