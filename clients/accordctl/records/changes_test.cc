// The feeds of all services in one, against a gateway that tells of a change again and again.
#include "clients/accordctl/records/changes.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>

#include <iostream>
#include <map>
#include <mutex>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"
#include "common/base/byte_buffer.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::string FeedOf(const std::string& service) {
  return absl::StrCat("/accord.", service, ".v1.ChangeService/WatchChanges");
}

// Answers every method with one message and no more, and streams too, which are opened again then.
class ChangesGateway : public grpc::CallbackGenericService {
 public:
  void Answer(const std::string& path, const google::protobuf::Message& message) {
    answers_[path] = message.SerializeAsString();
  }
  void Refuse(const std::string& path, const absl::Status& status) { refusals_[path] = status; }
  std::vector<std::string> asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  // Gives what was sent to a method last.
  std::string sent(const std::string& path) {
    std::lock_guard lock(mutex_);
    return sent_[path];
  }

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    std::lock_guard lock(mutex_);
    asked_.push_back(context->method());
    const auto refusal = refusals_.find(context->method());
    return new Reactor(this, context->method(), answers_[context->method()],
                       refusal == refusals_.end() ? absl::OkStatus() : refusal->second);
  }

 private:
  class Reactor : public grpc::ServerGenericBidiReactor {
   public:
    Reactor(ChangesGateway* gateway, std::string path, const std::string& answer, absl::Status status)
        : gateway_(gateway), path_(std::move(path)), status_(std::move(status)) {
      out_ = BufferOf(answer);
      StartRead(&in_);
    }
    void OnReadDone(bool) override {
      {
        std::lock_guard lock(gateway_->mutex_);
        gateway_->sent_[path_] = BytesOf(in_);
      }
      if (status_.ok()) return StartWrite(&out_);
      Finish(grpc::Status(static_cast<grpc::StatusCode>(status_.code()), std::string(status_.message()),
                          StatusDetails(status_)));
    }
    void OnWriteDone(bool) override { Finish(grpc::Status::OK); }
    void OnDone() override { delete this; }

   private:
    ChangesGateway* const gateway_;
    const std::string path_;
    const absl::Status status_;
    grpc::ByteBuffer in_, out_;
  };

  std::mutex mutex_;
  std::map<std::string, std::string> answers_, sent_;
  std::map<std::string, absl::Status> refusals_;
  std::vector<std::string> asked_;
};

class WatchChangesCommand : public ::testing::Test {
 protected:
  WatchChangesCommand() {
    registry::v1::Agency agency;
    agency.set_kind(annotations::v1::AGENCY_KIND_POLICE_SERVICE);
    gateway_.Answer("/accord.registry.v1.RegistryService/GetAgency", agency);
    host::v1::Change change;
    change.set_kind("referral");
    change.set_name("agencies/cas-york/referrals/01a");
    change.set_verb("AcknowledgeReferral");
    change.set_agency("ps-york");
    change.set_state("acknowledged");
    *change.mutable_time() = ToProto(absl::FromUnixSeconds(1'800'000'000));
    gateway_.Answer(FeedOf("protocols"), change);
  }
  std::string Run(const std::vector<std::string>& words, absl::Status* status) {
    CommandSession session;
    session.contexts_file = tls_gateway_.contexts_file();
    session.timeout_seconds = 0.5;
    CLI::App app("test", "accordctl");
    AddGlobals(&app, &session);
    AddDescriptorCommands(&app, &session);
    AddChangesCommand(&app, &session);
    std::vector<std::string> line(words.rbegin(), words.rend());
    line.insert(line.end(), {"changes", "watch"});
    app.parse(line);
    std::ostringstream out;
    std::streambuf* before = std::cout.rdbuf(out.rdbuf());
    *status = session.action();
    std::cout.rdbuf(before);
    return out.str();
  }

  ChangesGateway gateway_;
  FakeTlsGateway tls_gateway_{&gateway_};
};

TEST_F(WatchChangesCommand, TellsOfTheFeedsThatThePersonMayFollowInOneLineEach) {
  absl::Status status;
  const std::string told =
      Run({"--limit", "1", "--kind", "inspector-referral", "--assignee", "member"}, &status);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(told, AllOf(HasSubstr("referral acknowledged  AcknowledgeReferral by ps-york"),
                          HasSubstr("agencies/cas-york/referrals/01a\n")));
  EXPECT_THAT(gateway_.asked(), AllOf(Contains(FeedOf("protocols")), Not(Contains(FeedOf("intelligence"))),
                                      Not(Contains(FeedOf("training")))));
  host::v1::WatchChangesRequest request;
  ASSERT_TRUE(request.ParseFromString(gateway_.sent(FeedOf("protocols"))));
  EXPECT_TRUE(request.progress());
  EXPECT_EQ(request.assignee(), "member");
  ASSERT_EQ(request.kinds_size(), 1);
  EXPECT_EQ(request.kinds(0), "inspector_referral");
}

TEST_F(WatchChangesCommand, GoesOnWithTheServicesThatTellWhereAnotherRefuses) {
  gateway_.Refuse(FeedOf("prosecution"), Refuse(rules::kRoleNotPermitted, "The actor has no role."));
  absl::Status status;
  EXPECT_THAT(Run({"--limit", "1"}, &status), HasSubstr("agencies/cas-york/referrals/01a"));
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(WatchChangesCommand, IsRefusedWhereEveryServiceRefuses) {
  for (const char* service : {"protocols", "prosecution", "supports"}) {
    gateway_.Refuse(FeedOf(service), Refuse(rules::kRoleNotPermitted, "The actor has no role."));
  }
  absl::Status status;
  EXPECT_EQ(Run({}, &status), "");
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
}

TEST_F(WatchChangesCommand, SaysSoWhereNoServiceTellsForThePurpose) {
  absl::Status status;
  EXPECT_EQ(Run({"--purpose", "victim_support"}, &status), "");
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_THAT(gateway_.asked(), Not(Contains(FeedOf("protocols"))));
}

}  // namespace
}  // namespace accord::ctl
