// This tests a witness that the log does not accept.
#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "clients/accordctl/command_line.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"

namespace accord::ctl {
namespace {

TEST(WitnessCommand, KeepsNoKeyThatTheLogDoesNotKnow) {
  // This is a service that answers every call with UNIMPLEMENTED.
  grpc::CallbackGenericService nobody;
  FakeTlsGateway gateway(&nobody);
  CommandSession session;
  session.contexts_file = gateway.contexts_file();
  CLI::App app("Work with Accord from the command line", "accordctl");
  AddAllCommands(&app, &session);
  const std::string key = gateway.directory().path("witness.key");
  std::vector<std::string> words = {"audit", "witness", "--key", key};
  std::reverse(words.begin(), words.end());
  app.parse(words);
  EXPECT_EQ(session.action().code(), absl::StatusCode::kUnimplemented);
  EXPECT_FALSE(std::filesystem::exists(key));
}

}  // namespace
}  // namespace accord::ctl
