#include "services/gateway/audit_trail.h"

#include <algorithm>
#include <iterator>

namespace accord::gateway {
namespace {

constexpr char kAppend[] = "/accord.audit.v1.AuditWriterService/AppendRecords";
// The service's own limit on one request.
constexpr std::size_t kMaxBatch = 1024;
constexpr Millis kTimeout{5000};
constexpr Millis kPatience{2000};
constexpr std::size_t kMaxWaiting = 16 * 1024;

}  // namespace

AuditTrail::~AuditTrail() {
  *alive_ = false;
  if (timer_) loop_->Cancel(*timer_);
  if (patience_) loop_->Cancel(*patience_);
  if (append_ != nullptr) append_->Abandon();
}

bool AuditTrail::full() const { return next_.size() >= kMaxWaiting; }

void AuditTrail::Append(audit::v1::AuditRecord record, OnWritten written) {
  if (upstream_ == nullptr) {
    if (written) written(true);
    return;
  }
  next_.push_back({std::move(record), std::move(written)});
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
  const std::size_t count = std::min(next_.size(), kMaxBatch);
  const auto end = next_.begin() + static_cast<std::ptrdiff_t>(count);
  audit::v1::AppendRecordsRequest request;
  for (auto each = next_.begin(); each != end; ++each) {
    *request.add_records() = std::move(each->record);
    flying_.push_back(std::move(each->written));
  }
  next_.erase(next_.begin(), end);
  request_ = request.SerializeAsString();
  sent_ = 0;
}

void AuditTrail::Send() {
  if (flying_.empty()) Gather();
  if (flying_.empty()) return;
  if (away()) return AwaitAudit();
  ++sent_;
  append_ = InternalCall::Start(upstream_, kAppend, request_, kTimeout, nullptr,
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
    patience_ = loop_->After(kPatience, [this] {
      patience_.reset();
      while (!flying_.empty() || !next_.empty()) {
        for (const OnWritten& written : std::exchange(flying_, {})) {
          if (written) written(false);
        }
        Gather();
      }
    });
  }
  if (std::exchange(awaiting_, true)) return;
  upstream_->AwaitReady([this, alive = alive_] {
    if (!*alive) return;
    awaiting_ = false;
    if (patience_) loop_->Cancel(*std::exchange(patience_, std::nullopt));
    SendLater();
  });
}

void AuditTrail::OnAppended(int code) {
  // A server that drains cancels what comes too late. Whether the log has these records nobody knows; it
  // takes each once.
  const bool may_pass = code == static_cast<int>(absl::StatusCode::kUnavailable) ||
                        code == static_cast<int>(absl::StatusCode::kCancelled);
  if (!may_pass || sent_ > 1) return Settle(code == 0);
  if (timer_) loop_->Cancel(*std::exchange(timer_, std::nullopt));
  append_.reset();
  SendLater();
}

void AuditTrail::Settle(bool durable) {
  if (timer_) loop_->Cancel(*std::exchange(timer_, std::nullopt));
  append_.reset();
  for (const OnWritten& written : std::exchange(flying_, {})) {
    if (written) written(durable);
  }
  if (!send_planned_) Send();
}

}  // namespace accord::gateway
