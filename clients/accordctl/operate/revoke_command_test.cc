// `accordctl agency revoke` against a gateway: it never tells that it shut out what there is not.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/command_line.h"
#include "clients/accordctl/testing/answering_gateway.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;

constexpr char kGetAgency[] = "/accord.registry.v1.RegistryService/GetAgency";
constexpr char kGetSystem[] = "/accord.registry.v1.RegistryService/GetSystem";

class RevokeCommand : public ::testing::Test {
 protected:
  struct Said {
    absl::Status status;
    std::string out;
  };

  Said Run(const std::string& line) {
    CommandSession session;
    session.contexts_file = tls_gateway_.contexts_file();
    CLI::App app("Work with Accord from the command line", "accordctl");
    AddAllCommands(&app, &session);
    std::vector<std::string> words = absl::StrSplit(line, ' ');
    std::reverse(words.begin(), words.end());
    app.parse(words);
    ::testing::internal::CaptureStdout();
    Said said;
    said.status = session.action();
    said.out = ::testing::internal::GetCapturedStdout();
    return said;
  }

  AnsweringGateway gateway_;
  FakeTlsGateway tls_gateway_{&gateway_};
};

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
