// This sends records to the audit log. The next batch gathers while one append is in flight. If the audit
// service is being replaced, the trail waits 2 seconds for it: what was lost with the connection is sent
// again and recorded once, since the log recognises calls by their ids. A batch that the log refuses is
// halved until the refused record stands alone, so that no other record is lost with it. That record is
// written without the texts that its caller chose.
#ifndef ACCORD_SERVICES_GATEWAY_OBSERVE_AUDIT_TRAIL_H_
#define ACCORD_SERVICES_GATEWAY_OBSERVE_AUDIT_TRAIL_H_

#include <functional>
#include <memory>
#include <vector>

#include "accord/audit/v1/resources.pb.h"
#include "services/gateway/http2/internal_call.h"
#include "services/gateway/observe/record_lines.h"

namespace accord::gateway {

// One append has this many records at the most.
inline constexpr std::size_t kMaxBatch = 1024;
// These are the rows that one agency's records take in one append while other agencies wait, and while none
// does. Once a name has been read often, a row of the index is a page of its own on the disk, which costs up
// to 0.2 ms. A record of another agency waits for these rows.
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
  // This says whether so much is waiting that an agency with many waiting records may add no more.
  bool full() const { return next_.size() >= limits_.records || next_.bytes() >= limits_.bytes; }
  // This says the same for a call of one agency; an agency with few waiting records still has room.
  bool ReachableFor(const std::string& agency) const { return !away() && !FullFor(agency); }
  bool FullFor(const std::string& agency) const {
    return next_.Crowds(agency, {.records = limits_.records, .bytes = limits_.bytes});
  }
  // This says whether this agency alone has as many records waiting as one agency may have.
  bool ShareIsFull(const std::string& agency) const {
    return next_.Fills(agency, {.records = limits_.agency_records, .bytes = limits_.agency_bytes});
  }
  bool off() const { return upstream_ == nullptr; }
  // `ready` is called once, when the audit is next available, unless `who` is gone by then.
  void AwaitReady(std::weak_ptr<const void> who, std::function<void()> ready) {
    upstream_->AwaitReady(std::move(who), std::move(ready));
  }
  std::size_t waiting() const { return next_.size() + flying_.size(); }
  // This is the number of records of effective changes that the log did not take at first; they are sent
  // again until it does.
  std::size_t owed() const { return owed_.size(); }
  // The loop calls `written` once, when all of `records` are durable or one of them cannot be. Append calls
  // `written` itself only if the audit is off. `effect` says that the call changed something, or may have
  // done so.
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
  // This makes the next records, as many as one append takes, the batch in flight.
  void Gather();
  void AwaitAudit();
  void GiveUpWaiting();
  void OnAppended(int code);
  // This sends at most half of the batch in flight again. A single record is reduced to what the log accepts.
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
  // This is how often the batch in flight was sent.
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
