#include "common/host/serving/server.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/access/refusal_explanation.h"
#include "common/base/byte_buffer.h"
#include "common/base/error.h"
#include "common/base/language.h"
#include "common/base/log.h"
#include "common/base/trust_domain.h"
#include "common/host/calls/touched.h"
#include "common/host/serving/budgets.h"
#include "common/host/serving/fault_lines.h"
#include "common/host/serving/reflection.h"
#include "common/host/serving/transport.h"

namespace accord::host {
namespace {

int SetOr(int configured, int otherwise) { return configured > 0 ? configured : otherwise; }

// Whether it is a fault of the service itself, which somebody must look at. Refusals belong to
// the audit.
bool IsFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss || code == absl::StatusCode::kUnavailable;
}

}  // namespace

class Server::Impl : public grpc::CallbackGenericService {
 public:
  Impl(const v1::HostConfig& config, const Handlers* handlers, Metrics* metrics)
      : handlers_(handlers),
        metrics_(metrics),
        reflection_(config.reflection()),
        max_call_(absl::Seconds(SetOr(config.max_call_seconds(), 30))),
        agencies_(Budgets::OfAgencies(config)),
        internal_(Budgets::OfPeers(config)) {
    metrics_->Add(agencies_);
    metrics_->Add(internal_);
  }
  ~Impl() override {
    agencies_->streams.WaitUntilNoneIsOpen();
    internal_->streams.WaitUntilNoneIsOpen();
    metrics_->Remove(agencies_);
    metrics_->Remove(internal_);
  }

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;

  absl::Status Listen(const v1::HostConfig& config);
  void EndStreams() { handlers_->EndStreams(); }

  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;

 private:
  class Reactor;

  const Handlers* handlers_;
  Metrics* metrics_;
  const bool reflection_;
  // The beginning of the URI in a service's certificate; set before anything is served.
  std::string service_prefix_;
  absl::Duration max_call_;
  FaultLines fault_lines_;
  // Methods that only services may call have workers and streams of their own.
  const std::shared_ptr<Budgets> agencies_, internal_;
};

// A reactor is one call on the connection. It lives until gRPC and all threads are done with it.
class Server::Impl::Reactor : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(Impl* server, grpc::GenericCallbackServerContext* context)
      : server_(server), context_(context), path_(context->method()), start_(absl::Now()), self_(this) {
    const Method* method = server_->handlers_->Find(path_);
    if (method != nullptr) server_->metrics_->Started(path_);
    Origin origin{PeerOf(*context, server_->service_prefix_), ""};
    const auto header = context->client_metadata().find(kCallerHeader);
    if (header != context->client_metadata().end()) {
      origin.assertion.assign(header->second.data(), header->second.size());
    }
    // No call lasts for ever: a unary call has the service's limit, and a stream only the deadline
    // of its caller.
    absl::Time deadline = absl::FromChrono(context->deadline());
    if (method != nullptr && method->unary()) deadline = std::min(deadline, start_ + server_->max_call_);
    auto call = server_->handlers_->Begin(path_, origin, deadline);
    if (!call.ok()) {
      End(call.status());
      return;
    }
    call_ = *std::move(call);
    streaming_ = method->descriptor->server_streaming();
    // The log reads a service's changes through the gateway. It must be able to settle them however
    // many streams and waiting calls agencies have.
    const bool of_peer = !method->rule.peers().empty();
    const bool internal = of_peer || call_->caller().kind == annotations::v1::AGENCY_KIND_PLATFORM_LOG;
    budgets_ = internal ? server_->internal_.get() : server_->agencies_.get();
    who_ = of_peer ? origin.peer : call_->caller().agency;
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return End(Refuse(rules::kRequestMissing, "The call has no request."));
    std::shared_ptr<Reactor> self = self_;
    if (!streaming_) {
      return budgets_->workers.Post(
          who_, {[self] { self->HandleUnary(); }, [self](FairQueue::Full full) { self->End(Busy(full)); }});
    }
    if (absl::Status open = budgets_->streams.Open(who_); !open.ok()) return End(open);
    std::thread([self = std::move(self), streams = &budgets_->streams, who = who_]() mutable {
      self->HandleStream();
      self = nullptr;
      streams->Close(who);
    }).detach();
  }

  void OnWriteDone(bool ok) override {
    std::lock_guard lock(mutex_);
    writing_ = false;
    write_ok_ = ok;
    written_.notify_all();
  }

  void OnCancel() override {
    if (call_ != nullptr) call_->End();
  }

  void OnDone() override {
    std::shared_ptr<Reactor> last;
    last.swap(self_);
  }

 private:
  static absl::Status Busy(FairQueue::Full full) {
    const bool own = full == FairQueue::Full::kLine;
    return WithRetryAfter(Refuse(own ? rules::kAgencyBusy : rules::kServiceBusy,
                                 own ? "Too many of your agency's calls wait here; try again."
                                     : "Too much is waiting; try again."),
                          absl::Milliseconds(500));
  }

  void HandleUnary() {
    // A call that waits in the queue when the server drains is still answered.
    if (call_->abandoned()) {
      return End(Refuse(rules::kDeadlinePassed, "The deadline passed in the queue."));
    }
    std::optional<storage::ReservedSessions> reserved;
    if (budgets_ == server_->internal_.get()) reserved.emplace();
    auto reply = server_->handlers_->Unary(path_, *call_, BytesOf(request_));
    if (!reply.ok()) return End(reply.status());
    if (!reply->masked.empty()) {
      context_->AddTrailingMetadata(kMaskedTrailer, absl::StrJoin(reply->masked, ","));
    }
    const bool too_much = reply->touched.ByteSizeLong() > kTouchedBytes;
    // Changes whose names do not fit are not reported here. The log finds them by itself and tells
    // their owners.
    if (too_much) {
      reply->touched.clear_resources();
      reply->touched.clear_revisions();
      reply->touched.clear_changed();
    }
    for (const std::string& trailer : TouchedTrailers(reply->touched)) {
      context_->AddTrailingMetadata(kTouchedTrailer, trailer);
    }
    if (too_much) {
      return End(
          Refuse(rules::kAnswerNamesTooMuch,
                 "The answer names more records than one audit record holds; ask for a smaller page."));
    }
    response_ = BufferOf(reply->response);
    Account(absl::OkStatus());
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  void HandleStream() {
    std::optional<storage::ReservedSessions> reserved;
    if (budgets_ == server_->internal_.get()) reserved.emplace();
    // The headers are sent at once, so that the caller knows that the stream is open before there
    // is anything to send.
    StartSendInitialMetadata();
    const absl::Status status = server_->handlers_->Stream(
        path_, *call_, BytesOf(request_), [this](const std::string& bytes) { return Write(bytes); });
    End(status);
  }

  // Makes one write at a time; the stream's own thread waits until it is sent.
  bool Write(const std::string& bytes) {
    if (call_->ended()) return false;
    {
      std::lock_guard lock(mutex_);
      writing_ = true;
    }
    response_ = BufferOf(bytes);
    StartWrite(&response_);
    std::unique_lock lock(mutex_);
    written_.wait(lock, [this] { return !writing_; });
    return write_ok_;
  }

  void End(const absl::Status& status) {
    Account(status);
    // A call without a verified assertion has no language. A refusal before the call began has its
    // text already.
    const Language language = call_ == nullptr ? Language::kNone : call_->caller().language;
    Finish(ToGrpc(ExplainRefusal(status, server_->handlers_->Find(path_), language)));
  }

  void Account(const absl::Status& status) {
    if (IsFault(status.code())) LogFault(status);
    if (server_->handlers_->Find(path_) != nullptr) {
      server_->metrics_->Handled(path_, status.code(), absl::Now() - start_);
    }
  }

  void LogFault(const absl::Status& status) {
    const std::optional<int64_t> left_out = server_->fault_lines_.Take(who_, absl::Now());
    if (!left_out) return;
    nlohmann::json fields = {{"method", path_},
                             {"code", absl::StatusCodeToString(status.code())},
                             {"rule", RuleOf(status)},
                             {"trace", TraceOf(*context_)}};
    if (*left_out > 0) fields["left_out"] = *left_out;
    LogError("call_failed", std::move(fields));
  }

  Impl* server_;
  grpc::GenericCallbackServerContext* context_;
  std::string path_;
  absl::Time start_;
  std::shared_ptr<Call> call_;
  // The call's budgets, and the agency that is charged for it.
  Budgets* budgets_ = nullptr;
  std::string who_;
  bool streaming_ = false;
  grpc::ByteBuffer request_, response_;
  std::mutex mutex_;
  std::condition_variable written_;
  bool writing_ = false;
  bool write_ok_ = true;
  std::shared_ptr<Reactor> self_;
};

grpc::ServerGenericBidiReactor* Server::Impl::CreateReactor(grpc::GenericCallbackServerContext* context) {
  if (reflection_ && context->method() == kReflectionPath) {
    return NewReflectionReactor(handlers_->Services(), !PeerOf(*context, service_prefix_).empty());
  }
  return new Reactor(this, context);
}

absl::Status Server::Impl::Listen(const v1::HostConfig& config) {
  using grpc::experimental::FileWatcherCertificateProvider;
  const auto& tls = config.tls();
  if (tls.certificate_file().empty() || tls.key_file().empty() || tls.peer_ca_file().empty()) {
    return absl::InvalidArgumentError("tls needs certificate_file, key_file and peer_ca_file");
  }
  ACCORD_ASSIGN_OR_RETURN(service_prefix_, ServicePrefix(config.trust_domain()));
  grpc::experimental::TlsServerCredentialsOptions options(std::make_shared<FileWatcherCertificateProvider>(
      tls.key_file(), tls.certificate_file(), tls.peer_ca_file(), 1));
  options.watch_root_certs();
  options.watch_identity_key_cert_pairs();
  options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);

  grpc::EnableDefaultHealthCheckService(true);
  grpc::ServerBuilder builder;
  builder.RegisterCallbackGenericService(this);
  builder.AddListeningPort(config.listen(), grpc::experimental::TlsServerCredentials(options), &port_);
  builder.SetMaxReceiveMessageSize(8 << 20);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 5000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 2048);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 32 << 10);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // The gateway pings the service every few seconds, even without an open call, and is never
  // disconnected for that. The service pings too, and drops a gateway that is gone.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 1000 * SetOr(config.keepalive_seconds(), 10));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             1000 * SetOr(config.keepalive_timeout_seconds(), 5));
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port_ == 0) {
    return absl::UnavailableError(absl::StrCat("cannot listen on ", config.listen()));
  }
  for (const std::string& service : handlers_->Services()) {
    server_->GetHealthCheckService()->SetServingStatus(service, true);
  }
  return absl::OkStatus();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { Drain(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const v1::HostConfig& config, const Handlers* handlers,
                                                      Metrics* metrics) {
  auto impl = std::make_unique<Impl>(config, handlers, metrics);
  if (absl::Status status = impl->Listen(config); !status.ok()) return status;
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

int Server::port() const { return impl_->port_; }

void Server::Drain(absl::Duration grace) {
  if (impl_->server_ == nullptr) return;
  impl_->server_->GetHealthCheckService()->Shutdown();
  impl_->EndStreams();
  impl_->server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
  impl_->server_->Wait();
}

}  // namespace accord::host
