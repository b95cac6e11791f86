#include "services/gateway/calls/connection.h"

#include <algorithm>

#include "common/base/error.h"

namespace accord::gateway {
namespace {

// A refused connection has this long to make the call that is told why; then it is closed.
constexpr Millis kRefusedLife{1000};
// A connection is closed when what was sent on it stays unacknowledged for this long.
constexpr Millis kUnacknowledged{20'000};

}  // namespace

Connection::~Connection() {
  Evict();
  if (!settled_) return;
  auto& connections = *shard_->gateway->connections;
  connections.LeaveAgency(peer_->identity->agency);
  connections.GiveFrames(peer_->identity->agency, std::clamp(http2_->frames_left(), 0.0, frames_granted_));
}

void Connection::Evict() {
  EndStranger();
  if (std::exchange(placed_, false)) shard_->gateway->connections->LeaveAddress(address_);
  if (http2_ != nullptr) http2_->Detach();
}

void Connection::Open(int fd) {
  const auto& limits = shard_->gateway->config.limits();
  stranger_ = shard_->strangers.insert(shard_->strangers.end(), this);
  is_stranger_ = true;
  http2_ = Http2Connection::Open(&shard_->loop, fd, shard_->gateway->agency_tls.load(),
                                 {.address = address_,
                                  .max_streams = static_cast<uint32_t>(limits.max_streams()),
                                  .max_header_bytes = static_cast<std::size_t>(limits.max_header_bytes()),
                                  .handshake = Millis(limits.handshake_ms()),
                                  .header_block = Millis(limits.header_block_ms()),
                                  .ping = Millis(limits.agency_ping_ms()),
                                  .unacknowledged = kUnacknowledged,
                                  .frame_burst = limits.frame_burst(),
                                  .frames_per_second = limits.frames_per_second()},
                                 this);
}

void Connection::EndStranger() {
  if (std::exchange(is_stranger_, false)) shard_->strangers.erase(stranger_);
}

std::shared_ptr<ProxiedCall> Connection::CallOf(int32_t stream) const {
  const auto found = calls_.find(stream);
  return found == calls_.end() ? nullptr : found->second;
}

absl::Status Connection::CheckPeer() const {
  const GatewayState& gateway = *shard_->gateway;
  const absl::Status status =
      gateway.policy.table()->CheckCertificate(*peer_->identity, peer_->fingerprint, shard_->day);
  const bool known = status.ok() || gateway.PolicyIsFresh();
  return known ? status : absl::OkStatus();
}

void Connection::TakeAgencyPlace() {
  GatewayState& gateway = *shard_->gateway;
  const bool active =
      gateway.policy.table()->CheckCertificate(*peer_->identity, peer_->fingerprint, shard_->day).ok();
  if (settled_ || !active) return;
  settled_ = gateway.connections->EnterAgency(peer_->identity->agency);
  if (settled_) {
    frames_granted_ = gateway.connections->TakeFrames(
        peer_->identity->agency, gateway.config.limits().frame_burst() - http2_->frames_left(),
        shard_->loop.now());
    http2_->GrantFrames(frames_granted_);
    return EndStranger();
  }
  ++shard_->telemetry->connections_refused;
  peer_->refused = WithRetryAfter(
      Refuse(rules::kConnectionsOfAgency,
             "This agency has as many connections as it may; send your calls over those that are open."),
      absl::Seconds(1));
}

void Connection::OnUp(const PeerCertificate& peer) {
  ++shard_->telemetry->handshakes;
  const std::optional<AgencyIdentity> identity = AgencyIdentityOf(peer.uris);
  // A caller of the other realm is unknown here, whatever agency has the same name.
  peer_->of_other_realm = identity && identity->training != shard_->gateway->config.training();
  if (!peer_->of_other_realm) peer_->identity = identity;
  peer_->fingerprint = peer.fingerprint;
  peer_->self = peer.fingerprint == *shard_->gateway->own_fingerprint.load();
  if (peer_->identity) {
    peer_->refused = CheckPeer();
    if (peer_->refused.ok()) TakeAgencyPlace();
  }
  if (!peer_->identity || !peer_->refused.ok()) CloseAfter(kRefusedLife);
}

void Connection::CloseAfter(Millis delay) {
  ends_ = true;
  shard_->loop.After(delay, [http2 = std::weak_ptr<Http2Connection>(http2_)] {
    if (const auto open = http2.lock()) open->Close();
  });
}

void Connection::OnHeaders(int32_t stream, Headers headers, bool, bool oversize) {
  // Request trailers carry nothing in gRPC.
  if (calls_.contains(stream)) return;
  if (told_) return http2_->Reset(stream, NGHTTP2_REFUSED_STREAM);
  const auto call = std::make_shared<ProxiedCall>(shard_, weak_from_this(), peer_, http2_, stream);
  calls_[stream] = call;
  const bool refused = (!peer_->identity && !peer_->self) || !peer_->refused.ok();
  told_ = refused;
  call->Start(std::move(headers), oversize);
  if (refused) Drain();
}

void Connection::OnData(int32_t stream, std::string_view bytes) {
  if (const auto call = CallOf(stream)) {
    call->OnData(bytes);
  } else {
    http2_->Consume(stream, bytes.size());
  }
}

void Connection::OnEnd(int32_t stream) {
  if (const auto call = CallOf(stream)) call->OnEnd();
}

void Connection::OnDrained(int32_t stream) {
  if (const auto call = CallOf(stream)) call->OnDrained();
}

void Connection::OnStreamClosed(int32_t stream, uint32_t) {
  const auto call = CallOf(stream);
  calls_.erase(stream);
  last_call_ = std::chrono::steady_clock::now();
  if (call != nullptr) call->OnGone();
}

void Connection::OnDown() {
  auto calls = std::move(calls_);
  calls_.clear();
  for (auto& [stream, call] : calls) call->OnGone();
  shard_->loop.Defer([shard = shard_, id = id_] { shard->connections.erase(id); });
}

void Connection::Recheck() {
  if (!peer_->identity) return;
  const absl::Status status = CheckPeer();
  const auto calls = calls_;
  for (const auto& [stream, call] : calls) status.ok() ? call->Recheck() : call->Refuse(status);
  if (status.ok()) return TakeAgencyPlace();
  peer_->refused = status;
  // A connection that is about to end is told why with its first call; a goodbye before that call would leave
  // it without an answer.
  if (ends_) return;
  Drain();
  // A peer that does not read its refusals is disconnected all the same.
  CloseAfter(kRefusedLife);
}

void Connection::Drain() {
  if (goodbye_) return;
  goodbye_ = shard_->loop.now();
  http2_->GoAway();
}

void Connection::Tick(SteadyTime now) {
  const auto& limits = shard_->gateway->config.limits();
  http2_->Tick(now);
  if (http2_->StreamNumbersRunOut()) Drain();
  ForgetAssertions(now);
  if (!calls_.empty()) return;
  if (now - last_call_ >= Millis(limits.idle_ms())) Drain();
  // A connection that got GOAWAY and has no call left is closed.
  if (goodbye_ && now - std::max(*goodbye_, last_call_) >= Millis(limits.goodbye_ms())) http2_->Close();
}

}  // namespace accord::gateway
