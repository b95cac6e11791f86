// Records on their way to the audit log. While one append is in flight the next batch gathers.
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

  // False also while so much is waiting that nothing more may be promised.
  bool Reachable() const;
  bool off() const { return upstream_ == nullptr; }
  std::size_t waiting() const { return next_.size() + flying_.size(); }
  // `written` comes from the loop, never from within Append, unless the audit is off.
  void Append(audit::v1::AuditRecord record, OnWritten written);

 private:
  struct Waiting {
    audit::v1::AuditRecord record;
    OnWritten written;
  };
  void Send();
  void Settle(bool durable);

  EventLoop* loop_;
  Upstream* upstream_;
  std::vector<Waiting> next_;
  std::vector<Waiting> flying_;
  std::shared_ptr<InternalCall> append_;
  std::optional<EventLoop::TimerId> timer_;
  bool send_planned_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_AUDIT_TRAIL_H_
