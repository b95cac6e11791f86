#include "services/gateway/call.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/gateway/connection.h"

namespace accord::gateway {
namespace {

using absl::StatusCode;

constexpr char kHealth[] = "/grpc.health.v1.Health/Check";
// The service's deadline comes after the gateway's own, whose answer names its rule.
constexpr Millis kGrace{25};
// How long a call waits for a service, or the audit, that is being started again.
constexpr Millis kPatience{2000};

absl::Status Refusal(StatusCode code, const char* rule, const char* message) {
  return accord::Refuse(code, rule, message);
}
absl::Status AuditUnavailable() {
  return Refusal(StatusCode::kUnavailable, "AUDIT_UNAVAILABLE",
                 "The audit log cannot be reached; try again later.");
}
absl::Status BackendUnavailable() {
  return Refusal(StatusCode::kUnavailable, "BACKEND_UNAVAILABLE",
                 "The service cannot be reached; try again later.");
}
absl::Status PolicyStale() {
  return Refusal(StatusCode::kUnavailable, "POLICY_STALE",
                 "The registry has not been heard; try again later.");
}
absl::Status TooLarge() {
  return Refusal(StatusCode::kResourceExhausted, "MESSAGE_TOO_LARGE", "A message is larger than the limit.");
}

}  // namespace

Call::Call(Floor* floor, std::weak_ptr<Connection> connection, std::shared_ptr<Link> agency, int32_t stream)
    : floor_(floor),
      connection_(std::move(connection)),
      agency_(std::move(agency)),
      stream_(stream),
      id_(NewId(absl::Now())),
      request_meter_(static_cast<std::size_t>(floor->door->config.limits().max_message_bytes())),
      response_meter_(static_cast<std::size_t>(floor->door->config.limits().max_message_bytes())) {
  ++floor_->telemetry->open_calls;
}

Call::~Call() {
  --floor_->telemetry->open_calls;
  LeaveUpstream();
  if (deadline_) floor_->loop.Cancel(*deadline_);
  if (patience_) floor_->loop.Cancel(*patience_);
  if (in_quota_) floor_->door->quota->Leave(caller_.agency);
}

void Call::Start(Headers headers, bool oversize) {
  start_ = std::chrono::steady_clock::now();
  request_headers_ = std::move(headers);
  if (const std::string* path = Find(request_headers_, ":path")) path_ = *path;
  if (!oversize && path_ == kHealth) return AnswerHealth();
  Identify();
  absl::Status status = oversize ? Refusal(StatusCode::kResourceExhausted, "HEADERS_TOO_LARGE",
                                           "The header list is larger than the limit.")
                                 : Admit();
  if (!status.ok()) return Refuse(status);
  stage_ = Stage::kAdmitted;
  deadline_ = floor_->loop.After(timeout_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) {
      self->deadline_.reset();
      self->Refuse(Refusal(StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED", "The call took too long."));
    }
  });
}

void Call::Identify() {
  const auto connection = connection_.lock();
  if (connection == nullptr || !connection->identity()) return;
  identified_ = true;
  caller_.agency = connection->identity()->agency;
  caller_.system = connection->identity()->system;
  if (const std::string* actor = Find(request_headers_, kActorHeader)) actor_ = *actor;
}

absl::Status Call::CheckHeaders() const {
  int actors = 0;
  int purposes = 0;
  for (const auto& [name, value] : request_headers_) {
    if (name == "grpc-encoding" && value != "identity") {
      return Refusal(StatusCode::kUnimplemented, "COMPRESSION_NOT_SUPPORTED",
                     "Send messages without compression.");
    }
    if (!name.starts_with("accord-")) continue;
    if (name == kActorHeader && ++actors == 1) continue;
    if (name == kPurposeHeader && ++purposes == 1) continue;
    return Refusal(StatusCode::kInvalidArgument, "RESERVED_HEADER",
                   "Send accord-actor and accord-purpose once each, "
                   "and no other header that starts with accord-.");
  }
  return absl::OkStatus();
}

absl::Status Call::AdmitActor(const PolicyTable& table) {
  const PolicyTable::Actor* actor = table.FindActor(caller_.agency, actor_);
  if (actor == nullptr) {
    return Refusal(StatusCode::kPermissionDenied, "ACTOR_NOT_REGISTERED",
                   "Name a registered, active person of your agency in accord-actor.");
  }
  caller_.actor = actor_;
  caller_.roles = actor->roles;
  return Decide(route_->method.rule, caller_);
}

absl::Status Call::TakePurpose() {
  const std::string* purpose = Find(request_headers_, kPurposeHeader);
  if (purpose == nullptr) return absl::OkStatus();
  const auto known = ParsePurpose(*purpose);
  if (!known) {
    return Refusal(StatusCode::kInvalidArgument, "PURPOSE_UNKNOWN", "accord-purpose names no purpose.");
  }
  purpose_ = caller_.purpose = *known;
  return absl::OkStatus();
}

absl::Status Call::TakeDeadline() {
  const auto& limits = floor_->door->config.limits();
  timeout_ = Millis(limits.default_deadline_ms());
  if (const std::string* text = Find(request_headers_, "grpc-timeout")) {
    const auto parsed = ParseTimeout(*text);
    if (!parsed)
      return Refusal(StatusCode::kInvalidArgument, "DEADLINE_INVALID", "grpc-timeout is malformed.");
    if (parsed->count() == 0) {
      return Refusal(StatusCode::kDeadlineExceeded, "DEADLINE_ZERO",
                     "The deadline had passed before the call.");
    }
    timeout_ = *parsed;
  }
  timeout_ = std::min(
      timeout_, Millis(route_->method.unary() ? limits.max_deadline_ms() : limits.max_stream_deadline_ms()));
  return absl::OkStatus();
}

void Call::TakeTrace() {
  const std::string* parent = Find(request_headers_, "traceparent");
  if (parent == nullptr || parent->size() != 55) return;
  const std::string id = parent->substr(3, 32);
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (std::all_of(id.begin(), id.end(), is_hex)) trace_ = id;
}

absl::Status Call::Admit() {
  Door& door = *floor_->door;
  const auto connection = connection_.lock();
  if (!identified_) {
    return Refusal(StatusCode::kUnauthenticated, "CERTIFICATE_IDENTITY",
                   "The certificate must carry exactly one URI that names an agency's system.");
  }
  if (!door.policy.Fresh(Millis(door.config.limits().policy_max_age_ms()))) return PolicyStale();
  const auto table = door.policy.table();
  ACCORD_RETURN_IF_ERROR(
      table->CheckCertificate(*connection->identity(), connection->fingerprint(), floor_->day));
  caller_.kind = table->KindOf(caller_.agency);
  ACCORD_RETURN_IF_ERROR(door.quota->Enter(caller_.agency, start_));
  in_quota_ = true;

  const std::string* verb = Find(request_headers_, ":method");
  const std::string* type = Find(request_headers_, "content-type");
  const auto route = door.routes.find(path_);
  if (verb == nullptr || *verb != "POST" || type == nullptr || !type->starts_with("application/grpc") ||
      route == door.routes.end()) {
    return Refusal(StatusCode::kUnimplemented, "METHOD_UNKNOWN", "There is no such method.");
  }
  route_ = &route->second;
  ACCORD_RETURN_IF_ERROR(CheckHeaders());
  ACCORD_RETURN_IF_ERROR(TakePurpose());
  ACCORD_RETURN_IF_ERROR(AdmitActor(*table));
  ACCORD_RETURN_IF_ERROR(TakeDeadline());
  TakeTrace();
  if (floor_->audit->full()) return AuditUnavailable();
  const auto upstream = floor_->upstreams.find(route_->backend);
  if (upstream == floor_->upstreams.end()) return BackendUnavailable();
  upstream_ = upstream->second.get();
  return absl::OkStatus();
}

void Call::Recheck() {
  if (stage_ != Stage::kAdmitted && stage_ != Stage::kForwarded) return;
  if (!floor_->door->policy.Fresh(Millis(floor_->door->config.limits().policy_max_age_ms()))) {
    // A unary call was admitted under a policy that held; a stream goes on only while one holds.
    if (!route_->method.unary()) Refuse(PolicyStale());
    return;
  }
  if (const absl::Status status = AdmitActor(*floor_->door->policy.table()); !status.ok()) Refuse(status);
}

void Call::AnswerHealth() {
  stage_ = Stage::kDone;
  const bool serving =
      floor_->door->policy.Fresh(Millis(floor_->door->config.limits().policy_max_age_ms())) &&
      floor_->audit->Reachable() && !floor_->draining;
  const char answer[] = {0, 0, 0, 0, 2, 8, static_cast<char>(serving ? 1 : 2)};
  agency_->Respond(stream_, {{":status", "200"}, {"content-type", "application/grpc"}}, false);
  agency_->Write(stream_, {answer, sizeof answer});
  agency_->Finish(stream_, {{"grpc-status", "0"}});
}

// The request's own headers go with it: nothing here needs them afterwards.
Headers Call::ForwardedHeaders(const std::string& assertion) {
  Headers out;
  out.reserve(request_headers_.size() + 8);
  out.emplace_back(":method", "POST");
  out.emplace_back(":scheme", "https");
  out.emplace_back(":path", path_);
  out.emplace_back(":authority", route_->backend);
  out.emplace_back("te", "trailers");
  out.emplace_back("grpc-timeout", FormatTimeout(timeout_ + kGrace));
  bool traced = false;
  for (auto& [name, value] : request_headers_) {
    if (name.starts_with(":") || name.starts_with("accord-") || name == "te" || name == "grpc-timeout" ||
        name == "host" || name == "connection" || name == "content-length" ||
        name == "grpc-accept-encoding") {
      continue;
    }
    if (name == "traceparent") {
      if (traced || trace_.empty()) continue;
      traced = true;
    }
    out.emplace_back(std::move(name), std::move(value));
  }
  out.emplace_back(kCallerHeader, assertion);
  request_headers_.clear();
  return out;
}

bool Call::OpenUpstream() {
  const auto connection = connection_.lock();
  if (connection == nullptr) return false;
  Headers headers = ForwardedHeaders(connection->Assertion(caller_, route_->backend));
  if (trace_.empty()) {
    trace_ = Hex(RandomBytes(16));
    headers.emplace_back("traceparent", "00-" + trace_ + "-" + trace_.substr(0, 16) + "-01");
  }
  upstream_stream_ = upstream_->Open(headers, shared_from_this());
  if (!upstream_stream_) {
    Refuse(BackendUnavailable());
    return false;
  }
  stage_ = Stage::kForwarded;
  return true;
}

void Call::Park(std::string_view bytes, bool end) {
  // Bounded by the stream's window, which is not given back meanwhile.
  parked_.append(bytes);
  unconsumed_request_ += bytes.size();
  parked_end_ = parked_end_ || end;
  if (patience_) return;
  patience_ = floor_->loop.After(kPatience, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->patience_.reset();
    if (self->stage_ != Stage::kAdmitted) return;
    self->Refuse(self->floor_->audit->away() ? AuditUnavailable() : BackendUnavailable());
  });
  AwaitWay();
}

bool Call::WayIsFree() const { return upstream_->ready() && !floor_->audit->away(); }

void Call::AwaitWay() {
  const auto unpark = [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->Unpark();
  };
  if (floor_->audit->away()) return floor_->audit->AwaitReady(unpark);
  upstream_->AwaitReady(unpark);
}

void Call::Unpark() {
  if (stage_ != Stage::kAdmitted) return;
  if (!WayIsFree()) return AwaitWay();
  if (patience_) floor_->loop.Cancel(*std::exchange(patience_, std::nullopt));
  const std::string bytes = std::exchange(parked_, {});
  unconsumed_request_ -= bytes.size();
  if (!OpenUpstream()) return agency_->Consume(stream_, bytes.size());
  Forward(bytes);
  if (parked_end_ && stage_ == Stage::kForwarded) OnEnd();
}

void Call::OnData(std::string_view bytes) {
  if (stage_ == Stage::kAdmitted && !WayIsFree()) return Park(bytes, false);
  if (stage_ == Stage::kAdmitted && !OpenUpstream()) return agency_->Consume(stream_, bytes.size());
  Forward(bytes);
}

void Call::Forward(std::string_view bytes) {
  if (stage_ != Stage::kForwarded || !upstream_stream_) return agency_->Consume(stream_, bytes.size());
  if (!request_meter_.Take(bytes)) return Refuse(TooLarge());
  if (route_->method.unary()) {
    request_.append(bytes);
    // One message and no more: a second one cannot make the gateway hold without bound.
    if (request_.size() > static_cast<std::size_t>(floor_->door->config.limits().max_message_bytes()) + 5) {
      return Refuse(TooLarge());
    }
  }
  upstream_stream_.Write(bytes);
  unconsumed_request_ += bytes.size();
  if (upstream_stream_.Waiting() < kHighWater) OnUpstreamDrained();
}

void Call::OnUpstreamDrained() { agency_->Consume(stream_, std::exchange(unconsumed_request_, 0)); }

void Call::OnEnd() {
  if (stage_ == Stage::kAdmitted && !WayIsFree()) return Park({}, true);
  if (stage_ == Stage::kAdmitted && !OpenUpstream()) return;
  if (stage_ != Stage::kForwarded || !upstream_stream_) return;
  if (!request_meter_.whole()) {
    return Refuse(
        Refusal(StatusCode::kInvalidArgument, "MESSAGE_INCOMPLETE", "The request ends within a message."));
  }
  upstream_stream_.Finish();
}

void Call::OnDrained() {
  if (upstream_stream_) upstream_stream_.Consume(std::exchange(unconsumed_response_, 0));
}

void Call::LeaveUpstream() { upstream_stream_.Abandon(); }

void Call::OnGone() {
  const bool unfinished = stage_ == Stage::kForwarded;
  LeaveUpstream();
  if (stage_ != Stage::kNew) Account(absl::CancelledError(""));
  stage_ = Stage::kDone;
  // What was forwarded may have had effect, so it is recorded though nobody waits for the answer.
  if (unfinished) {
    const auto phase = route_->method.unary() ? audit::v1::PHASE_COMPLETE : audit::v1::PHASE_STREAM_END;
    floor_->audit->Append(Record(phase, audit::v1::DECISION_ALLOW, absl::CancelledError("")), nullptr);
  }
}

}  // namespace accord::gateway
