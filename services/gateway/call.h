// One call of an agency: admission, forwarding, and the answer that waits for its audit record.
#ifndef ACCORD_SERVICES_GATEWAY_CALL_H_
#define ACCORD_SERVICES_GATEWAY_CALL_H_

#include <memory>
#include <string>

#include "services/gateway/door.h"

namespace accord::gateway {

// Owned by its Connection. Upstream and audit hold it weakly; the agency's end is a weak Link, so whichever
// end goes first leaves nothing dangling.
class Call : public StreamSink, public std::enable_shared_from_this<Call> {
 public:
  Call(Floor* floor, std::weak_ptr<Connection> connection, std::shared_ptr<Link> agency, int32_t stream);
  ~Call() override;

  void Start(Headers headers, bool oversize);
  void OnData(std::string_view bytes);
  void OnEnd();
  void OnDrained();
  // The agency's stream is gone.
  void OnGone();
  // Ends the call from outside: revocation or shutdown.
  void Refuse(const absl::Status& status);
  // The policy changed or grew old: an open call goes on only if it would be admitted again.
  void Recheck();

  void OnUpstreamHeaders(Headers headers, bool end) override;
  void OnUpstreamData(std::string_view bytes) override;
  void OnUpstreamEnd() override;
  void OnUpstreamDrained() override;
  void OnUpstreamClosed() override;

 private:
  enum class Stage { kNew, kAdmitted, kForwarded, kRecording, kDone };

  void Identify();
  absl::Status Admit();
  absl::Status AdmitActor(const PolicyTable& table);
  absl::Status TakePurpose();
  absl::Status TakeDeadline();
  void TakeTrace();
  absl::Status CheckHeaders() const;
  bool OpenUpstream();
  // The service or the audit is away for the moment: what comes is kept until it is back, or for 2 seconds.
  void Park(std::string_view bytes, bool end);
  bool WayIsFree() const;
  void AwaitWay();
  void Unpark();
  void Forward(std::string_view bytes);
  Headers ForwardedHeaders(const std::string& assertion);
  void AnswerHealth();
  void LeaveUpstream();
  void Complete();
  void TakeTouched(const Headers& headers);
  audit::v1::AuditRecord Record(audit::v1::Phase phase, audit::v1::Decision decision,
                                const absl::Status& status);
  void SendStatus(const absl::Status& status);
  // Counts and logs the call, once.
  void Account(const absl::Status& status);
  void Release();
  void ReleaseStreamOpen();

  Floor* floor_;
  std::weak_ptr<Connection> connection_;
  std::shared_ptr<Link> agency_;
  int32_t stream_;
  Stage stage_ = Stage::kNew;
  std::string id_;
  std::string path_;
  std::string actor_;
  std::string trace_;
  Purpose purpose_ = annotations::v1::PURPOSE_UNSPECIFIED;
  Caller caller_;
  const Route* route_ = nullptr;
  Headers request_headers_;
  Millis timeout_{0};
  SteadyTime start_;
  bool accounted_ = false;
  std::optional<EventLoop::TimerId> deadline_;
  bool in_quota_ = false;
  bool identified_ = false;

  Upstream* upstream_ = nullptr;
  UpstreamStream upstream_stream_;
  std::string parked_;
  bool parked_end_ = false;
  std::optional<EventLoop::TimerId> patience_;
  std::size_t unconsumed_request_ = 0;
  std::size_t unconsumed_response_ = 0;
  FrameMeter request_meter_;
  FrameMeter response_meter_;
  // Frames of a unary request until the record is built: the hash covers whole messages.
  std::string request_;
  std::string held_;
  Headers response_headers_;
  Headers response_trailers_;
  bool response_ended_ = false;
  bool headers_released_ = false;
  bool touched_readable_ = true;
  std::vector<caller::v1::TouchedResource> touched_;
  std::string request_id_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_CALL_H_
