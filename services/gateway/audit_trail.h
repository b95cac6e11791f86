// Records on their way to the audit log. While one append is in flight the next batch gathers. An audit that
// is being replaced is waited for, 2 seconds: what was lost with its connection is sent again, and recorded
// once (the log knows calls by their ids).
#ifndef ACCORD_SERVICES_GATEWAY_AUDIT_TRAIL_H_
#define ACCORD_SERVICES_GATEWAY_AUDIT_TRAIL_H_

#include <functional>
#include <memory>
#include <vector>

#include "accord/audit/v1/service.pb.h"
#include "services/gateway/internal_call.h"

namespace accord::gateway {

class AuditTrail {
 public:
  using OnWritten = std::function<void(bool durable)>;
  // No upstream: the audit is off and every record counts as durable.
  AuditTrail(EventLoop* loop, Upstream* upstream) : loop_(loop), upstream_(upstream) {}
  ~AuditTrail();

  // Neither away nor full.
  bool Reachable() const { return !away() && !full(); }
  bool away() const { return upstream_ != nullptr && !upstream_->ready(); }
  // So much is waiting that nothing more may be promised.
  bool full() const;
  bool off() const { return upstream_ == nullptr; }
  // Called once, when the audit is there next.
  void AwaitReady(std::function<void()> ready) { upstream_->AwaitReady(std::move(ready)); }
  std::size_t waiting() const { return next_.size() + flying_.size(); }
  // `written` comes from the loop, never from within Append, unless the audit is off.
  void Append(audit::v1::AuditRecord record, OnWritten written);

 private:
  struct Waiting {
    audit::v1::AuditRecord record;
    OnWritten written;
  };
  void SendLater();
  void Send();
  // What is next, as much as one append takes, is what flies.
  void Gather();
  void AwaitAudit();
  void OnAppended(int code);
  void Settle(bool durable);

  EventLoop* loop_;
  Upstream* upstream_;
  std::vector<Waiting> next_;
  std::vector<OnWritten> flying_;
  // The append of what flies, and how often it was sent.
  std::string request_;
  int sent_ = 0;
  std::shared_ptr<InternalCall> append_;
  std::optional<EventLoop::TimerId> timer_;
  std::optional<EventLoop::TimerId> patience_;
  bool send_planned_ = false;
  bool awaiting_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_AUDIT_TRAIL_H_
