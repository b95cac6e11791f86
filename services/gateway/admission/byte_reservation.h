// The bytes that a call holds in memory, here and at its service, are counted against its connection, its
// agency and the process.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_BYTE_RESERVATION_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_BYTE_RESERVATION_H_

#include <atomic>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"

namespace accord::gateway {

// This is the number of bytes held, which all loops count together.
using ByteCount = std::atomic<int64_t>;

struct ByteLimits {
  int64_t connection = 16 << 20;
  int64_t agency = 32 << 20;
  int64_t process = 96 << 20;
  // An agency that holds no more than this always has room, whatever the others hold. The process may
  // therefore exceed its limit by this much for each agency.
  int64_t spared = 1 << 20;
};

// A ByteReservation is what one call has reserved; it is released when the call ends.
class ByteReservation {
 public:
  ByteReservation(const ByteLimits* limits, ByteCount* process) : limits_(limits), process_(process) {}
  ~ByteReservation() { Clear(); }
  ByteReservation(const ByteReservation&) = delete;

  void Join(std::shared_ptr<ByteCount> connection, ByteCount* agency) {
    connection_ = std::move(connection);
    agency_ = agency;
  }
  // This sets how many bytes the call holds now. If that is more than before and more than there is room for,
  // fails with RESOURCE_EXHAUSTED and rule BYTES_OF_CONNECTION, BYTES_OF_AGENCY or BYTES_OF_PROCESS.
  absl::Status Set(int64_t bytes);
  void Clear() { Move(-held_); }

 private:
  void Move(int64_t by);

  const ByteLimits* limits_;
  ByteCount* process_;
  std::shared_ptr<ByteCount> connection_;
  ByteCount* agency_ = nullptr;
  int64_t held_ = 0;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_BYTE_RESERVATION_H_
