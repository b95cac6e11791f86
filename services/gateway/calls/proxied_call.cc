#include "services/gateway/calls/proxied_call.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/gateway/calls/connection.h"

namespace accord::gateway {
namespace {

// A call whose deadline passes while its record is being written gets this much more time, repeatedly, until
// the record is written.
constexpr Millis kRecordingGrace{1000};
// The end of an interrupted answer may take this many times the time of a goodbye, because slow networks
// need it.
constexpr int kBreakingOff = 4;

}  // namespace

ProxiedCall::ProxiedCall(Shard* shard, std::weak_ptr<Connection> connection, std::shared_ptr<const Peer> peer,
                         std::shared_ptr<Http2Connection> agency, int32_t stream)
    : shard_(shard),
      connection_(std::move(connection)),
      peer_(std::move(peer)),
      agency_(std::move(agency)),
      stream_(stream),
      id_(NewId(absl::Now())),
      reservation_(&shard->gateway->byte_limits, &shard->gateway->held_bytes),
      request_meter_(0, false),
      response_meter_(0, false) {
  ++shard_->telemetry->open_calls;
}

ProxiedCall::~ProxiedCall() {
  --shard_->telemetry->open_calls;
  LeaveUpstream();
  if (deadline_) shard_->loop.Cancel(*deadline_);
  if (patience_) shard_->loop.Cancel(*patience_);
  if (quota_ != nullptr) shard_->gateway->quota->Leave(quota_);
}

void ProxiedCall::SetDeadline() {
  deadline_ = shard_->loop.After(timeout_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->OnDeadline();
  });
}

void ProxiedCall::OnDeadline() {
  deadline_.reset();
  // The record that the call waits for is written or given up within seconds; then the answer still has to
  // be sent.
  if (stage_ == Stage::kRecording) {
    timeout_ = kRecordingGrace;
    return SetDeadline();
  }
  if (stage_ == Stage::kDone || stage_ == Stage::kHealth) {
    // Even this could not be sent: the peer does not read, and what the connection holds would never
    // be freed.
    if (std::exchange(broken_off_, true)) return agency_->Close();
    // An answer that is not read in time is cut off, because it costs memory until then.
    agency_->Reset(stream_, NGHTTP2_CANCEL);
    timeout_ = kBreakingOff * Millis(shard_->gateway->config.limits().goodbye_ms());
    return SetDeadline();
  }
  Refuse(accord::Refuse(rules::kDeadlineExceeded, "The call took too long."));
}

// A request that was sent may change something even though nobody waits for the answer.
bool ProxiedCall::may_have_effect() const {
  return stage_ == Stage::kForwarded && route_->method.rule.mutates() && request_sent_ && !validate_only_;
}

void ProxiedCall::OnGone() {
  const bool recording = stage_ == Stage::kRecording;
  if (recording || (may_have_effect() && request_ended_)) {
    // The call continues to its end, is recorded like any other, and counts against the quota until
    // then. Otherwise a caller who leaves while the record is being written could have any number of
    // records in flight.
    gone_ = true;
    // The record is complete, and nobody will read the answer.
    if (recording) held_ = std::string();
    if (recording) reservation_.Clear();
    Account(absl::CancelledError(""));
    shard_->orphans.insert(shared_from_this());
    return;
  }
  effect_unknown_ = may_have_effect();
  const bool unfinished = stage_ == Stage::kForwarded;
  LeaveUpstream();
  if (stage_ != Stage::kNew && stage_ != Stage::kHealth) Account(absl::CancelledError(""));
  stage_ = Stage::kDone;
  // What was forwarded may have had effect, so it is recorded though nobody waits for the answer.
  if (unfinished) {
    const auto phase = route_->method.unary() ? audit::v1::PHASE_COMPLETE : audit::v1::PHASE_STREAM_END;
    Append(Record(phase, audit::v1::DECISION_ALLOW, absl::CancelledError("")), nullptr);
  }
}

void ProxiedCall::Retire() {
  stage_ = Stage::kDone;
  shard_->loop.Defer([shard = shard_, self = shared_from_this()] { shard->orphans.erase(self); });
}

}  // namespace accord::gateway
