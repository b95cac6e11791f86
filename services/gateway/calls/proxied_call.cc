#include "services/gateway/calls/proxied_call.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/gateway/admission/named_check.h"
#include "services/gateway/calls/connection.h"

namespace accord::gateway {
namespace {

// The service's deadline is this much later than the gateway's, so that the gateway answers with its
// own rule.
constexpr Millis kGrace{25};
// A call whose deadline passes while its record is being written gets this much more time, repeatedly, until
// the record is written.
constexpr Millis kRecordingGrace{1000};
// The end of an interrupted answer may take this many times the time of a goodbye, because slow networks
// need it.
constexpr int kBreakingOff = 4;
// This says how long a call waits for a service, or the audit, that is being started again.
constexpr Millis kCallPatience{2000};
// This much of a single message is held until its end; of a larger one, all but the newest chunk is sent on.
constexpr std::size_t kChunk = 16 * 1024;
// A gRPC message follows a prefix of five bytes.
constexpr std::size_t kFrame = 5;

absl::Status AuditUnavailable() {
  return accord::Refuse(rules::kAuditUnavailable, "The audit log cannot be reached; try again later.");
}
absl::Status BackendUnavailable() {
  return accord::Refuse(rules::kBackendUnavailable, "The service cannot be reached; try again later.");
}

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

bool ProxiedCall::IsSigned() const { return route_->method.unary() && route_->method.rule.mutates(); }

bool ProxiedCall::OpenUpstream() {
  const auto connection = connection_.lock();
  if (connection == nullptr) return false;
  const std::string_view request = std::string_view(pending_).substr(std::min(pending_.size(), kFrame));
  const std::string assertion =
      IsSigned() ? connection->AssertionOf(caller_, route_->backend,
                                           {route_->method.path, id_, request, validate_only_})
                 : connection->Assertion(caller_, route_->backend);
  upstream_stream_ = upstream_->Open(
      ForwardedHeaders(route_->method.path, route_->backend, timeout_ + kGrace, trace_, assertion),
      shared_from_this());
  if (!upstream_stream_) {
    Refuse(BackendUnavailable());
    return false;
  }
  stage_ = Stage::kForwarded;
  return true;
}

void ProxiedCall::BufferUntilReady() {
  // The stream's window bounds the buffer, since no credit is given back meanwhile.
  if (patience_) return;
  patience_ = shard_->loop.After(kCallPatience, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->patience_.reset();
    if (self->stage_ != Stage::kAdmitted) return;
    self->Refuse(self->shard_->audit->away() ? AuditUnavailable() : BackendUnavailable());
  });
  AwaitUpstreams();
}

bool ProxiedCall::UpstreamsReady() const { return upstream_->ready() && !shard_->audit->away(); }

void ProxiedCall::AwaitUpstreams() {
  const auto again = [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr || self->stage_ != Stage::kAdmitted) return;
    if (!self->UpstreamsReady()) return self->AwaitUpstreams();
    if (self->patience_) self->shard_->loop.Cancel(*std::exchange(self->patience_, std::nullopt));
    self->PushOn();
  };
  if (shard_->audit->away()) return shard_->audit->AwaitReady(weak_from_this(), again);
  upstream_->AwaitReady(weak_from_this(), again);
}

absl::Status ProxiedCall::CheckRequest(FrameMeter::Fault fault) const {
  switch (fault) {
    case FrameMeter::Fault::kNone:
      return absl::OkStatus();
    case FrameMeter::Fault::kTooLarge:
      return accord::Refuse(rules::kMessageTooLarge, "A message is larger than the limit of this method.");
    case FrameMeter::Fault::kCompressed:
      return accord::Refuse(rules::kCompressionNotSupported, "Send messages without compression.");
    case FrameMeter::Fault::kSurplus:
      break;
  }
  return accord::Refuse(rules::kMessageSurplus, "This method takes one message.");
}

bool ProxiedCall::HoldsWithinBudget() {
  if (stage_ == Stage::kDone) return true;
  // A service holds a single message in memory until it answers; for a stream only the unsent bytes count.
  const bool single = route_ != nullptr && !route_->method.descriptor->client_streaming();
  const std::size_t request = single ? request_bytes_ : unconsumed_request_;
  const absl::Status status = reservation_.Set(
      static_cast<int64_t>(request + held_.size() + std::max(unconsumed_response_, unread_)));
  if (!status.ok()) Refuse(status);
  return status.ok();
}

void ProxiedCall::OnData(std::string_view bytes) {
  if (stage_ == Stage::kHealth) {
    pending_.append(bytes);
    agency_->Consume(stream_, bytes.size());
    if (pending_.size() > kChunk) Refuse(CheckRequest(FrameMeter::Fault::kTooLarge));
    return;
  }
  const bool open = stage_ == Stage::kAdmitted || (stage_ == Stage::kForwarded && upstream_stream_);
  if (!open) return agency_->Consume(stream_, bytes.size());
  unconsumed_request_ += bytes.size();
  request_bytes_ += bytes.size();
  // A call of usual size does not pay for its bytes separately.
  if (request_bytes_ > kChunk && quota_ != nullptr) {
    const Millis rest = shard_->gateway->quota->Pace(quota_, bytes.size(), shard_->loop.now());
    if (rest.count() > 0) agency_->Rest(rest);
  }
  if (absl::Status status = CheckRequest(request_meter_.Take(bytes)); !status.ok()) return Refuse(status);
  pending_.append(bytes);
  if (HoldsWithinBudget()) PushOn();
}

void ProxiedCall::OnEnd() {
  if (stage_ == Stage::kHealth) return AnswerHealth();
  const bool open = stage_ == Stage::kAdmitted || (stage_ == Stage::kForwarded && upstream_stream_);
  if (!open) return;
  if (!request_meter_.whole()) {
    return Refuse(accord::Refuse(rules::kMessageIncomplete, "The request ends within a message."));
  }
  if (absl::Status status = CheckNamed(); !status.ok()) return Refuse(status);
  request_ended_ = true;
  PushOn();
}

absl::Status ProxiedCall::CheckNamed() const {
  // A method that names agencies or people makes a change, so nothing of its request has been sent on yet.
  if (!route_->names_somebody || pending_.size() < kFrame) return absl::OkStatus();
  return gateway::CheckNamed(*shard_->gateway->policy.table(), route_->method,
                             std::string_view(pending_).substr(kFrame), caller_.agency, shard_->day,
                             shard_->gateway->misses.get(), shard_->loop.now());
}

void ProxiedCall::PushOn() {
  if (IsSigned() && !request_ended_) {
    // These bytes count against the budgets and not against the stream's window, which is smaller than a
    // message may be.
    return agency_->Consume(stream_, std::exchange(unconsumed_request_, 0));
  }
  if (route_->method.unary() && !request_ended_ && (request_meter_.whole() || pending_.size() < kChunk))
    return;
  if (stage_ == Stage::kAdmitted) {
    if (!UpstreamsReady()) return BufferUntilReady();
    if (!OpenUpstream()) return;
  }
  SendHeld();
}

void ProxiedCall::SendHeld() {
  if (route_->method.unary() && !shard_->audit->off()) {
    const std::size_t sent = request_bytes_ - pending_.size();
    const std::string_view payload =
        std::string_view(pending_).substr(std::min(pending_.size(), sent < kFrame ? kFrame - sent : 0));
    if (request_ended_) {
      if (request_bytes_ > 0) request_digest_ = request_hash_.Finish(shard_->gateway->hash_key, payload);
    } else {
      request_hash_.Add(shard_->gateway->hash_key, payload);
    }
  }
  if (!pending_.empty()) upstream_stream_.Write(std::exchange(pending_, {}));
  request_sent_ = request_ended_ || !route_->method.unary();
  if (request_ended_) return upstream_stream_.Finish();
  if (upstream_stream_.Waiting() < kHighWater) OnUpstreamDrained();
}

void ProxiedCall::OnUpstreamDrained() {
  agency_->Consume(stream_, std::exchange(unconsumed_request_, pending_.size()) - pending_.size());
}

void ProxiedCall::OnDrained() {
  if (!upstream_stream_) return;
  unread_ = 0;
  upstream_stream_.Consume(std::exchange(unconsumed_response_, 0));
  HoldsWithinBudget();
}

void ProxiedCall::LeaveUpstream() { upstream_stream_.Abandon(); }

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
