// The second part of a ProxiedCall returns the service's answer, or a refusal, to the agency.
#include "absl/time/clock.h"
#include "common/access/refusal_explanation.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/gateway/calls/connection.h"
#include "services/gateway/observe/record.h"

namespace accord::gateway {
namespace {

using absl::StatusCode;

// Whether the status is one that a service gives when it does not know whether its change was committed.
bool LeavesEffectUnknown(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsUnknown(status) || absl::IsInternal(status) ||
         absl::IsDeadlineExceeded(status) || absl::IsCancelled(status);
}

absl::Status AuditFailed() {
  return accord::Refuse(rules::kAuditUnavailable, "The audit log failed; try again later.");
}

absl::Status BrokenOff() {
  return accord::Refuse(rules::kBackendUnavailable, "The service broke off; try again later.");
}

absl::Status StatusOf(const Headers& trailers) {
  const std::optional<int> code = StatusIn(trailers);
  if (!code) return BrokenOff();
  if (*code == 0) return absl::OkStatus();
  const std::string* message = Find(trailers, "grpc-message");
  const std::string* details = Find(trailers, "grpc-status-details-bin");
  return FromStatusDetails(*code, message == nullptr ? "" : PercentDecode(*message),
                           details == nullptr ? "" : Unbase64(*details).value_or(""));
}

}  // namespace

audit::v1::AuditRecord ProxiedCall::Record(audit::v1::Phase phase, audit::v1::Decision decision,
                                           const absl::Status& status) const {
  audit::v1::AuditRecord record;
  if (shard_->audit->off()) return record;
  record.set_call_id(id_);
  record.set_gateway(shard_->gateway->config.name());
  *record.mutable_time() = ToProto(absl::Now());
  record.set_agency(caller_.agency);
  record.set_agency_kind(caller_.kind);
  record.set_system(caller_.system);
  record.set_actor(actor_);
  record.set_certificate_fingerprint(peer_->fingerprint);
  record.set_method(method_);
  record.set_purpose(purpose_);
  record.set_decision(decision);
  record.set_rule(RuleOf(status));
  record.set_status(static_cast<int>(status.code()));
  record.set_phase(phase);
  record.set_request_hash(request_digest_);
  // The answer is one message: five bytes of frame, then the message itself.
  if (held_.size() > 5 && route_->method.unary()) {
    record.set_response_hash(HmacSha256(shard_->gateway->hash_key, std::string_view(held_).substr(5)));
  }
  record.set_trace_id(trace_.id);
  record.set_request_id(request_id_);
  record.set_effect_unknown(effect_unknown_);
  record.set_validate_only(validate_only_);
  return record;
}

void ProxiedCall::Append(audit::v1::AuditRecord record, AuditTrail::OnWritten then) {
  if (shard_->audit->off()) {
    if (then) then(true);
    return;
  }
  const bool effect = !revisions_.empty() || effect_unknown_;
  const auto parts = SplitRecord(std::move(record), touched_, revisions_, changed_);
  // The records hold the names now. An answer may wait for its reader with up to a megabyte of names.
  touched_ = std::vector<caller::v1::TouchedResource>();
  revisions_ = std::vector<std::string>();
  changed_ = std::vector<caller::v1::ChangedResource>();
  if (parts.size() > 1 && quota_ != nullptr) shard_->gateway->quota->Charge(quota_, parts.size() - 1);
  shard_->audit->Append(parts, effect, std::move(then));
}

void ProxiedCall::TakeTouched(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (name != kTouchedTrailer) continue;
    caller::v1::TouchedResources touched;
    const auto bytes = Unbase64(value);
    if (!bytes || !touched.ParseFromString(*bytes)) {
      touched_readable_ = false;
      continue;
    }
    if (!touched.request_id().empty()) request_id_ = touched.request_id();
    for (auto& resource : *touched.mutable_resources()) touched_.push_back(std::move(resource));
    for (auto& revision : *touched.mutable_revisions()) revisions_.push_back(std::move(revision));
    for (auto& changed : *touched.mutable_changed()) changed_.push_back(std::move(changed));
  }
}

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
    self->SendStatus(durable ? status : AuditFailed());
  });
}

void ProxiedCall::Account(const absl::Status& status) {
  if (std::exchange(accounted_, true)) return;
  const auto took = std::chrono::steady_clock::now() - start_;
  shard_->telemetry->Count(route_ == nullptr ? nullptr : &route_->method, status,
                           std::chrono::duration_cast<std::chrono::microseconds>(took));
  AccessLog* log = shard_->gateway->access_log.get();
  if (log == nullptr) return;
  log->Write({.call_id = id_,
              .agency = caller_.agency,
              .system = caller_.system,
              // The method's name is logged only if it is known: an unknown one is the caller's own text.
              .method = route_ == nullptr ? "" : method_,
              .status = static_cast<int>(status.code()),
              .rule = RuleOf(status),
              .took = std::chrono::duration_cast<std::chrono::microseconds>(took),
              .trace = trace_.id,
              .span = trace_.span});
}

void ProxiedCall::SendStatus(const absl::Status& status) {
  Account(status);
  if (gone_) return Retire();
  stage_ = Stage::kDone;
  const absl::Status told =
      ExplainRefusal(status, route_ == nullptr ? nullptr : &route_->method, caller_.language);
  if (headers_released_) {
    agency_->Finish(stream_, Trailers(told), true);
  } else {
    agency_->Respond(stream_, TrailersOnly(told), true);
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
    self->SendStatus(AuditFailed());
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
  const auto code = StatusIn(response_trailers_);
  if (!response_ended_ || !code || *code == static_cast<int>(StatusCode::kCancelled)) {
    return Refuse(BrokenOff());
  }
  // The record must contain what was disclosed, so an answer whose list cannot be read is not released.
  if (!touched_readable_) {
    return Refuse(accord::Refuse(rules::kTouchedInvalid, "The service's answer cannot be audited."));
  }
  Complete();
}

void ProxiedCall::Complete() {
  const absl::Status status = StatusOf(response_trailers_);
  effect_unknown_ = may_have_effect() && LeavesEffectUnknown(status);
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
           durable ? self->Release() : self->SendStatus(AuditFailed());
         });
}

void ProxiedCall::Release() {
  if (gone_) return Retire();
  stage_ = Stage::kDone;
  Account(StatusOf(response_trailers_));
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
