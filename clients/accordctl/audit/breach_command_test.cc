// A breach report against a gateway: what is asked for, what is printed, and what is put under a legal hold.
#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/command_line.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"
#include "common/base/byte_buffer.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/testing/matchers.h"

namespace accord::ctl {
namespace {

using accord::testing::RefusedBy;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kEntries[] = "/accord.audit.v1.AuditService/ListEntries";
constexpr char kCheckpoint[] = "/accord.audit.v1.AuditService/GetCheckpoint";
constexpr char kPlace[] = "/accord.protocols.v1.RetentionService/PlaceLegalHold";
constexpr char kRecord[] = "agencies/ps-york/referrals/01a";

// Answers a method with what it was told, or refuses it, and remembers what was asked.
class BreachGateway : public grpc::CallbackGenericService {
 public:
  void Answer(const std::string& path, const google::protobuf::Message& message) {
    answers_[path] = message.SerializeAsString();
  }
  void RefuseWith(const std::string& path, const absl::Status& status) { refusals_[path] = status; }
  std::vector<std::string> asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    std::lock_guard lock(mutex_);
    asked_.push_back(context->method());
    const auto refusal = refusals_.find(context->method());
    return new Reactor(answers_[context->method()],
                       refusal == refusals_.end() ? absl::OkStatus() : refusal->second);
  }

 private:
  class Reactor : public grpc::ServerGenericBidiReactor {
   public:
    Reactor(const std::string& answer, absl::Status status) : status_(std::move(status)) {
      out_ = BufferOf(answer);
      StartRead(&in_);
    }
    void OnReadDone(bool) override {
      if (status_.ok()) return StartWrite(&out_);
      Finish(grpc::Status(static_cast<grpc::StatusCode>(status_.code()), std::string(status_.message()),
                          StatusDetails(status_)));
    }
    void OnWriteDone(bool) override { Finish(grpc::Status::OK); }
    void OnDone() override { delete this; }

   private:
    const absl::Status status_;
    grpc::ByteBuffer in_, out_;
  };

  std::mutex mutex_;
  std::map<std::string, std::string> answers_;
  std::map<std::string, absl::Status> refusals_;
  std::vector<std::string> asked_;
};

class BreachCommand : public ::testing::Test {
 protected:
  struct Told {
    absl::Status status;
    std::string out, err;
  };

  BreachCommand() {
    audit::v1::ListEntriesResponse page;
    audit::v1::Entry* entry = page.add_entries();
    entry->set_index(7);
    entry->mutable_record()->set_agency("cas-york");
    entry->mutable_record()->set_actor("worker");
    entry->mutable_record()->set_method("/accord.protocols.v1.ReferralService/GetReferral");
    *entry->mutable_record()->mutable_time() = ToProto(absl::FromUnixSeconds(1'700'000'000));
    auto* resource = entry->mutable_record()->add_resources();
    resource->set_name(kRecord);
    resource->set_owner("ps-york");
    resource->set_touch(caller::v1::TOUCH_DISCLOSED);
    gateway_.Answer(kEntries, page);
    audit::v1::Checkpoint checkpoint;
    checkpoint.set_tree_size(90);
    checkpoint.set_root_hash("root");
    gateway_.Answer(kCheckpoint, checkpoint);
  }
  // A report on what cas-york saw in 2023, with more words.
  Told Report(const std::vector<std::string>& more) {
    CommandSession session;
    session.contexts_file = tls_gateway_.contexts_file();
    CLI::App app("Work with Accord from the command line", "accordctl");
    AddAllCommands(&app, &session);
    std::vector<std::string> words = {"breach", "report",           "--from",   "2023-01-01T00:00",
                                      "--to",   "2024-01-01T00:00", "--agency", "cas-york"};
    words.insert(words.end(), more.begin(), more.end());
    std::reverse(words.begin(), words.end());
    app.parse(words);
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    Told told;
    told.status = session.action();
    told.out = ::testing::internal::GetCapturedStdout();
    told.err = ::testing::internal::GetCapturedStderr();
    return told;
  }

  BreachGateway gateway_;
  FakeTlsGateway tls_gateway_{&gateway_};
};

TEST_F(BreachCommand, PrintsTheRecordsWithTheLogThatTheyWereReadFromAndHoldsNothing) {
  const Told told = Report({});
  EXPECT_OK(told.status);
  EXPECT_THAT(told.out, AllOf(HasSubstr(kRecord), HasSubstr("the log had 90 entries, root 726f6f74")));
  EXPECT_EQ(Report({"-o", "name"}).out, std::string(kRecord) + "\n");
  EXPECT_THAT(gateway_.asked(), Not(Contains(kPlace)));
}

TEST_F(BreachCommand, PutsTheReferralsUnderALegalHoldWhenAsked) {
  const Told told = Report({"--hold", "A breach of 2023"});
  EXPECT_OK(told.status);
  EXPECT_THAT(gateway_.asked(), Contains(kPlace));
  EXPECT_THAT(told.err, HasSubstr("1 referral was put under a legal hold, 0 had one"));
}

TEST_F(BreachCommand, TakesAHoldThatStandsForHeld) {
  gateway_.RefuseWith(kPlace, Refuse(rules::kAlreadyHeld, "This agency holds it."));
  const Told told = Report({"--hold", "A breach of 2023"});
  EXPECT_OK(told.status);
  EXPECT_THAT(told.err, HasSubstr("0 referrals were put under a legal hold, 1 had one"));
}

TEST_F(BreachCommand, FailsWithTheRuleThatRefusesAHold) {
  gateway_.RefuseWith(kPlace, Refuse(rules::kRoleNotPermitted, "The actor has no role."));
  EXPECT_THAT(Report({"--hold", "A breach of 2023"}).status, RefusedBy(rules::kRoleNotPermitted));
}

}  // namespace
}  // namespace accord::ctl
