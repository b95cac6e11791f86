#include "services/gateway/http2/upstream.h"

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/base/log.h"
#include "common/base/socket.h"

namespace accord::gateway {
namespace {

constexpr uint32_t kMaxTrailerBytes = 1 << 20;
// This is shorter than for agencies, because another address may be waiting.
constexpr Millis kHandshake{2000};

// Addresses that need no look-up: `127.0.0.1:7400`, `[::1]:7400`.
bool AreNumeric(const std::string& addresses) {
  return addresses.find_first_not_of("0123456789.:[]abcdef,") == std::string::npos &&
         (addresses.front() == '[' || addresses.find_first_not_of("0123456789.:,") == std::string::npos);
}

std::vector<Endpoint> EndpointsOf(const std::string& addresses) {
  std::vector<Endpoint> endpoints;
  for (const absl::string_view address : absl::StrSplit(addresses, ',', absl::SkipWhitespace())) {
    const Addresses found =
        ResolveAddress(std::string(absl::StripAsciiWhitespace(address)), AddressUse::kConnect);
    for (const addrinfo* each = found.get(); each != nullptr; each = each->ai_next) {
      Endpoint& endpoint = endpoints.emplace_back();
      std::memcpy(&endpoint.address, each->ai_addr, each->ai_addrlen);
      endpoint.size = each->ai_addrlen;
    }
  }
  return endpoints;
}

// Gives a connecting descriptor, or -1.
int ConnectTo(const Endpoint& endpoint) {
  const int fd = ::socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&endpoint.address), endpoint.size) != 0 &&
      errno != EINPROGRESS) {
    ::close(fd);
    return -1;
  }
  return fd;
}

}  // namespace

int ListenOn(const std::string& address, int* port) {
  const Addresses found = ResolveAddress(address, AddressUse::kListen);
  if (found == nullptr) return -1;
  if (*port != 0) {
    // The loops after the first listen on the port that the first one was given.
    reinterpret_cast<sockaddr_in*>(found->ai_addr)->sin_port = htons(static_cast<uint16_t>(*port));
  }
  const int fd = ListeningSocket(*found, 1024, true);
  if (fd >= 0) *port = PortOf(fd);
  return fd;
}

bool IsLoopback(const std::string& addresses) {
  for (const absl::string_view each : absl::StrSplit(addresses, ',')) {
    const absl::string_view address = absl::StripAsciiWhitespace(each);
    if (!absl::StartsWith(address, "127.") && !absl::StartsWith(address, "[::1]:") &&
        !absl::StartsWith(address, "localhost:")) {
      return false;
    }
  }
  return true;
}

UpstreamSession::~UpstreamSession() { Detach(); }

void UpstreamSession::Open(EventLoop* loop, int fd, TlsContext context, Millis ping) {
  // Trailers name all that a call touched; frames of this size keep them clear of limits on continuations.
  http2_ = Http2Connection::Open(loop, fd, std::move(context),
                                 {.server = false,
                                  .max_header_bytes = kMaxTrailerBytes,
                                  .max_frame_bytes = kMaxTrailerBytes,
                                  // A service sends at most this much of one answer before it continues with
                                  // others, because all agencies share the connection.
                                  .window = 64 * 1024,
                                  .handshake = kHandshake,
                                  .ping = ping,
                                  .unacknowledged = 2 * ping},
                                 this);
}

void UpstreamSession::Leave() {
  leaving_ = true;
  if (sinks_.empty()) http2_->Close();
}

void UpstreamSession::Detach() {
  owner_ = nullptr;
  if (http2_ != nullptr) http2_->Detach();
}

int32_t UpstreamSession::Start(const Headers& headers, const std::shared_ptr<StreamSink>& sink) {
  const int32_t stream = http2_->Request(headers);
  if (stream > 0) sinks_[stream] = sink;
  return stream;
}

void UpstreamSession::Abandon(int32_t stream) {
  if (sinks_.erase(stream) != 0) http2_->Reset(stream, NGHTTP2_CANCEL);
}

std::shared_ptr<StreamSink> UpstreamSession::SinkOf(int32_t stream) const {
  const auto found = sinks_.find(stream);
  return found == sinks_.end() ? nullptr : found->second.lock();
}

void UpstreamSession::OnUp(const PeerCertificate& peer) {
  if (!owner_->Trusts(peer)) return http2_->Close();
  up_ = true;
  owner_->OnUp();
}

void UpstreamSession::OnHeaders(int32_t stream, Headers headers, bool end, bool oversize) {
  if (const auto sink = SinkOf(stream)) sink->OnUpstreamHeaders(std::move(headers), end, oversize);
}

void UpstreamSession::OnData(int32_t stream, std::string_view bytes) {
  if (const auto sink = SinkOf(stream)) sink->OnUpstreamData(bytes);
}

void UpstreamSession::OnEnd(int32_t stream) {
  if (const auto sink = SinkOf(stream)) sink->OnUpstreamEnd();
}

void UpstreamSession::OnDrained(int32_t stream) {
  if (const auto sink = SinkOf(stream)) sink->OnUpstreamDrained();
}

void UpstreamSession::OnStreamClosed(int32_t stream, uint32_t) {
  const auto sink = SinkOf(stream);
  sinks_.erase(stream);
  if (sink != nullptr) sink->OnUpstreamClosed();
  if (leaving_ && sinks_.empty()) http2_->Close();
}

void UpstreamSession::OnGoAway() {
  if (leaving_) return;
  Leave();
  owner_->OnLeaving(this);
}

void UpstreamSession::OnDown() {
  leaving_ = true;
  auto sinks = std::move(sinks_);
  sinks_.clear();
  for (auto& [stream, weak] : sinks) {
    if (const auto sink = weak.lock()) sink->OnUpstreamClosed();
  }
  if (owner_ != nullptr) owner_->OnDown(this);
}

Upstream::Upstream(EventLoop* loop, const v1::Backend& backend, std::string uri, Millis ping,
                   ContextSource context)
    : loop_(loop), backend_(backend), uri_(std::move(uri)), ping_(ping), context_(std::move(context)) {}

Upstream::~Upstream() {
  if (resolver_.joinable()) resolver_.join();
  if (retry_) loop_->Cancel(*retry_);
  if (session_ != nullptr) session_->Detach();
  for (const auto& session : leaving_) session->Detach();
}

void Upstream::Connect() {
  retry_.reset();
  next_address_ = 0;
  if (AreNumeric(backend_.address())) {
    addresses_ = EndpointsOf(backend_.address());
    return TryNext();
  }
  if (resolver_.joinable()) resolver_.join();  // It has given its answer.
  resolver_ = std::thread([this] {
    auto found = EndpointsOf(backend_.address());
    loop_->Post([this, found = std::move(found)]() mutable {
      addresses_ = std::move(found);
      TryNext();
    });
  });
}

void Upstream::TryNext() {
  while (next_address_ < addresses_.size()) {
    const int fd = ConnectTo(addresses_[next_address_++]);
    if (fd < 0) continue;
    session_ = std::make_shared<UpstreamSession>(this);
    return session_->Open(loop_, fd, context_(), ping_);
  }
  ConnectLater();
}

void Upstream::Tick(SteadyTime now) {
  std::erase_if(waiting_, [](const Waiting& waiting) { return waiting.who.expired(); });
  if (session_ != nullptr) session_->http2().Tick(now);
  const auto leaving = leaving_;
  for (const auto& session : leaving) session->http2().Tick(now);
  if (!ready() || !session_->http2().Worn()) return;
  session_->Leave();
  OnLeaving(session_.get());
}

void Upstream::ConnectLater() {
  static thread_local std::minstd_rand random{std::random_device{}()};
  const auto jitter = std::uniform_int_distribution<int64_t>(0, pause_.count() / 2)(random);
  retry_ = loop_->After(pause_ + Millis(jitter), [this] { Connect(); });
  pause_ = std::min(pause_ * 2, Millis(200));
}

UpstreamStream Upstream::Open(const Headers& headers, const std::shared_ptr<StreamSink>& sink) {
  if (!ready()) return {};
  const int32_t stream = session_->Start(headers, sink);
  return stream > 0 ? UpstreamStream(session_, stream) : UpstreamStream();
}

bool Upstream::Trusts(const PeerCertificate& peer) const {
  if (peer.uris.size() == 1 && peer.uris[0] == uri_) return true;
  LogError("backend_identity", {{"backend", backend_.name()}});
  return false;
}

void Upstream::OnUp() {
  pause_ = Millis(50);
  if (when_ready_) when_ready_();
  for (Waiting& waiting : std::exchange(waiting_, {})) {
    if (!waiting.who.expired()) loop_->Defer(std::move(waiting.ready));
  }
}

void Upstream::OnLeaving(UpstreamSession* session) {
  if (session != session_.get()) return;
  leaving_.push_back(std::move(session_));
  Connect();
}

void Upstream::OnDown(UpstreamSession* session) {
  std::erase_if(leaving_, [session](const auto& each) { return each.get() == session; });
  if (session != session_.get()) return;
  const bool was_up = session->was_up();
  session_.reset();
  was_up ? ConnectLater() : TryNext();
}

}  // namespace accord::gateway
