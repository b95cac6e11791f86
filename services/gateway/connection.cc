#include "services/gateway/connection.h"

#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/base/version.h"

namespace accord::gateway {

Connection::~Connection() {
  if (link_ != nullptr) link_->Detach();
}

void Connection::Open(int fd) {
  const auto& limits = floor_->door->config.limits();
  link_ = Link::Open(&floor_->loop, fd, floor_->door->agency_tls.load(),
                     {.max_streams = static_cast<uint32_t>(limits.max_streams()),
                      .max_header_bytes = static_cast<std::size_t>(limits.max_header_bytes())},
                     this);
}

std::shared_ptr<Call> Connection::Of(int32_t stream) const {
  const auto found = calls_.find(stream);
  return found == calls_.end() ? nullptr : found->second;
}

void Connection::OnUp(const PeerCertificate& peer) {
  identity_ = AgencyIdentityOf(peer.uris);
  fingerprint_ = peer.fingerprint;
}

void Connection::OnHeaders(int32_t stream, Headers headers, bool, bool oversize) {
  // Request trailers carry nothing in gRPC.
  if (calls_.contains(stream)) return;
  const auto call = std::make_shared<Call>(floor_, weak_from_this(), link_, stream);
  calls_[stream] = call;
  call->Start(std::move(headers), oversize);
}

void Connection::OnData(int32_t stream, std::string_view bytes) {
  if (const auto call = Of(stream)) {
    call->OnData(bytes);
  } else {
    link_->Consume(stream, bytes.size());
  }
}

void Connection::OnEnd(int32_t stream) {
  if (const auto call = Of(stream)) call->OnEnd();
}

void Connection::OnDrained(int32_t stream) {
  if (const auto call = Of(stream)) call->OnDrained();
}

void Connection::OnStreamClosed(int32_t stream, uint32_t) {
  const auto call = Of(stream);
  calls_.erase(stream);
  last_call_ = std::chrono::steady_clock::now();
  if (call != nullptr) call->OnGone();
}

void Connection::OnDown() {
  auto calls = std::move(calls_);
  calls_.clear();
  for (auto& [stream, call] : calls) call->OnGone();
  floor_->loop.Defer([floor = floor_, id = id_] { floor->connections.erase(id); });
}

void Connection::Recheck() {
  if (!identity_) return;
  const absl::Status status =
      floor_->door->policy.table()->CheckCertificate(*identity_, fingerprint_, OntarioDay(absl::Now()));
  const auto calls = calls_;
  for (const auto& [stream, call] : calls) status.ok() ? call->Recheck() : call->Refuse(status);
  if (status.ok()) return;
  Drain();
  // A peer that does not read its refusals loses the connection all the same.
  floor_->loop.After(Millis(1000), [link = std::weak_ptr<Link>(link_)] {
    if (const auto open = link.lock()) open->Close();
  });
}

void Connection::Drain() { link_->GoAway(); }

void Connection::CloseIfIdle(Millis idle) {
  if (calls_.empty() && std::chrono::steady_clock::now() - last_call_ >= idle) Drain();
}

const std::string& Connection::Assertion(const Caller& caller, const std::string& audience) {
  const absl::Time now = absl::Now();
  std::string key = caller.actor + '\0' + std::to_string(caller.purpose) + '\0' + audience;
  if (assertions_.size() > 1024) assertions_.clear();
  Signed& entry = assertions_[key];
  if (entry.value.empty() || entry.expires - now < absl::Seconds(10) || entry.roles != caller.roles) {
    caller::v1::CallerAssertion assertion;
    assertion.set_agency(caller.agency);
    assertion.set_agency_kind(caller.kind);
    assertion.set_system(caller.system);
    assertion.set_actor(caller.actor);
    for (const Role role : caller.roles) assertion.add_roles(role);
    assertion.set_purpose(caller.purpose);
    assertion.set_certificate_fingerprint(fingerprint_);
    assertion.set_audience(audience);
    assertion.set_gateway(floor_->door->config.name() + " " + Version());
    entry.expires = now + kAssertionLife;
    *assertion.mutable_issue_time() = ToProto(now);
    *assertion.mutable_expire_time() = ToProto(entry.expires);
    entry.roles = caller.roles;
    entry.value = UnpaddedBase64(SignAssertion(floor_->door->assertion_key, assertion));
  }
  return entry.value;
}

}  // namespace accord::gateway
