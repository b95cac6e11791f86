#include "services/gateway/admission/byte_reservation.h"

#include "absl/time/time.h"
#include "common/base/error.h"

namespace accord::gateway {
namespace {

absl::Status RefuseMoreBytes(const rules::Rule& rule, const char* whose) {
  return WithRetryAfter(Refuse(rule, whose), absl::Seconds(1));
}

}  // namespace

void ByteReservation::Move(int64_t by) {
  if (by == 0) return;
  constexpr auto kRelaxed = std::memory_order_relaxed;
  process_->fetch_add(by, kRelaxed);
  if (agency_ != nullptr) agency_->fetch_add(by, kRelaxed);
  if (connection_ != nullptr) connection_->fetch_add(by, kRelaxed);
  held_ += by;
}

absl::Status ByteReservation::Set(int64_t bytes) {
  const int64_t more = bytes - held_;
  if (more > 0) {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    if (connection_ != nullptr && connection_->load(kRelaxed) + more > limits_->connection) {
      return RefuseMoreBytes(
          rules::kBytesOfConnection,
          "This connection has too much under way; read the answers that wait for you first.");
    }
    if (agency_ != nullptr && agency_->load(kRelaxed) + more > limits_->agency) {
      return RefuseMoreBytes(rules::kBytesOfAgency,
                             "This agency has too much under way; read the answers that wait for you first.");
    }
    const bool spared = agency_ != nullptr && agency_->load(kRelaxed) + more <= limits_->spared;
    if (!spared && process_->load(kRelaxed) + more > limits_->process) {
      return RefuseMoreBytes(rules::kBytesOfProcess, "The gateway has too much under way; try again later.");
    }
  }
  Move(more);
  return absl::OkStatus();
}

}  // namespace accord::gateway
