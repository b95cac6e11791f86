// This is one call of an agency: admission, forwarding, and the answer that waits for its audit record.
#ifndef ACCORD_SERVICES_GATEWAY_CALLS_PROXIED_CALL_H_
#define ACCORD_SERVICES_GATEWAY_CALLS_PROXIED_CALL_H_

#include <memory>
#include <string>
#include <vector>

#include "services/gateway/admission/byte_reservation.h"
#include "services/gateway/calls/call_headers.h"
#include "services/gateway/calls/message_hash.h"
#include "services/gateway/calls/peer.h"
#include "services/gateway/calls/shard.h"
#include "services/gateway/http2/frame_meter.h"

namespace accord::gateway {

// A call is owned by its Connection, or by its shard once the caller has left and the call is still running.
// The upstream and the audit trail hold weak references, so that neither end leaves a dangling pointer.
class ProxiedCall : public StreamSink, public std::enable_shared_from_this<ProxiedCall> {
 public:
  ProxiedCall(Shard* shard, std::weak_ptr<Connection> connection, std::shared_ptr<const Peer> peer,
              std::shared_ptr<Http2Connection> agency, int32_t stream);
  ~ProxiedCall() override;

  void Start(Headers headers, bool oversize);
  void OnData(std::string_view bytes);
  void OnEnd();
  void OnDrained();
  // This is called when the agency's stream is gone.
  void OnGone();
  // This ends the call from outside, because of a revocation or the shutdown.
  void Refuse(const absl::Status& status);
  // This is called when the policy has changed or grown old. An open call goes on only if it would be
  // admitted again, and a stream only in the roles that it was opened with.
  void Recheck();

  void OnUpstreamHeaders(Headers headers, bool end, bool cut) override;
  void OnUpstreamData(std::string_view bytes) override;
  void OnUpstreamEnd() override;
  void OnUpstreamDrained() override;
  void OnUpstreamClosed() override;

 private:
  enum class Stage { kNew, kHealth, kAdmitted, kForwarded, kRecording, kDone };

  // These steps admit a call.
  void Identify();
  // `oversize` says that the list of headers was cut.
  absl::Status Admit(bool oversize);
  // `header_bytes` is the size of the request's header list.
  absl::Status AdmitConnection(const PolicyTable& table, std::size_t header_bytes);
  absl::Status AdmitActor(const PolicyTable& table);
  absl::Status TakePurpose();
  absl::Status TakeValidateOnly();
  absl::Status TakeDeadline();
  void SetDeadline();
  void OnDeadline();
  bool IsHealth() const;
  void AnswerHealth();

  // These members carry the call to the service. The request of a unary call, or the last part of a large
  // one, is held until it is whole and has ended. So a service never acts on what turns out to be two
  // messages or half of one.
  void ForwardRequest();
  absl::Status CheckFrames(FrameMeter::Fault fault) const;
  // This refuses the request if somebody whom it names does not exist.
  absl::Status CheckNamed() const;
  // This says whether the request is signed with the caller's assertion. If so, the whole request is held
  // until its end.
  bool IsSigned() const;
  bool OpenUpstream();
  void SendPending();
  // This is called while the service or the audit is unavailable. What arrives is buffered until it is back,
  // for 2 seconds at the most.
  void BufferUntilReady();
  bool UpstreamsReady() const;
  void AwaitUpstreams();
  bool HoldsWithinBudget();
  void LeaveUpstream();
  bool may_have_effect() const;

  // These members carry the answer back.
  void Complete();
  void TakeTouched(const Headers& headers);
  audit::v1::AuditRecord Record(audit::v1::Phase phase, audit::v1::Decision decision,
                                const absl::Status& status) const;
  // This sends records with all that was touched, and then calls `then`.
  void Append(audit::v1::AuditRecord record, AuditTrail::OnWritten then);
  void SendStatus(const absl::Status& status);
  // Counts and logs the call, once.
  void Account(const absl::Status& status);
  void Release();
  void ReleaseStreamOpen();
  // This is called when part of a stream's answer is on its way to the agency.
  void OnWritten();
  // This is called when nobody waits for the end of the call any more.
  void Retire();

  Shard* shard_;
  std::weak_ptr<Connection> connection_;
  std::shared_ptr<const Peer> peer_;
  std::shared_ptr<Http2Connection> agency_;
  int32_t stream_;
  Stage stage_ = Stage::kNew;
  std::string id_;
  // Records name the method and the actor by these: by registered names, or by a substitute for unknown ones.
  std::string method_;
  std::string actor_;
  Trace trace_;
  Purpose purpose_ = annotations::v1::PURPOSE_UNSPECIFIED;
  Caller caller_;
  // It is true if the caller asks the service to validate the request and to change nothing.
  bool validate_only_ = false;
  const Route* route_ = nullptr;
  Headers request_headers_;
  Millis timeout_{0};
  SteadyTime start_;
  bool accounted_ = false;
  std::optional<EventLoop::TimerId> deadline_;
  Quota::Account* quota_ = nullptr;
  ByteReservation reservation_;

  Upstream* upstream_ = nullptr;
  UpstreamStream upstream_stream_;
  std::optional<EventLoop::TimerId> patience_;
  FrameMeter request_meter_;
  FrameMeter response_meter_;
  // These are bytes that arrived and were not sent on yet, and for how many of them no flow-control credit
  // was given back.
  std::string pending_;
  std::size_t unconsumed_request_ = 0;
  std::size_t request_bytes_ = 0;
  bool request_ended_ = false;
  bool request_sent_ = false;
  bool gone_ = false;
  MessageHash request_hash_;
  std::string request_digest_;

  std::size_t unconsumed_response_ = 0;
  // These are the unread bytes of a stream, once there are so many of them that the service is held back.
  std::size_t unread_ = 0;
  std::string held_;
  Headers response_headers_;
  Headers response_trailers_;
  bool response_ended_ = false;
  bool headers_released_ = false;
  bool touched_readable_ = true;
  bool effect_unknown_ = false;
  bool broken_off_ = false;
  std::vector<caller::v1::TouchedResource> touched_;
  std::vector<std::string> revisions_;
  // These are the changes that the answer does not show.
  std::vector<caller::v1::ChangedResource> changed_;
  std::string request_id_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALLS_PROXIED_CALL_H_
