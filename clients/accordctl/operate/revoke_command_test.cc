// This tests `accordctl agency revoke` against a gateway: it must not claim to shut out a system that does
// not exist, and must leave no certificate active.
#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

#include "accord/registry/v1/registry_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kGetAgency[] = "/accord.registry.v1.RegistryService/GetAgency";
constexpr char kGetSystem[] = "/accord.registry.v1.RegistryService/GetSystem";

constexpr char kList[] = "/accord.registry.v1.RegistryService/ListCertificates";
constexpr char kRevoke[] = "/accord.registry.v1.RegistryAdminService/RevokeCertificate";
constexpr char kOld[] = "agencies/cas-york/systems/cms/certificates/01";
constexpr char kRenewed[] = "agencies/cas-york/systems/cms/certificates/02";

using registry::v1::CERTIFICATE_STATE_ACTIVE;
using registry::v1::CERTIFICATE_STATE_REVOKED;

registry::v1::ListCertificatesResponse Listed(
    const std::vector<std::pair<std::string, registry::v1::CertificateState>>& certificates) {
  registry::v1::ListCertificatesResponse listed;
  for (const auto& [name, state] : certificates) {
    registry::v1::Certificate* certificate = listed.add_certificates();
    certificate->set_name(name);
    certificate->set_etag("1");
    certificate->set_state(state);
  }
  return listed;
}

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

TEST_F(RevokeCommand, RevokesWhatWasRenewedMeanwhileToo) {
  gateway_.AnswerInTurn(
      kList, std::vector{Listed({{kOld, CERTIFICATE_STATE_ACTIVE}}),
                         Listed({{kOld, CERTIFICATE_STATE_REVOKED}, {kRenewed, CERTIFICATE_STATE_ACTIVE}}),
                         Listed({{kOld, CERTIFICATE_STATE_REVOKED}, {kRenewed, CERTIFICATE_STATE_REVOKED}})});
  const Said said = Run("agency revoke cas-york --system cms --reason stolen");
  EXPECT_OK(said.status);
  EXPECT_EQ(said.out, std::string("revoked ") + kOld + "\nrevoked " + kRenewed +
                          "\n2 certificates revoked; live connections end within 5 seconds\n");
  EXPECT_EQ(gateway_.acted(kRevoke), 2);
}

TEST_F(RevokeCommand, OfASystemThatRenewsAsFastSaysWhatIsLeftAndWhatToDo) {
  gateway_.Answer(kList, Listed({{kRenewed, CERTIFICATE_STATE_ACTIVE}}));
  const Said said = Run("agency revoke cas-york --system cms --reason stolen");
  EXPECT_TRUE(absl::IsFailedPrecondition(said.status)) << said.status;
  EXPECT_THAT(std::string(said.status.message()),
              AllOf(HasSubstr(std::string("as fast as they are revoked: ") + kRenewed),
                    HasSubstr("`accordctl system suspend agencies/cas-york/systems/cms`")));
  EXPECT_EQ(gateway_.acted(kRevoke), 10);
}

}  // namespace
}  // namespace accord::ctl
