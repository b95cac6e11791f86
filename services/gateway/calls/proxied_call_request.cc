// The second part of a ProxiedCall carries the request to the service.
#include <algorithm>
#include <string_view>
#include <utility>

#include "common/base/error.h"
#include "services/gateway/admission/named_check.h"
#include "services/gateway/calls/connection.h"

namespace accord::gateway {
namespace {

// The service's deadline is this much later than the gateway's, so that the gateway answers with its
// own rule.
constexpr Millis kGrace{25};
// This is how long a call waits for a service, or for the audit, that is being started again.
constexpr Millis kCallPatience{2000};
// This much of a single message is held until its end; of a larger one, all but the newest chunk is sent on.
constexpr std::size_t kChunk = 16 * 1024;
// A gRPC message follows a prefix of five bytes.
constexpr std::size_t kFrame = 5;

absl::Status RequestWithoutAudit() {
  return accord::Refuse(rules::kAuditUnavailable, "The audit log cannot be reached; try again later.");
}

absl::Status RequestWithoutBackend() {
  return accord::Refuse(rules::kBackendUnavailable, "The service cannot be reached; try again later.");
}

}  // namespace

bool ProxiedCall::IsSigned() const { return route_->method.unary() && route_->method.rule.mutates(); }

void ProxiedCall::OnData(std::string_view bytes) {
  if (stage_ == Stage::kHealth) {
    pending_.append(bytes);
    agency_->Consume(stream_, bytes.size());
    if (pending_.size() > kChunk) Refuse(CheckFrames(FrameMeter::Fault::kTooLarge));
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
  if (absl::Status status = CheckFrames(request_meter_.Take(bytes)); !status.ok()) return Refuse(status);
  pending_.append(bytes);
  if (HoldsWithinBudget()) ForwardRequest();
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
  ForwardRequest();
}

absl::Status ProxiedCall::CheckFrames(FrameMeter::Fault fault) const {
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

absl::Status ProxiedCall::CheckNamed() const {
  // A method that names agencies or people makes a change, so nothing of its request has been sent on yet.
  if (!route_->names_somebody || pending_.size() < kFrame) return absl::OkStatus();
  return gateway::CheckNamed(*shard_->gateway->policy.table(), route_->method,
                             std::string_view(pending_).substr(kFrame), caller_.agency, shard_->day,
                             shard_->gateway->misses.get(), shard_->loop.now());
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

void ProxiedCall::ForwardRequest() {
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
  SendPending();
}

bool ProxiedCall::UpstreamsReady() const { return upstream_->ready() && !shard_->audit->away(); }

void ProxiedCall::BufferUntilReady() {
  // The stream's window bounds the buffer, since no credit is given back meanwhile.
  if (patience_) return;
  patience_ = shard_->loop.After(kCallPatience, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->patience_.reset();
    if (self->stage_ != Stage::kAdmitted) return;
    self->Refuse(self->shard_->audit->away() ? RequestWithoutAudit() : RequestWithoutBackend());
  });
  AwaitUpstreams();
}

void ProxiedCall::AwaitUpstreams() {
  const auto again = [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr || self->stage_ != Stage::kAdmitted) return;
    if (!self->UpstreamsReady()) return self->AwaitUpstreams();
    if (self->patience_) self->shard_->loop.Cancel(*std::exchange(self->patience_, std::nullopt));
    self->ForwardRequest();
  };
  if (shard_->audit->away()) return shard_->audit->AwaitReady(weak_from_this(), again);
  upstream_->AwaitReady(weak_from_this(), again);
}

bool ProxiedCall::OpenUpstream() {
  const auto connection = connection_.lock();
  if (connection == nullptr) return false;
  const std::string_view request = std::string_view(pending_).substr(std::min(pending_.size(), kFrame));
  const std::string assertion =
      IsSigned() ? connection->AssertionForCall(caller_, route_->backend,
                                                {route_->method.path, id_, request, validate_only_})
                 : connection->Assertion(caller_, route_->backend);
  upstream_stream_ = upstream_->Open(
      ForwardedHeaders(route_->method.path, route_->backend, timeout_ + kGrace, trace_, assertion),
      shared_from_this());
  if (!upstream_stream_) {
    Refuse(RequestWithoutBackend());
    return false;
  }
  stage_ = Stage::kForwarded;
  return true;
}

void ProxiedCall::SendPending() {
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

void ProxiedCall::LeaveUpstream() { upstream_stream_.Abandon(); }

}  // namespace accord::gateway
