#include "services/gateway/audit_trail.h"

#include <algorithm>
#include <iterator>

namespace accord::gateway {
namespace {

constexpr char kAppend[] = "/accord.audit.v1.AuditWriterService/AppendRecords";
// The service's own limit on one request.
constexpr std::size_t kMaxBatch = 1024;
constexpr Millis kTimeout{5000};
constexpr std::size_t kMaxWaiting = 16 * 1024;

}  // namespace

AuditTrail::~AuditTrail() {
  *alive_ = false;
  if (timer_) loop_->Cancel(*timer_);
  if (append_ != nullptr) append_->Abandon();
}

bool AuditTrail::Reachable() const {
  return upstream_ == nullptr || (upstream_->ready() && next_.size() < kMaxWaiting);
}

void AuditTrail::Append(audit::v1::AuditRecord record, OnWritten written) {
  if (upstream_ == nullptr) {
    if (written) written(true);
    return;
  }
  next_.push_back({std::move(record), std::move(written)});
  if (send_planned_ || append_ != nullptr) return;
  send_planned_ = true;
  loop_->Defer([this, alive = alive_] {
    if (!*alive) return;
    send_planned_ = false;
    if (append_ == nullptr) Send();
  });
}

void AuditTrail::Send() {
  if (next_.empty()) return;
  const std::size_t count = std::min(next_.size(), kMaxBatch);
  flying_.assign(std::make_move_iterator(next_.begin()),
                 std::make_move_iterator(next_.begin() + static_cast<std::ptrdiff_t>(count)));
  next_.erase(next_.begin(), next_.begin() + static_cast<std::ptrdiff_t>(count));
  audit::v1::AppendRecordsRequest request;
  for (Waiting& waiting : flying_) *request.add_records() = std::move(waiting.record);
  append_ = InternalCall::Start(upstream_, kAppend, request.SerializeAsString(), kTimeout, nullptr,
                                [this](int code) { Settle(code == 0); });
  if (append_ == nullptr) return Settle(false);
  timer_ = loop_->After(kTimeout, [this] {
    timer_.reset();
    append_->Abandon();
    Settle(false);
  });
}

void AuditTrail::Settle(bool durable) {
  if (timer_) loop_->Cancel(*timer_);
  timer_.reset();
  append_.reset();
  auto settled = std::move(flying_);
  flying_.clear();
  for (Waiting& waiting : settled) {
    if (waiting.written) waiting.written(durable);
  }
  if (!send_planned_) Send();
}

}  // namespace accord::gateway
