#include "common/base/trust_domain.h"

#include <gtest/gtest.h>

namespace accord {
namespace {

TEST(TrustDomain, IsAccordsOwnUnlessAnotherIsConfigured) {
  EXPECT_EQ(*ServicePrefix(""), "spiffe://accord.internal/service/");
  EXPECT_EQ(*ServicePrefix("ontario.example_1-a"), "spiffe://ontario.example_1-a/service/");
}

TEST(TrustDomain, RefusesWhatWouldMakeAnotherNameOfTheUri) {
  for (const std::string& wrong :
       {std::string("Ontario.example"), std::string("a/service"), std::string("a:8443"), std::string("a b"),
        std::string("a\0b", 3), std::string(256, 'a')}) {
    EXPECT_EQ(ServicePrefix(wrong).status().code(), absl::StatusCode::kInvalidArgument) << wrong;
  }
  EXPECT_TRUE(ServicePrefix(std::string(255, 'a')).ok());
}

}  // namespace
}  // namespace accord
