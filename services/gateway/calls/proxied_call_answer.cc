// The third part of a ProxiedCall returns the service's answer, or a refusal, to the agency.
#include <optional>
#include <string>
#include <utility>

#include "common/access/refusal_explanation.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/gateway/calls/connection.h"

namespace accord::gateway {
namespace {

using absl::StatusCode;

// This says whether the status is one that a service gives when it does not know whether its change
// was committed.
bool AnswerLeavesEffectUnknown(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsUnknown(status) || absl::IsInternal(status) ||
         absl::IsDeadlineExceeded(status) || absl::IsCancelled(status);
}

absl::Status AnswerNotAudited() {
  return accord::Refuse(rules::kAuditUnavailable, "The audit log failed; try again later.");
}

absl::Status AnswerBrokenOff() {
  return accord::Refuse(rules::kBackendUnavailable, "The service broke off; try again later.");
}

absl::Status AnswerStatusOf(const Headers& trailers) {
  const std::optional<int> code = GrpcStatusIn(trailers);
  if (!code) return AnswerBrokenOff();
  if (*code == 0) return absl::OkStatus();
  const std::string* message = FindHeader(trailers, "grpc-message");
  const std::string* details = FindHeader(trailers, "grpc-status-details-bin");
  return FromStatusDetails(*code, message == nullptr ? "" : PercentDecode(*message),
                           details == nullptr ? "" : Unbase64(*details).value_or(""));
}

}  // namespace

void ProxiedCall::Refuse(const absl::Status& status) {
  if (stage_ == Stage::kDone || stage_ == Stage::kRecording) return;
  effect_unknown_ = may_have_effect();
  const bool forwarded = stage_ == Stage::kForwarded;
  stage_ = Stage::kRecording;
  LeaveUpstream();
  agency_->Consume(stream_, std::exchange(unconsumed_request_, 0));
  pending_.clear();
  held_.clear();
  reservation_.Clear();
  if (!peer_->identity) return SendStatus(status);
  if (!shard_->audit->ReachableFor(caller_.agency)) {
    if (!forwarded) {
      shard_->gateway->refusals->Keep(Record(audit::v1::PHASE_COMPLETE, audit::v1::DECISION_DENY, status),
                                      shard_->loop.now());
    }
    if (effect_unknown_)
      Append(Record(audit::v1::PHASE_COMPLETE, audit::v1::DECISION_ALLOW, status), nullptr);
    return SendStatus(
        accord::Refuse(rules::kAuditUnavailable, "The audit log cannot be reached; try again later."));
  }
  const bool denied = !forwarded || status.code() == StatusCode::kPermissionDenied;
  const auto phase = route_ == nullptr || route_->method.unary() || !forwarded ? audit::v1::PHASE_COMPLETE
                                                                               : audit::v1::PHASE_STREAM_END;
  auto record = Record(phase, denied ? audit::v1::DECISION_DENY : audit::v1::DECISION_ALLOW, status);
  // A refusal beyond the budget is counted only, and answered at once.
  if (!forwarded && !shard_->gateway->refusals->Admit(record, shard_->loop.now())) {
    ++shard_->telemetry->refusals_counted;
    return SendStatus(status);
  }
  Append(std::move(record), [weak = weak_from_this(), status](bool durable) {
    const auto self = weak.lock();
    if (self == nullptr || self->stage_ != Stage::kRecording) return;
    self->SendStatus(durable ? status : AnswerNotAudited());
  });
}

void ProxiedCall::SendStatus(const absl::Status& status) {
  Account(status);
  if (gone_) return Retire();
  stage_ = Stage::kDone;
  const absl::Status told =
      ExplainRefusal(status, route_ == nullptr ? nullptr : &route_->method, caller_.language);
  if (headers_released_) {
    agency_->Finish(stream_, GrpcTrailers(told), true);
  } else {
    agency_->Respond(stream_, GrpcTrailersOnly(told), true);
  }
}

void ProxiedCall::OnUpstreamHeaders(Headers headers, bool end, bool cut) {
  if (stage_ != Stage::kForwarded) return;
  TakeTouched(headers);
  // The missing headers may have named touched resources.
  if (cut) touched_readable_ = false;
  if (end) {
    response_trailers_ = AnswerTrailers(std::move(headers));
    return;
  }
  response_headers_ = AnswerHeaders(std::move(headers));
  if (route_->method.unary()) return;
  auto record = Record(audit::v1::PHASE_STREAM_OPEN, audit::v1::DECISION_ALLOW, absl::OkStatus());
  shard_->audit->Append({std::move(record)}, false, [weak = weak_from_this()](bool durable) {
    const auto self = weak.lock();
    if (self == nullptr || self->stage_ == Stage::kDone) return;
    if (durable) return self->ReleaseStreamOpen();
    self->stage_ = Stage::kRecording;
    self->LeaveUpstream();
    self->SendStatus(AnswerNotAudited());
  });
}

void ProxiedCall::ReleaseStreamOpen() {
  if (gone_) return;
  headers_released_ = true;
  agency_->Respond(stream_, response_headers_, false);
  agency_->Write(stream_, std::exchange(held_, {}));
  OnWritten();
}

void ProxiedCall::OnWritten() {
  const std::size_t waiting = agency_->Waiting(stream_);
  if (waiting < kHighWater) return OnDrained();
  // The service is held back from here on, and all that waits counts until OnDrained.
  unread_ = waiting;
  HoldsWithinBudget();
}

void ProxiedCall::OnDrained() {
  if (!upstream_stream_) return;
  unread_ = 0;
  upstream_stream_.Consume(std::exchange(unconsumed_response_, 0));
  HoldsWithinBudget();
}

void ProxiedCall::OnUpstreamData(std::string_view bytes) {
  if (stage_ != Stage::kForwarded) return;
  if (response_meter_.Take(bytes) != FrameMeter::Fault::kNone) {
    return Refuse(accord::Refuse(rules::kMessageTooLarge, "The answer is larger than the limit."));
  }
  if (route_->method.unary()) {
    held_.append(bytes);
    upstream_stream_.Consume(bytes.size());
    HoldsWithinBudget();
    return;
  }
  unconsumed_response_ += bytes.size();
  if (!HoldsWithinBudget()) return;
  if (!headers_released_) {
    held_.append(bytes);
    return;
  }
  agency_->Write(stream_, bytes);
  OnWritten();
}

void ProxiedCall::OnUpstreamEnd() { response_ended_ = true; }

void ProxiedCall::OnUpstreamClosed() {
  upstream_stream_.Forget();
  if (stage_ != Stage::kForwarded) return;
  // A gRPC server that drains answers CANCELLED to what reaches it between its two GOAWAYs. Nobody here
  // cancelled, so the service broke off, and the caller may try again.
  const auto code = GrpcStatusIn(response_trailers_);
  if (!response_ended_ || !code || *code == static_cast<int>(StatusCode::kCancelled)) {
    return Refuse(AnswerBrokenOff());
  }
  // The record must contain what was disclosed, so an answer whose list cannot be read is not released.
  if (!touched_readable_) {
    return Refuse(accord::Refuse(rules::kTouchedInvalid, "The service's answer cannot be audited."));
  }
  Complete();
}

void ProxiedCall::Complete() {
  const absl::Status status = AnswerStatusOf(response_trailers_);
  effect_unknown_ = may_have_effect() && AnswerLeavesEffectUnknown(status);
  stage_ = Stage::kRecording;
  const bool unary = route_->method.unary();
  if (!unary && response_headers_.empty()) {
    // The answer has trailers only, so the stream opens and ends in one record.
    shard_->audit->Append({Record(audit::v1::PHASE_STREAM_OPEN, audit::v1::DECISION_ALLOW, absl::OkStatus())},
                          false, nullptr);
  }
  Append(Record(unary ? audit::v1::PHASE_COMPLETE : audit::v1::PHASE_STREAM_END, audit::v1::DECISION_ALLOW,
                status),
         [weak = weak_from_this()](bool durable) {
           const auto self = weak.lock();
           if (self == nullptr || self->stage_ != Stage::kRecording) return;
           durable ? self->Release() : self->SendStatus(AnswerNotAudited());
         });
}

void ProxiedCall::Release() {
  if (gone_) return Retire();
  stage_ = Stage::kDone;
  Account(AnswerStatusOf(response_trailers_));
  if (response_headers_.empty()) return agency_->Respond(stream_, response_trailers_, true);
  if (!headers_released_) {
    headers_released_ = true;
    agency_->Respond(stream_, response_headers_, false);
    // From here on the HTTP/2 connection holds the bytes; the budget counts them until the stream is closed.
    agency_->Write(stream_, std::exchange(held_, {}));
  }
  agency_->Finish(stream_, response_trailers_);
}

}  // namespace accord::gateway
