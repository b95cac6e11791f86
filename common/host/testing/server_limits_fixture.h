// This is a real server over TLS whose handlers echo, wait at a gate or fill an answer, and calls of it as
// the gateway makes them for an agency.
#ifndef ACCORD_COMMON_HOST_TESTING_SERVER_LIMITS_FIXTURE_H_
#define ACCORD_COMMON_HOST_TESTING_SERVER_LIMITS_FIXTURE_H_

#include <grpcpp/grpcpp.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <atomic>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/audit/v1/audit_writer_service.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "accord/protocols/v1/coverage_service.pb.h"
#include "accord/protocols/v1/revisions.pb.h"
#include "accord/testing/v1/echo.pb.h"
#include "common/base/error.h"
#include "common/grpclog/grpc_log.h"
#include "common/host/serving/server.h"
#include "common/metrics/metrics_page.h"
#include "common/pki/ed25519.h"
#include "common/testing/eventually.h"
#include "common/testing/matchers.h"
#include "common/testing/pki.h"
#include "common/testing/stepped_call.h"

namespace accord::host {

class ServerLimits : public ::testing::Test {
 protected:
  static constexpr char kEcho[] = "/accord.testing.v1.EchoService/Echo";
  static constexpr char kExpand[] = "/accord.testing.v1.EchoService/Expand";
  // Its gRPC service has no other method that a process would have to serve.
  static constexpr char kCells[] = "/accord.protocols.v1.CoverageService/ListCoverageCells";
  static constexpr char kAppendRecords[] = "/accord.audit.v1.AuditWriterService/AppendRecords";
  static constexpr char kListRevisions[] = "/accord.protocols.v1.RevisionService/ListRevisionKeys";
  static constexpr char kWatchRevisions[] = "/accord.protocols.v1.RevisionService/WatchRevisionKeys";
  static constexpr char kHealth[] = "/grpc.health.v1.Health/Watch";

  using EchoRequest = testing::v1::EchoRequest;
  using EchoResponse = testing::v1::EchoResponse;

  // This is a gate that handlers wait at.
  class Gate {
   public:
    void Wait() {
      ++waiting_;
      open_.wait();
      --waiting_;
    }
    void Open() { promise_.set_value(); }
    int waiting() const { return waiting_; }

   private:
    std::promise<void> promise_;
    std::shared_future<void> open_ = promise_.get_future().share();
    std::atomic<int> waiting_{0};
  };

  // One call of any kind as the gateway makes it for an agency.
  class Open : public testing::SteppedCall {
   public:
    Open(const std::shared_ptr<grpc::Channel>& channel, const std::string& path, const std::string& assertion,
         const std::string& request, const std::vector<std::pair<std::string, std::string>>& headers = {},
         absl::Duration deadline = absl::InfiniteDuration())
        : SteppedCall(channel, path, [&](grpc::ClientContext* context) {
            if (!assertion.empty()) context->AddMetadata(kCallerHeader, assertion);
            for (const auto& [name, value] : headers) context->AddMetadata(name, value);
            if (deadline != absl::InfiniteDuration())
              context->set_deadline(absl::ToChronoTime(absl::Now() + deadline));
          }) {
      if (started()) WriteLast(request);
    }
    absl::Status ReadAndFinish(std::string* response = nullptr) {
      const auto read = Read();
      if (read && response != nullptr) *response = *read;
      return Finish();
    }
  };

  ServerLimits() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")) {
    RouteGrpcLog();
    config_.set_name("under-test");
    config_.set_listen("127.0.0.1:0");
    const auto own = pki_.Service("under-test");
    config_.mutable_tls()->set_certificate_file(own.certificate_file);
    config_.mutable_tls()->set_key_file(own.key_file);
    config_.mutable_tls()->set_peer_ca_file(pki_.service_ca_file());
    AddEcho();
    handlers_.Unary<protocols::v1::ListCoverageCellsRequest, protocols::v1::ListCoverageCellsResponse>(
        kCells, [](Call&, const auto& request) -> absl::StatusOr<protocols::v1::ListCoverageCellsResponse> {
          protocols::v1::ListCoverageCellsResponse response;
          const std::size_t longer = request.page_token().empty() ? 0 : 1000;
          for (int i = 0; i < request.page_size(); ++i) {
            response.add_coverage_cells()->set_name(absl::StrCat("agencies/cas-of-a-long-name-", i % 20,
                                                                 "/coverageCells/",
                                                                 std::string(400 + longer, 'n'), i));
          }
          return response;
        });
    handlers_.Unary<audit::v1::AppendRecordsRequest, audit::v1::AppendRecordsResponse>(
        kAppendRecords, [](Call&, const auto&) -> absl::StatusOr<audit::v1::AppendRecordsResponse> {
          return audit::v1::AppendRecordsResponse();
        });
  }

  void AddEcho() {
    const auto echo = [this](Call&, const EchoRequest& request) -> absl::StatusOr<EchoResponse> {
      if (request.payload() == "wait") gate_.Wait();
      if (request.payload() == "absent" || request.payload() == "hidden") return NotFound();
      return EchoResponse();
    };
    const auto expand = [this](Call& call, const EchoRequest&, const auto& send) {
      stream_deadline_us_ = absl::ToUnixMicros(call.deadline());
      send(EchoResponse());
      while (!call.ended()) call.WaitForChange(absl::Minutes(1));
      ++ended_streams_;
      if (hold_ended_streams_) gate_.Wait();
      return absl::OkStatus();
    };
    handlers_.Unary<EchoRequest, EchoResponse>(kEcho, echo);
    handlers_.Unary<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/EchoForPolice", echo);
    handlers_.Unary<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/Change", echo);
    handlers_.Unary<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/Act", echo);
    handlers_.Unary<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/Collect", echo);
    handlers_.Stream<EchoRequest, EchoResponse>(kExpand, expand);
    handlers_.Stream<EchoRequest, EchoResponse>("/accord.testing.v1.EchoService/Chat", expand);
  }

  // This is what the log follows.
  void AddRevisions() {
    protocols::v1::RevisionServiceFile::descriptor();
    handlers_.Unary<v1::ListRevisionKeysRequest, v1::ListRevisionKeysResponse>(
        kListRevisions, [](Call&, const auto&) -> absl::StatusOr<v1::ListRevisionKeysResponse> {
          return v1::ListRevisionKeysResponse();
        });
    handlers_.Stream<v1::WatchRevisionKeysRequest, v1::ListRevisionKeysResponse>(
        kWatchRevisions, [](Call& call, const auto&, const auto& send) {
          send(v1::ListRevisionKeysResponse());
          while (!call.ended()) call.WaitForChange(absl::Minutes(1));
          return absl::OkStatus();
        });
  }

  void Serve() {
    std::map<std::string, std::vector<std::string>> allow;
    for (const auto& service : handlers_.Services()) allow[service] = {"gateway"};
    std::vector<Key> keys;
    keys.push_back(PublicKeyOf(RawPublicKey(key_)));
    ASSERT_OK(handlers_.Seal(allow, std::make_shared<AssertionVerifier>("under-test", std::move(keys)),
                             &Clock::Real()));
    auto server = Server::Start(config_, &handlers_, metrics_.get());
    ASSERT_OK(server);
    server_ = *std::move(server);
    channel_ = Channel(server_->port());
  }

  std::shared_ptr<grpc::Channel> Channel(int port) {
    const auto gateway = pki_.Service("gateway");
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = testing::Slurp(pki_.service_ca_file());
    options.pem_private_key = testing::Slurp(gateway.key_file);
    options.pem_cert_chain = testing::Slurp(gateway.certificate_file);
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride("localhost");
    // This is the limit that the gateway announces.
    arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, 1 << 20);
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(absl::StrCat("ipv4:127.0.0.1:", port), grpc::SslCredentials(options),
                                     arguments);
  }

  std::string For(const std::string& agency) {
    return For(agency, annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY, annotations::v1::ROLE_CAS_DIRECTOR,
               annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE);
  }
  std::string ForTheLog() {
    return For("accord-log", annotations::v1::AGENCY_KIND_PLATFORM_LOG,
               annotations::v1::ROLE_PLATFORM_AUDITOR, annotations::v1::PURPOSE_ADMINISTRATION);
  }
  std::string For(const std::string& agency, AgencyKind kind, Role role, Purpose purpose,
                  caller::v1::Language language = caller::v1::LANGUAGE_UNSPECIFIED) {
    caller::v1::CallerAssertion assertion;
    assertion.set_agency(agency);
    assertion.set_agency_kind(kind);
    assertion.set_system("s");
    assertion.set_actor("a");
    assertion.add_roles(role);
    assertion.set_purpose(purpose);
    assertion.set_language(language);
    assertion.set_audience("under-test");
    const absl::Time now = absl::Now();
    *assertion.mutable_issue_time() = ToProto(now);
    *assertion.mutable_expire_time() = ToProto(now + kAssertionLife);
    return SignAssertion(key_, assertion);
  }

  static std::string Echo(const std::string& payload) {
    EchoRequest request;
    request.set_payload(payload);
    return request.SerializeAsString();
  }
  absl::Status Ask(const std::string& agency) {
    return Open(channel_, kEcho, For(agency), Echo("x")).ReadAndFinish();
  }
  // This gives what a society that asked for texts in this language is told of a record that it is not
  // to see.
  absl::Status AskFor(const std::string& payload, caller::v1::Language language) {
    return Open(channel_, kEcho,
                For("cas-york", annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY,
                    annotations::v1::ROLE_PRIVACY_OFFICER, annotations::v1::PURPOSE_PRIVACY_REVIEW, language),
                Echo(payload))
        .ReadAndFinish();
  }
  // Calls that stay at the gate or in the queue.
  std::vector<std::unique_ptr<Open>> Wait(const std::string& agency, int count) {
    std::vector<std::unique_ptr<Open>> calls;
    for (int i = 0; i < count; ++i) {
      calls.push_back(std::make_unique<Open>(channel_, kEcho, For(agency), Echo("wait")));
    }
    return calls;
  }
  std::string Page() { return *AnswerTo("GET /metrics HTTP/1.1\r\n\r\n", 8192, *metrics_->page()); }
  bool Shows(const std::string& line) {
    return testing::Eventually([&] { return Page().find(line) != std::string::npos; });
  }

  testing::TestPki pki_;
  Key key_;
  v1::HostConfig config_;
  Gate gate_;
  std::atomic<int> ended_streams_{0};
  std::atomic<int64_t> stream_deadline_us_{0};
  bool hold_ended_streams_ = false;
  Handlers handlers_{nullptr};
  std::unique_ptr<Metrics> metrics_ = *Metrics::Start("");
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_TESTING_SERVER_LIMITS_FIXTURE_H_
