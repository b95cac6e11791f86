#include "services/gateway/observe/audit_trail.h"

#include <algorithm>

#include "common/base/ids.h"
#include "common/base/log.h"

namespace accord::gateway {
namespace {

constexpr char kAppend[] = "/accord.audit.v1.AuditWriterService/AppendRecords";
// This bounds one append; the service takes 8 MiB.
constexpr std::size_t kMaxBatchBytes = 1 << 20;
constexpr Millis kTimeout{5000};
constexpr Millis kTrailPatience{2000};
// After this long the log is asked again to take the records that it is owed.
constexpr Millis kReminder{1000};

// This appends one element of AppendRecordsRequest.records as it is on the wire.
void AppendTrailElement(const std::string& record, std::string* request) {
  *request += '\x0a';
  std::size_t size = record.size();
  for (; size >= 0x80; size >>= 7) *request += static_cast<char>((size & 0x7f) | 0x80);
  *request += static_cast<char>(size);
  *request += record;
}

// This gives what the log must know of a call, without any text that came from outside.
std::string ReducedTrailRecord(const std::string& bytes) {
  audit::v1::AuditRecord whole, record;
  if (!whole.ParseFromString(bytes)) return bytes;
  record.set_call_id(whole.call_id());
  record.set_gateway(whole.gateway());
  *record.mutable_time() = whole.time();
  record.set_agency(whole.agency());
  record.set_agency_kind(whole.agency_kind());
  record.set_decision(whole.decision());
  record.set_rule("RECORD_UNPRINTABLE");
  record.set_status(whole.status());
  record.set_phase(whole.phase());
  record.set_part(whole.part());
  record.set_effect_unknown(whole.effect_unknown());
  record.set_owner_only(whole.owner_only());
  record.set_actor("unprintable, " + std::to_string(bytes.size()) + " bytes, " +
                   Hex(Sha256(bytes)).substr(0, 16));
  // This record does not name what the call changed. The log finds that among the service's changes and tells
  // its owners.
  return record.SerializeAsString();
}

// This says whether the log refuses the content of a batch with this code, rather than failing itself.
bool TrailRefusesContent(int code) { return code == static_cast<int>(absl::StatusCode::kInvalidArgument); }

}  // namespace

AuditTrail::~AuditTrail() {
  *alive_ = false;
  if (timer_) loop_->Cancel(*timer_);
  if (patience_) loop_->Cancel(*patience_);
  if (reminder_) loop_->Cancel(*reminder_);
  if (append_ != nullptr) append_->Abandon();
}

void AuditTrail::Append(const std::vector<audit::v1::AuditRecord>& records, bool effect, OnWritten written) {
  if (upstream_ == nullptr) {
    if (written) written(true);
    return;
  }
  const auto call = std::make_shared<CallProgress>(CallProgress{records.size(), true, std::move(written)});
  for (const auto& record : records) {
    next_.Push({record.agency(), record.SerializeAsString(), RowsOf(record), call, effect});
  }
  SendLater();
}

void AuditTrail::SendLater() {
  if (send_planned_ || append_ != nullptr) return;
  send_planned_ = true;
  loop_->Defer([this, alive = alive_] {
    if (!*alive) return;
    send_planned_ = false;
    if (append_ == nullptr) Send();
  });
}

void AuditTrail::Gather() {
  flying_ = next_.Take({.records = batch_limit_,
                        .bytes = kMaxBatchBytes,
                        .rows_of_one = kRowsOfOne,
                        .rows_alone = kRowsAlone});
  sent_ = 0;
}

void AuditTrail::Send() {
  if (flying_.empty()) Gather();
  if (flying_.empty()) return;
  if (away()) return AwaitAudit();
  ++sent_;
  std::string request;
  for (const Waiting& each : flying_) AppendTrailElement(each.bytes, &request);
  append_ = InternalCall::Start(upstream_, kAppend, request, kTimeout, nullptr,
                                [this](int code) { OnAppended(code); });
  if (append_ == nullptr) return Settle(false);
  timer_ = loop_->After(kTimeout, [this] {
    timer_.reset();
    append_->Abandon();
    Settle(false);
  });
}

void AuditTrail::AwaitAudit() {
  if (!patience_) {
    patience_ = loop_->After(kTrailPatience, [this] {
      patience_.reset();
      GiveUpWaiting();
    });
  }
  if (std::exchange(awaiting_, true)) return;
  upstream_->AwaitReady(alive_, [this, alive = alive_] {
    if (!*alive) return;
    awaiting_ = false;
    if (patience_) loop_->Cancel(*std::exchange(patience_, std::nullopt));
    SendLater();
  });
}

void AuditTrail::GiveUpWaiting() {
  while (!flying_.empty() || !next_.empty()) {
    for (Waiting& each : std::exchange(flying_, {})) Finish(each, false);
    Gather();
  }
}

void AuditTrail::OnAppended(int code) {
  if (TrailRefusesContent(code)) return Halve();
  // A draining server cancels late calls. It is unknown whether the log has these records, but it takes each
  // record only once.
  const bool may_pass = code == static_cast<int>(absl::StatusCode::kUnavailable) ||
                        code == static_cast<int>(absl::StatusCode::kCancelled);
  if (!may_pass || sent_ > 1) return Settle(code == 0);
  if (timer_) loop_->Cancel(*std::exchange(timer_, std::nullopt));
  append_.reset();
  SendLater();
}

void AuditTrail::Halve() {
  if (timer_) loop_->Cancel(*std::exchange(timer_, std::nullopt));
  append_.reset();
  if (flying_.size() > 1) {
    batch_limit_ = (flying_.size() + 1) / 2;
    while (flying_.size() > batch_limit_) {
      next_.Return(std::move(flying_.back()));
      flying_.pop_back();
    }
    return SendLater();
  }
  Waiting& alone = flying_.front();
  if (std::exchange(alone.reduced, true)) {
    alone.effect = false;
    return Settle(false);
  }
  LogError("audit_record_refused", {{"bytes", static_cast<int64_t>(alone.bytes.size())}});
  alone.bytes = ReducedTrailRecord(alone.bytes);
  SendLater();
}

void AuditTrail::Finish(Waiting& record, bool durable) {
  if (record.call != nullptr) {
    CallProgress& call = *record.call;
    call.durable = call.durable && durable;
    if (--call.open == 0 && call.written) call.written(call.durable);
  }
  if (durable || !record.effect || owed_bytes_ + record.bytes.size() > limits_.bytes) return;
  record.call = nullptr;
  owed_bytes_ += record.bytes.size();
  owed_.push_back(std::move(record));
  if (reminder_) return;
  reminder_ = loop_->After(kReminder, [this] {
    reminder_.reset();
    SendOwed();
  });
}

void AuditTrail::SendOwed() {
  for (; !owed_.empty(); owed_.pop_back()) next_.Return(std::move(owed_.back()));
  owed_bytes_ = 0;
  SendLater();
}

void AuditTrail::Settle(bool durable) {
  if (timer_) loop_->Cancel(*std::exchange(timer_, std::nullopt));
  append_.reset();
  for (Waiting& each : std::exchange(flying_, {})) Finish(each, durable);
  if (durable) batch_limit_ = std::min(kMaxBatch, batch_limit_ * 2);
  if (!send_planned_) Send();
}

}  // namespace accord::gateway
