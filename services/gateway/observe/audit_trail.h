// Records on their way to the audit log. While one append is in flight the next batch gathers. An audit that
// is being replaced is waited for, 2 seconds: what was lost with its connection is sent again, and recorded
// once (the log knows calls by their ids). A batch that the log refuses is halved until what it refuses
// stands alone, so that no record is lost with another's; that one is written without what its caller chose.
#ifndef ACCORD_SERVICES_GATEWAY_OBSERVE_AUDIT_TRAIL_H_
#define ACCORD_SERVICES_GATEWAY_OBSERVE_AUDIT_TRAIL_H_

#include <functional>
#include <memory>
#include <vector>

#include "accord/audit/v1/resources.pb.h"
#include "services/gateway/http2/internal_call.h"
#include "services/gateway/observe/record_lines.h"

namespace accord::gateway {

// Records in one append, at the most.
inline constexpr std::size_t kMaxBatch = 1024;
// Rows of the log that one agency's records take in one append while others wait, and while nobody else does.
// A row of the index is a page of its own on the disk once a name has been read often, which costs up to 0.2
// ms, and a neighbour's record waits for the rows of each agency that keeps the log busy.
inline constexpr std::size_t kRowsOfOne = 48;
inline constexpr std::size_t kRowsAlone = 256;

class AuditTrail {
 public:
  using OnWritten = std::function<void(bool durable)>;
  struct Limits {
    std::size_t records = 16 * 1024;
    std::size_t bytes = 32 << 20;
    // It bounds the records of one agency.
    std::size_t agency_records = 4096;
    std::size_t agency_bytes = 8 << 20;
  };
  // If there is no upstream, the audit is off and every record counts as durable.
  AuditTrail(EventLoop* loop, Upstream* upstream, const Limits& limits)
      : loop_(loop), upstream_(upstream), limits_(limits) {}
  ~AuditTrail();

  // The log is reachable if it is neither away nor full.
  bool Reachable() const { return !away() && !full(); }
  bool away() const { return upstream_ != nullptr && !upstream_->ready(); }
  // So much is waiting that nothing more may be promised to whoever has much of it.
  bool full() const { return next_.size() >= limits_.records || next_.bytes() >= limits_.bytes; }
  // The same for one agency's call: it is not full for who has little waiting.
  bool ReachableFor(const std::string& agency) const { return !away() && !FullFor(agency); }
  bool FullFor(const std::string& agency) const {
    return next_.Crowds(agency, {.records = limits_.records, .bytes = limits_.bytes});
  }
  // Of this agency alone as much waits as one may have.
  bool ShareIsFull(const std::string& agency) const {
    return next_.Fills(agency, {.records = limits_.agency_records, .bytes = limits_.agency_bytes});
  }
  bool off() const { return upstream_ == nullptr; }
  // Called once, when the audit is there next, unless `who` is gone by then.
  void AwaitReady(std::weak_ptr<const void> who, std::function<void()> ready) {
    upstream_->AwaitReady(std::move(who), std::move(ready));
  }
  std::size_t waiting() const { return next_.size() + flying_.size(); }
  // Records of what took effect that the log did not take when they came; they are sent again until it does.
  std::size_t owed() const { return owed_.size(); }
  // The loop calls `written` once, when all of `records` are durable or one of them cannot be. Append calls
  // it itself only if the audit is off. `effect` says that the call changed something, or may have.
  void Append(const std::vector<audit::v1::AuditRecord>& records, bool effect, OnWritten written);

 private:
  // The records of one call share this.
  struct CallProgress {
    std::size_t open = 0;
    bool durable = true;
    OnWritten written;
  };
  using Waiting = WaitingRecord<CallProgress>;
  void SendLater();
  void Send();
  // The next records, as many as one append takes, become the batch in flight.
  void Gather();
  void AwaitAudit();
  void GiveUpWaiting();
  void OnAppended(int code);
  // At most half of the batch in flight is sent again; a record that stands alone is reduced.
  void Halve();
  void Settle(bool durable);
  void Finish(Waiting& record, bool durable);
  void SendOwed();

  EventLoop* loop_;
  Upstream* upstream_;
  const Limits limits_;
  RecordLines<CallProgress> next_;
  std::vector<Waiting> flying_;
  std::vector<Waiting> owed_;
  std::size_t owed_bytes_ = 0;
  std::size_t batch_limit_ = kMaxBatch;
  // This says how often what flies was sent.
  int sent_ = 0;
  std::shared_ptr<InternalCall> append_;
  std::optional<EventLoop::TimerId> timer_;
  std::optional<EventLoop::TimerId> patience_;
  std::optional<EventLoop::TimerId> reminder_;
  bool send_planned_ = false;
  bool awaiting_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_OBSERVE_AUDIT_TRAIL_H_
