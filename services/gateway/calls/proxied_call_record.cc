// The fourth part of a ProxiedCall tells of the call: in the audit log, in the metrics and in the access log.
#include <chrono>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/gateway/calls/connection.h"
#include "services/gateway/observe/record_split.h"

namespace accord::gateway {

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

}  // namespace accord::gateway
