#include "common/access/policy_digest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace accord {
namespace {

TEST(PolicyDigest, IsOfTheEntriesWhateverTheirOrderAndHistory) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  std::map<std::string, std::string> entries;
  PolicyDigest lived;
  for (int step = 0; step < 500; ++step) {
    const std::string key = std::to_string(random() % 20), value = std::to_string(random() % 1000);
    const auto before = entries.find(key);
    if (before != entries.end()) lived.Subtract(PolicyDigest::HashOf(key, before->second));
    lived.Add(PolicyDigest::HashOf(key, value));
    entries[key] = value;
  }
  std::vector<std::pair<std::string, std::string>> shuffled(entries.begin(), entries.end());
  std::shuffle(shuffled.begin(), shuffled.end(), random);
  PolicyDigest fresh;
  for (const auto& [key, value] : shuffled) fresh.Add(PolicyDigest::HashOf(key, value));
  EXPECT_EQ(lived.Bytes(), fresh.Bytes());
  fresh.Add(PolicyDigest::HashOf("one", "more"));
  EXPECT_NE(lived.Bytes(), fresh.Bytes());
}

TEST(PolicyDigest, TellsKeyFromEntry) {
  EXPECT_NE(PolicyDigest::HashOf("ab", "c"), PolicyDigest::HashOf("a", "bc"));
}

}  // namespace
}  // namespace accord
