#include "services/gateway/http2/upstream.h"

#include <algorithm>
#include <random>

#include "common/base/log.h"

namespace accord::gateway {

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
  if (AreNumericAddresses(backend_.address())) {
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
  if (!ready() || !session_->http2().StreamNumbersRunOut()) return;
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
