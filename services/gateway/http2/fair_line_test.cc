#include "services/gateway/http2/fair_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace accord::gateway {
namespace {

using ::testing::ElementsAre;

class FairLineTest : public ::testing::Test {
 protected:
  FairLine::Place Enter(const std::string& address, const std::string& who, bool begun = false) {
    return line_.Enter(address, begun, [this, who] { served_.push_back(who); });
  }
  std::string Next() {
    line_.Next()();
    return served_.back();
  }
  std::vector<std::string> All() {
    served_.clear();
    while (!line_.empty()) line_.Next()();
    return served_;
  }

  FairLine line_;
  std::vector<std::string> served_;
};

TEST_F(FairLineTest, AddressesHaveTheirTurnsAndWithinOneTheOldestAndTheNewest) {
  for (const char* who : {"a1", "a2", "a3", "a4"}) Enter("a", who);
  for (const char* who : {"b1", "b2"}) Enter("b", who);
  Enter("c", "c1");
  EXPECT_THAT(All(), ElementsAre("a1", "b1", "c1", "a4", "b2", "a2", "a3"));
}

TEST_F(FairLineTest, WhoSharesTheAddressOfAFloodWaitsForTwoOfItAndGoesOnAtOnce) {
  for (int i = 0; i < 64; ++i) Enter("a", "flood");
  for (int i = 0; i < 3; ++i) Next();
  Enter("a", "shares");
  // The newest has the turn now, whoever it is; the oldest has the next.
  EXPECT_EQ(Next(), "shares");
  Enter("a", "goes on", true);
  for (int i = 0; i < 64; ++i) Enter("a", "flood");
  EXPECT_EQ(Next(), "goes on");
}

TEST_F(FairLineTest, OfAFloodThatGoesOnEverybodyIsServedInTheEnd) {
  Enter("a", "first");
  Enter("a", "oldest");
  EXPECT_EQ(Next(), "first");
  int turns = 0;
  do {
    Enter("a", "newer");
    Enter("a", "newer");
    ++turns;
  } while (Next() != "oldest");
  EXPECT_EQ(turns, 2);
}

TEST_F(FairLineTest, ANewcomerWaitsForOneOfEachOtherAddress) {
  for (int i = 0; i < 64; ++i) {
    Enter("a", "a");
    Enter("b", "b");
  }
  for (int i = 0; i < 3; ++i) Next();
  Enter("new", "new");
  // Those who come after it, and those of addresses that had their turn, come after it in line as well.
  for (int i = 0; i < 64; ++i) {
    Enter("a", "a");
    Enter("c", "c");
  }
  EXPECT_EQ(Next(), "b");
  EXPECT_EQ(Next(), "a");
  EXPECT_EQ(Next(), "new");
}

TEST_F(FairLineTest, AnAddressThatComesBackGoesBehindAllOthers) {
  Enter("a", "a1");
  EXPECT_EQ(Next(), "a1");
  Enter("b", "b1");
  Enter("a", "a2");
  EXPECT_THAT(All(), ElementsAre("b1", "a2"));
  const FairLine::Place left = Enter("a", "a3");
  Enter("b", "b2");
  line_.Leave(left);
  Enter("a", "a4");
  EXPECT_THAT(All(), ElementsAre("b2", "a4"));
}

TEST_F(FairLineTest, WhoLeavesIsNotServedAndKeepsNobodyWaiting) {
  const FairLine::Place first = Enter("a", "a1");
  Enter("a", "a2");
  const FairLine::Place alone = Enter("b", "b1");
  Enter("c", "c1");
  line_.Leave(first);
  line_.Leave(alone);
  EXPECT_THAT(All(), ElementsAre("a2", "c1"));
}

TEST_F(FairLineTest, IsEmptyWhenAllHaveLeftAndLeavingTwiceIsNothing) {
  std::vector<FairLine::Place> places;
  for (int i = 0; i < 1000; ++i) places.push_back(Enter("2001:db8::" + std::to_string(i), "never"));
  for (const FairLine::Place& place : places) line_.Leave(place);
  EXPECT_TRUE(line_.empty());
  const FairLine::Place served = Enter("a", "a1");
  EXPECT_EQ(Next(), "a1");
  Enter("a", "a2");
  line_.Leave(served);
  for (const FairLine::Place& place : places) line_.Leave(place);
  EXPECT_THAT(All(), ElementsAre("a2"));
}

}  // namespace
}  // namespace accord::gateway
