#include "common/host/server.h"

#include <grpc/grpc_security_constants.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/host/reflection.h"
#include "common/host/touched.h"

namespace accord::host {
namespace {

constexpr char kServicePrefix[] = "spiffe://accord.internal/service/";
constexpr int kMaxStreams = 256;
constexpr std::size_t kMaxQueued = 1024;

// The peer's service name; empty unless its certificate carries exactly one URI SAN of the right form.
std::string PeerOf(const grpc::ServerContextBase& context) {
  const auto auth = context.auth_context();
  if (auth == nullptr || !auth->IsPeerAuthenticated()) return "";
  const auto uris = auth->FindPropertyValues(GRPC_PEER_URI_PROPERTY_NAME);
  if (uris.size() != 1) return "";
  const std::string uri(uris[0].data(), uris[0].size());
  const std::string prefix = kServicePrefix;
  return uri.compare(0, prefix.size(), prefix) == 0 ? uri.substr(prefix.size()) : "";
}

std::string Bytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const auto& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

grpc::ByteBuffer Buffer(const std::string& bytes) {
  grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()),
                      StatusDetails(status));
}

// Trace id out of a W3C `traceparent` header, 32 hex digits; empty if there is none.
std::string TraceOf(const grpc::ServerContextBase& context) {
  const auto header = context.client_metadata().find("traceparent");
  if (header == context.client_metadata().end() || header->second.size() < 35) return "";
  return std::string(header->second.data() + 3, 32);
}

// Faults of the service itself, which somebody must look at; refusals are the audit's.
bool IsFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss || code == absl::StatusCode::kUnavailable;
}

// Threads for unary handlers, which wait for the database and so must not run on gRPC's own threads.
class Workers {
 public:
  explicit Workers(int count) {
    for (int i = 0; i < count; ++i) threads_.emplace_back([this] { Run(); });
  }
  ~Workers() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    ready_.notify_all();
    for (auto& thread : threads_) thread.join();
  }
  // False when too much is waiting already.
  bool Post(std::function<void()> work) {
    {
      std::lock_guard lock(mutex_);
      if (queue_.size() >= kMaxQueued) return false;
      queue_.push_back(std::move(work));
    }
    ready_.notify_one();
    return true;
  }

 private:
  void Run() {
    for (;;) {
      std::function<void()> work;
      {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        work = std::move(queue_.front());
        queue_.pop_front();
      }
      work();
    }
  }

  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

class Server::Impl : public grpc::CallbackGenericService {
 public:
  Impl(const v1::HostConfig& config, const Handlers* handlers, Metrics* metrics)
      : handlers_(handlers),
        metrics_(metrics),
        reflection_(config.reflection()),
        max_call_(absl::Seconds(config.max_call_seconds() > 0 ? config.max_call_seconds() : 30)),
        workers_(config.workers() > 0 ? config.workers() : 8) {}
  ~Impl() override {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return streams_ == 0; });
  }

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override;

  absl::Status Listen(const v1::HostConfig& config);
  void EndStreams() { handlers_->EndStreams(); }

  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;

 private:
  class Reactor;
  void StartStream(std::function<void()> work);

  const Handlers* handlers_;
  Metrics* metrics_;
  const bool reflection_;
  absl::Duration max_call_;
  Workers workers_;
  std::mutex mutex_;
  std::condition_variable idle_;
  int streams_ = 0;

  bool ReserveStream() {
    std::lock_guard lock(mutex_);
    if (streams_ >= kMaxStreams) return false;
    ++streams_;
    return true;
  }
};

// One call on the wire. Lives until gRPC is done with it and no thread works on it any more.
class Server::Impl::Reactor : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(Impl* server, grpc::GenericCallbackServerContext* context)
      : server_(server), context_(context), path_(context->method()), start_(absl::Now()), self_(this) {
    const Method* method = server_->handlers_->Find(path_);
    if (method != nullptr) server_->metrics_->Started(path_);
    Origin origin{PeerOf(*context), ""};
    const auto header = context->client_metadata().find(kCallerHeader);
    if (header != context->client_metadata().end()) {
      origin.assertion.assign(header->second.data(), header->second.size());
    }
    // No call lasts for ever: a unary one has the service's limit, a stream only the one its caller named.
    absl::Time deadline = absl::FromChrono(context->deadline());
    if (method != nullptr && method->unary()) deadline = std::min(deadline, start_ + server_->max_call_);
    auto call = server_->handlers_->Begin(path_, origin, deadline);
    if (!call.ok()) {
      End(call.status());
      return;
    }
    call_ = *std::move(call);
    streaming_ = method->descriptor->server_streaming();
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok)
      return End(Refuse(absl::StatusCode::kInvalidArgument, "REQUEST_MISSING", "The call has no request."));
    std::shared_ptr<Reactor> self = self_;
    if (!streaming_) {
      if (!server_->workers_.Post([self] { self->HandleUnary(); })) End(Overloaded());
    } else if (server_->ReserveStream()) {
      server_->StartStream([self] { self->HandleStream(); });
    } else {
      End(Overloaded());
    }
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
  static absl::Status Overloaded() {
    return WithRetryAfter(
        Refuse(absl::StatusCode::kResourceExhausted, "SERVICE_BUSY", "Too much is waiting; try again."),
        absl::Milliseconds(500));
  }

  void HandleUnary() {
    // What a drain finds in the queue is still answered.
    if (call_->abandoned()) {
      return End(Refuse(absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED",
                        "The deadline passed in the queue."));
    }
    auto reply = server_->handlers_->Unary(path_, *call_, Bytes(request_));
    if (!reply.ok()) return End(reply.status());
    if (!reply->masked.empty()) {
      context_->AddTrailingMetadata(kMaskedTrailer, absl::StrJoin(reply->masked, ","));
    }
    const bool too_much = reply->touched.ByteSizeLong() > kTouchedBytes;
    // What was stored is told even if the names of it cannot be.
    if (too_much) reply->touched.clear_resources();
    for (const std::string& trailer : TouchedTrailers(reply->touched)) {
      context_->AddTrailingMetadata(kTouchedTrailer, trailer);
    }
    if (too_much) {
      return End(
          Refuse(absl::StatusCode::kResourceExhausted, "ANSWER_NAMES_TOO_MUCH",
                 "The answer names more records than one audit record holds; ask for a smaller page."));
    }
    response_ = Buffer(reply->response);
    Account(absl::OkStatus());
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  void HandleStream() {
    const absl::Status status = server_->handlers_->Stream(
        path_, *call_, Bytes(request_), [this](const std::string& bytes) { return Write(bytes); });
    End(status);
  }

  // One write at a time; the stream's own thread waits for the wire.
  bool Write(const std::string& bytes) {
    if (call_->ended()) return false;
    {
      std::lock_guard lock(mutex_);
      writing_ = true;
    }
    response_ = Buffer(bytes);
    StartWrite(&response_);
    std::unique_lock lock(mutex_);
    written_.wait(lock, [this] { return !writing_; });
    return write_ok_;
  }

  void End(const absl::Status& status) {
    Account(status);
    Finish(ToGrpc(status));
  }

  void Account(const absl::Status& status) {
    if (IsFault(status.code())) {
      LogError("call_failed", {{"method", path_},
                               {"code", absl::StatusCodeToString(status.code())},
                               {"rule", RuleOf(status)},
                               {"trace", TraceOf(*context_)}});
    }
    if (server_->handlers_->Find(path_) != nullptr) {
      server_->metrics_->Handled(path_, status.code(), absl::Now() - start_);
    }
  }

  Impl* server_;
  grpc::GenericCallbackServerContext* context_;
  std::string path_;
  absl::Time start_;
  std::shared_ptr<Call> call_;
  bool streaming_ = false;
  grpc::ByteBuffer request_, response_;
  std::mutex mutex_;
  std::condition_variable written_;
  bool writing_ = false;
  bool write_ok_ = true;
  std::shared_ptr<Reactor> self_;
};

// A conversation of reflection: an answer to each question until the peer has no more.
class ReflectionReactor : public grpc::ServerGenericBidiReactor {
 public:
  ReflectionReactor(std::vector<std::string> services, bool allowed) : services_(std::move(services)) {
    if (!allowed) {
      Finish(ToGrpc(Refuse(absl::StatusCode::kPermissionDenied, "PEER_NOT_ALLOWED",
                           "This peer may not call this service.")));
      return;
    }
    StartRead(&in_);
  }
  void OnReadDone(bool ok) override {
    grpc::reflection::v1alpha::ServerReflectionRequest request;
    if (!ok || !request.ParseFromString(Bytes(in_))) return Finish(grpc::Status::OK);
    out_ = Buffer(Reflect(request, services_).SerializeAsString());
    StartWrite(&out_);
  }
  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::OK);
    StartRead(&in_);
  }
  void OnDone() override { delete this; }

 private:
  std::vector<std::string> services_;
  grpc::ByteBuffer in_, out_;
};

grpc::ServerGenericBidiReactor* Server::Impl::CreateReactor(grpc::GenericCallbackServerContext* context) {
  if (reflection_ && context->method() == kReflectionPath) {
    return new ReflectionReactor(handlers_->Services(), !PeerOf(*context).empty());
  }
  return new Reactor(this, context);
}

void Server::Impl::StartStream(std::function<void()> work) {
  std::thread([this, work = std::move(work)]() mutable {
    work();
    work = nullptr;
    std::lock_guard lock(mutex_);
    if (--streams_ == 0) idle_.notify_all();
  }).detach();
}

absl::Status Server::Impl::Listen(const v1::HostConfig& config) {
  using grpc::experimental::FileWatcherCertificateProvider;
  const auto& tls = config.tls();
  if (tls.certificate_file().empty() || tls.key_file().empty() || tls.peer_ca_file().empty()) {
    return absl::InvalidArgumentError("tls needs certificate_file, key_file and peer_ca_file");
  }
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
