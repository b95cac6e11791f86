#include <gmock/gmock.h>
#include <grpc/support/log.h>

#include <atomic>
#include <filesystem>

#include "clients/cpp/testing/client_fixture.h"

namespace accord::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Planned;
using testing::Refuses;

class Certificates : public testing::ClientFixture {
 protected:
  static Planned OfCertificate(const std::string& reason) {
    return Refuses({.code = grpc::StatusCode::PERMISSION_DENIED, .reason = reason});
  }
};

TEST_F(Certificates, OfTheNextCallIsTheOneThatHasTakenTheFilesPlace) {
  Create();
  Place(second_);
  Create();
  EXPECT_THAT(Systems(), ElementsAre("first", "second"));
}

TEST_F(Certificates, StayInUseWhileHalfOfAChangeIsThereWhichIsToldOnce) {
  static std::atomic<int> told;
  told = 0;
  gpr_set_log_function([](gpr_log_func_args* line) {
    if (std::string(line->message).find("stays in use") != std::string::npos) ++told;
  });
  PlaceFile(second_.key_file, "client.key");
  Create();
  Create();
  EXPECT_EQ(told, 1);
  std::filesystem::remove(folder_.path("client.key"));
  Create();
  gpr_set_log_function(nullptr);
  EXPECT_THAT(Systems(), ElementsAre("first", "first", "first"));
}

TEST_F(Certificates, ThatWereReplacedMayBeRefused) {
  Planned revoked = OfCertificate("CERTIFICATE_REVOKED");
  revoked.then = [this] { Place(second_); };
  gateway_.Plan(std::move(revoked));
  Create();
  EXPECT_THAT(Systems(), ElementsAre("first", "second"));
}

TEST_F(Certificates, ThatTheGatewayIsYetToHearOfAreWaitedFor) {
  Place(second_);
  gateway_.Plan(OfCertificate("CERTIFICATE_NOT_REGISTERED"));
  Create();
  EXPECT_THAT(Systems(), ElementsAre("second", "second"));
}

TEST_F(Certificates, AtTheBeginningAreRefusedAtOnce) {
  for (const char* reason : {"CERTIFICATE_NOT_REGISTERED", "CERTIFICATE_REVOKED"}) {
    gateway_.Plan(OfCertificate(reason));
    const Refusal refusal = RefusalOfCall([this] { Create(); });
    EXPECT_EQ(refusal.reason(), reason);
    EXPECT_FALSE(refusal.may_pass());
  }
  EXPECT_THAT(Systems(), ElementsAre("first", "first"));
}

TEST_F(Certificates, WithTheKeyOfAnotherOneAreRefusedBeforeAnyCall) {
  Settings settings = SettingsFor(gateway_.address());
  settings.key_file = second_.key_file;
  try {
    Connect(settings);
    FAIL() << "the key was taken";
  } catch (const SettingsError& error) {
    EXPECT_THAT(error.what(), HasSubstr("no certificate with its key"));
  }
}

TEST_F(Certificates, OfNoAuthorityAreRefusedBeforeAnyCall) {
  Settings settings = SettingsFor(gateway_.address());
  settings.ca_file = pki_.Write("empty.pem", "");
  try {
    Connect(settings);
    FAIL() << "the authority was taken";
  } catch (const SettingsError& error) {
    EXPECT_THAT(error.what(), HasSubstr("empty.pem"));
  }
}

}  // namespace
}  // namespace accord::client
