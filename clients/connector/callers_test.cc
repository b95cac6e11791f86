#include "clients/connector/callers.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "clients/connector/own_file.h"
#include "clients/connector/seal_key.h"
#include "common/base/file.h"
#include "common/testing/temp_dir.h"

namespace accord::connector {
namespace {

using ::testing::HasSubstr;

class CallersTest : public ::testing::Test {
 protected:
  CallersTest() { Add("records"); }

  LocalCaller* Add(const std::string& name) {
    EXPECT_TRUE(WriteFile(folder_.path(name), name + std::string(32, '-') + "\n", FileKind::kPrivate).ok());
    LocalCaller* caller = config_.add_callers();
    caller->set_name(name);
    caller->set_token_file(folder_.path(name));
    caller->add_actors("worker");
    caller->add_purposes("child_protection");
    caller->add_methods("accord.protocols.v1.ReferralService.*");
    return caller;
  }
  std::string Refusal() {
    const auto callers = Callers::Load(config_);
    EXPECT_EQ(callers.status().code(), absl::StatusCode::kFailedPrecondition);
    return std::string(callers.status().message());
  }
  absl::Status Scope(const std::string& method, const std::string& actor, const std::string& purpose) {
    Act act;
    act.method = method;
    act.actor = actor;
    act.purpose = purpose;
    return CheckScope(config_.callers(0), act);
  }

  accord::testing::TempDir folder_;
  ConnectorConfig config_;
};

TEST_F(CallersTest, AreFoundByTheirTokensAlone) {
  Add("other");
  const auto callers = Callers::Load(config_);
  ASSERT_TRUE(callers.ok()) << callers.status();
  EXPECT_EQ(callers->Find("records" + std::string(32, '-'))->name(), "records");
  EXPECT_EQ(callers->Find("other" + std::string(32, '-'))->name(), "other");
  EXPECT_EQ(callers->Find(""), nullptr);
  EXPECT_EQ(callers->Find("records"), nullptr);
}

TEST_F(CallersTest, MayDoWhatTheConfigurationNamesAndNothingElse) {
  const std::string create = "accord.protocols.v1.ReferralService.CreateReferral";
  EXPECT_TRUE(Scope(create, "worker", "child_protection").ok());
  const std::string other = "accord.protocols.v1.ConsultationService.CreateConsultation";
  EXPECT_EQ(Scope(other, "worker", "child_protection").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Scope(create, "chief", "child_protection").code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(Scope(create, "worker", "administration").code(), absl::StatusCode::kPermissionDenied);
}

TEST_F(CallersTest, AreRefusedWhereTheirTokenIsOpenToOthersOrShort) {
  const std::string token_file = folder_.path("records");
  ASSERT_EQ(chmod(token_file.c_str(), 0640), 0);
  EXPECT_THAT(Refusal(), HasSubstr("open to other users"));
  ASSERT_EQ(chmod(token_file.c_str(), 0600), 0);
  ASSERT_TRUE(WriteFile(token_file, "short\n", FileKind::kPrivate).ok());
  EXPECT_THAT(Refusal(), HasSubstr("at least 32"));
  ASSERT_TRUE(WriteFile(token_file, std::string(40, 'a') + " " + "b", FileKind::kPrivate).ok());
  EXPECT_THAT(Refusal(), HasSubstr("one line"));
  config_.mutable_callers(0)->set_token_file(folder_.path("nowhere"));
  EXPECT_THAT(Refusal(), HasSubstr("cannot be read"));
}

TEST_F(CallersTest, AreRefusedWhereTheyAreNotWhole) {
  const LocalCaller whole = config_.callers(0);
  LocalCaller* caller = config_.mutable_callers(0);
  caller->clear_actors();
  EXPECT_THAT(Refusal(), HasSubstr("no actors"));
  *caller = whole;
  caller->clear_purposes();
  EXPECT_THAT(Refusal(), HasSubstr("no purposes"));
  *caller = whole;
  caller->clear_methods();
  EXPECT_THAT(Refusal(), HasSubstr("no methods"));
  caller->add_methods("accord.protocols.v1.ReferralService.Nothing");
  EXPECT_THAT(Refusal(), HasSubstr("ReferralService.Nothing"));
  *caller = whole;
  *config_.add_callers() = whole;
  EXPECT_THAT(Refusal(), HasSubstr("same name"));
  config_.mutable_callers(1)->set_name("another");
  EXPECT_THAT(Refusal(), HasSubstr("same token"));
}

TEST_F(CallersTest, SealingKeysAreMadeOnceAndNotWithoutTheirOutbox) {
  const std::string state = folder_.path("state");
  const auto made = SealKey(state);
  ASSERT_TRUE(made.ok()) << made.status();
  const std::string key = state + "/seal.key";
  EXPECT_TRUE(CheckOwnFile(key).ok());
  EXPECT_EQ((*SealKey(state))->current(), (*made)->current());
  ASSERT_EQ(chmod(key.c_str(), 0644), 0);
  EXPECT_THAT(std::string(SealKey(state).status().message()), HasSubstr("open to other users"));
  ASSERT_TRUE(WriteFile(OutboxFile(state), "kept", FileKind::kPrivate).ok());
  ASSERT_EQ(unlink(key.c_str()), 0);
  EXPECT_THAT(std::string(SealKey(state).status().message()), HasSubstr("is gone"));
  ASSERT_EQ(chmod(state.c_str(), 0755), 0);
  EXPECT_THAT(std::string(SealKey(state).status().message()), HasSubstr("0700"));
}

}  // namespace
}  // namespace accord::connector
