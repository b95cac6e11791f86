#include "clients/accordctl/records/follow_stream.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/security/server_credentials.h>

#include <deque>
#include <mutex>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/byte_buffer.h"
#include "common/testing/pki.h"

namespace accord::ctl {
namespace {

using audit::v1::Disclosure;
using audit::v1::WatchDisclosuresRequest;
using protocols::v1::ReferralEvent;
using protocols::v1::WatchReferralsRequest;

// This is what one stream gives, and how it ends.
struct Part {
  std::vector<int64_t> indexes;
  grpc::StatusCode end;
};

// This is a gateway with one method, which remembers the requests.
class WatchGateway : public grpc::CallbackGenericService {
 public:
  // With `by_token` events are referrals, and the event 0 only reports the stream's position.
  WatchGateway(std::deque<Part> parts, bool by_token) : parts_(std::move(parts)), by_token_(by_token) {}
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    std::lock_guard lock(mutex_);
    // An "infinite" deadline is far beyond any time that a client would set.
    endless_.push_back(absl::FromChrono(context->deadline()) > absl::Now() + absl::Hours(1));
    Part part = parts_.empty() ? Part{{}, grpc::StatusCode::PERMISSION_DENIED} : parts_.front();
    if (!parts_.empty()) parts_.pop_front();
    return new Reactor(this, std::move(part));
  }
  std::vector<int64_t> asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  std::vector<std::string> tokens() {
    std::lock_guard lock(mutex_);
    return tokens_;
  }
  std::vector<bool> endless() {
    std::lock_guard lock(mutex_);
    return endless_;
  }

 private:
  class Reactor : public grpc::ServerGenericBidiReactor {
   public:
    Reactor(WatchGateway* gateway, Part part) : gateway_(gateway), part_(std::move(part)) { StartRead(&in_); }
    void OnReadDone(bool) override {
      gateway_->Ask(BytesOf(in_));
      Next();
    }
    void OnWriteDone(bool ok) override { ok ? Next() : Finish(grpc::Status::CANCELLED); }
    void OnDone() override { delete this; }

   private:
    void Next() {
      if (next_ == part_.indexes.size()) return Finish(grpc::Status(part_.end, "over"));
      out_ = BufferOf(gateway_->EventOf(part_.indexes[next_++]));
      StartWrite(&out_);
    }
    WatchGateway* gateway_;
    Part part_;
    std::size_t next_ = 0;
    grpc::ByteBuffer in_, out_;
  };

  void Ask(const std::string& bytes) {
    std::lock_guard lock(mutex_);
    if (by_token_) {
      WatchReferralsRequest request;
      request.ParseFromString(bytes);
      EXPECT_TRUE(request.progress());
      tokens_.push_back(request.watch_token());
      return;
    }
    WatchDisclosuresRequest request;
    request.ParseFromString(bytes);
    EXPECT_TRUE(request.progress());
    asked_.push_back(request.after_index());
  }
  std::string EventOf(int64_t index) {
    if (by_token_) {
      ReferralEvent event;
      event.set_watch_token(absl::StrCat("after ", index));
      if (index != 0) event.set_name(absl::StrCat("r", index));
      return event.SerializeAsString();
    }
    Disclosure event;
    // 100 is added to the index of an event that only reports the log's position.
    event.set_index(index % 100);
    if (index < 100) event.mutable_time()->set_seconds(1);
    return event.SerializeAsString();
  }

  std::mutex mutex_;
  std::deque<Part> parts_;
  const bool by_token_;
  std::vector<std::string> tokens_;
  std::vector<int64_t> asked_;
  std::vector<bool> endless_;
};

class AWatch : public ::testing::Test {
 protected:
  void Serve(std::deque<Part> parts, bool by_token = false) {
    gateway_ = std::make_unique<WatchGateway>(std::move(parts), by_token);
    const auto own = pki_.FromAgencyCa("gateway", {.uris = {"spiffe://accord.internal/service/gateway"}});
    grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    tls.pem_root_certs = testing::Slurp(pki_.agency_ca_file());
    tls.pem_key_cert_pairs.push_back({testing::Slurp(own.key_file), testing::Slurp(own.certificate_file)});
    grpc::ServerBuilder builder;
    builder.RegisterCallbackGenericService(gateway_.get());
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls), &port);
    server_ = builder.BuildAndStart();
    const auto mine = pki_.Agency("cas-york", "cms");
    client_ = *Client::Open({.address = absl::StrCat("127.0.0.1:", port),
                             .server_name = "localhost",
                             .ca_file = pki_.agency_ca_file(),
                             .certificate_file = mine.certificate_file,
                             .key_file = mine.key_file},
                            absl::Milliseconds(300));
  }
  // Watches until this many events came.
  absl::Status Watch(std::size_t wanted) {
    WatchDisclosuresRequest request;
    request.set_after_index(-1);
    return FollowStream(
        client_.get(), FindCommand("watch", "disclosures")->method, &request,
        [&](const google::protobuf::Message& event) {
          got_.push_back(dynamic_cast<const Disclosure&>(event).index());
          return got_.size() < wanted;
        },
        absl::Milliseconds(1));
  }
  ~AWatch() override {
    client_.reset();
    if (server_ != nullptr) server_->Shutdown();
  }

  testing::TestPki pki_;
  std::unique_ptr<WatchGateway> gateway_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Client> client_;
  std::vector<int64_t> got_;
};

TEST_F(AWatch, GoesOnFromTheLastEventHoweverItsStreamEnds) {
  Serve({{{3, 5}, grpc::StatusCode::DEADLINE_EXCEEDED},
         {{}, grpc::StatusCode::UNAVAILABLE},
         {{8}, grpc::StatusCode::OK},
         {{}, grpc::StatusCode::RESOURCE_EXHAUSTED},
         {{9, 10}, grpc::StatusCode::OK}});
  const absl::Status status = Watch(5);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(got_, ::testing::ElementsAre(3, 5, 8, 9, 10));
  EXPECT_THAT(gateway_->asked(), ::testing::ElementsAre(-1, 5, 5, 8, 8));
}

TEST_F(AWatch, ByTokenGoesOnFromWhereItWasToldToBeBeforeTheFirstEvent) {
  Serve({{{0}, grpc::StatusCode::UNAVAILABLE},
         {{4, 5}, grpc::StatusCode::UNAVAILABLE},
         {{0, 7}, grpc::StatusCode::OK}},
        true);
  WatchReferralsRequest request;
  std::vector<std::string> names;
  const absl::Status status = FollowStream(
      client_.get(), FindCommand("watch", "referrals")->method, &request,
      [&](const google::protobuf::Message& event) {
        names.push_back(dynamic_cast<const ReferralEvent&>(event).name());
        return names.size() < 3;
      },
      absl::Milliseconds(1));
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(names, ::testing::ElementsAre("r4", "r5", "r7"));
  EXPECT_THAT(gateway_->tokens(), ::testing::ElementsAre("", "after 0", "after 5"));
}

TEST_F(AWatch, ByIndexGoesOnFromWhereItWasToldToBeBeforeTheFirstEvent) {
  Serve({{{107}, grpc::StatusCode::UNAVAILABLE},
         {{}, grpc::StatusCode::UNAVAILABLE},
         {{8, 0}, grpc::StatusCode::UNAVAILABLE},
         {{9}, grpc::StatusCode::OK}});
  const absl::Status status = Watch(3);
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(got_, ::testing::ElementsAre(8, 0, 9));
  EXPECT_THAT(gateway_->asked(), ::testing::ElementsAre(-1, 7, 7, -1))
      << "0 would ask for what happens from then on";
}

TEST_F(AWatch, SaysOnceThatItsStreamIsGoneAndOnceThatItIsBack) {
  Serve({{{3}, grpc::StatusCode::UNAVAILABLE},
         {{}, grpc::StatusCode::UNAVAILABLE},
         {{}, grpc::StatusCode::UNAVAILABLE},
         {{8, 9}, grpc::StatusCode::OK}});
  ::testing::internal::CaptureStderr();
  const absl::Status status = Watch(3);
  const std::string told = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(told, ::testing::MatchesRegex("accordctl: there was no answer from 127.0.0.1:[0-9]+: [^\n]*\n"
                                            "accordctl: the stream is back\n"));
}

TEST_F(AWatch, InFrenchSaysSoInFrench) {
  Serve({{{}, grpc::StatusCode::UNAVAILABLE}, {{3}, grpc::StatusCode::OK}});
  const Speaking french(Language::kFrench);
  ::testing::internal::CaptureStderr();
  const absl::Status status = Watch(1);
  const std::string told = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(told, ::testing::AllOf(::testing::HasSubstr("aucune réponse de 127.0.0.1"),
                                     ::testing::HasSubstr("consultez la liste ensuite"),
                                     ::testing::HasSubstr("accordctl: le flux est revenu\n")));
}

TEST_F(AWatch, EndsForWhatWillNotPass) {
  Serve({{{3}, grpc::StatusCode::INVALID_ARGUMENT}});
  EXPECT_TRUE(absl::IsInvalidArgument(Watch(9)));
  EXPECT_EQ(gateway_->asked().size(), 1u);
}

TEST(Pauses, AreNotThoseOfEverybodyElse) {
  std::set<int64_t> different;
  for (int i = 0; i < 200; ++i) {
    const absl::Duration pause = JitteredPause(absl::Seconds(10));
    EXPECT_GE(pause, absl::Seconds(5));
    EXPECT_LE(pause, absl::Seconds(10));
    different.insert(absl::ToInt64Milliseconds(pause));
  }
  EXPECT_GT(different.size(), 20u);
}

TEST_F(AWatch, HasNoDeadlineOfACallThatIsAnsweredOnce) {
  Serve({{{3}, grpc::StatusCode::OK}});
  ASSERT_TRUE(Watch(1).ok());
  EXPECT_THAT(gateway_->endless(), ::testing::ElementsAre(true));
}

TEST_F(AWatch, ThatIsRefusedEnds) {
  Serve({{{3}, grpc::StatusCode::UNAVAILABLE}, {{}, grpc::StatusCode::PERMISSION_DENIED}});
  EXPECT_TRUE(absl::IsPermissionDenied(Watch(9)));
  EXPECT_THAT(gateway_->asked(), ::testing::ElementsAre(-1, 3));
}

}  // namespace
}  // namespace accord::ctl
