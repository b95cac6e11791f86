// `accordctl agency revoke` against a gateway: it never tells that it shut out what there is not.
#include <gmock/gmock.h>

#include <string>

#include "accord/registry/v1/registry_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;

constexpr char kGetAgency[] = "/accord.registry.v1.RegistryService/GetAgency";
constexpr char kGetSystem[] = "/accord.registry.v1.RegistryService/GetSystem";

using RevokeCommand = AgainstAGateway;

TEST_F(RevokeCommand, OfAnAgencyThatThereIsNotIsRefused) {
  gateway_.RefuseWith(kGetAgency, accord::NotFound());
  const Said said = Run("agency revoke cas-yrok --reason stolen");
  EXPECT_TRUE(absl::IsNotFound(said.status)) << said.status;
  EXPECT_EQ(said.out, "");
}

TEST_F(RevokeCommand, OfASystemThatThereIsNotIsRefused) {
  gateway_.RefuseWith(kGetSystem, accord::NotFound());
  const Said said = Run("agency revoke cas-york --system csm --reason stolen");
  EXPECT_TRUE(absl::IsNotFound(said.status)) << said.status;
  EXPECT_EQ(said.out, "");
}

TEST_F(RevokeCommand, OfAnAgencyWithoutCertificatesSaysThatNoneWasRevoked) {
  const Said said = Run("agency revoke cas-york --reason stolen");
  EXPECT_OK(said.status);
  EXPECT_THAT(said.out, HasSubstr("0 certificates revoked"));
}

}  // namespace
}  // namespace accord::ctl
