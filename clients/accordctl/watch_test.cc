#include "clients/accordctl/watch.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/security/server_credentials.h>

#include <deque>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/audit/v1/service.pb.h"
#include "clients/accordctl/commands.h"
#include "common/testing/pki.h"

namespace accord::ctl {
namespace {

using audit::v1::Disclosure;
using audit::v1::WatchDisclosuresRequest;

// What one stream gives, and how it ends.
struct Part {
  std::vector<int64_t> indexes;
  grpc::StatusCode end;
};

// A gateway of one method, which remembers what it was asked.
class Gateway : public grpc::CallbackGenericService {
 public:
  explicit Gateway(std::deque<Part> parts) : parts_(std::move(parts)) {}
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    std::lock_guard lock(mutex_);
    // "infinite" is far beyond any time that a client would name.
    endless_.push_back(absl::FromChrono(context->deadline()) > absl::Now() + absl::Hours(1));
    Part part = parts_.empty() ? Part{{}, grpc::StatusCode::PERMISSION_DENIED} : parts_.front();
    if (!parts_.empty()) parts_.pop_front();
    return new Reactor(this, std::move(part));
  }
  std::vector<int64_t> asked() {
    std::lock_guard lock(mutex_);
    return asked_;
  }
  std::vector<bool> endless() {
    std::lock_guard lock(mutex_);
    return endless_;
  }

 private:
  class Reactor : public grpc::ServerGenericBidiReactor {
   public:
    Reactor(Gateway* gateway, Part part) : gateway_(gateway), part_(std::move(part)) { StartRead(&in_); }
    void OnReadDone(bool) override {
      std::vector<grpc::Slice> slices;
      std::string bytes;
      (void)in_.Dump(&slices);
      for (const auto& slice : slices)
        bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
      WatchDisclosuresRequest request;
      request.ParseFromString(bytes);
      {
        std::lock_guard lock(gateway_->mutex_);
        gateway_->asked_.push_back(request.after_index());
      }
      Next();
    }
    void OnWriteDone(bool ok) override { ok ? Next() : Finish(grpc::Status::CANCELLED); }
    void OnDone() override { delete this; }

   private:
    void Next() {
      if (next_ == part_.indexes.size()) return Finish(grpc::Status(part_.end, "over"));
      Disclosure event;
      event.set_index(part_.indexes[next_++]);
      const grpc::Slice slice(event.SerializeAsString());
      out_ = grpc::ByteBuffer(&slice, 1);
      StartWrite(&out_);
    }
    Gateway* gateway_;
    Part part_;
    std::size_t next_ = 0;
    grpc::ByteBuffer in_, out_;
  };

  std::mutex mutex_;
  std::deque<Part> parts_;
  std::vector<int64_t> asked_;
  std::vector<bool> endless_;
};

class AWatch : public ::testing::Test {
 protected:
  void Serve(std::deque<Part> parts) {
    gateway_ = std::make_unique<Gateway>(std::move(parts));
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
  // Until so many events came.
  absl::Status Watch(std::size_t wanted) {
    WatchDisclosuresRequest request;
    request.set_after_index(-1);
    return Follow(
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
  std::unique_ptr<Gateway> gateway_;
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
