// This is a clock that tests can set, and the form that instants and durations have in protos.
#ifndef ACCORD_COMMON_BASE_CLOCK_H_
#define ACCORD_COMMON_BASE_CLOCK_H_

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"
#include "common/base/day.h"

namespace accord {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
  static const Clock& Real();
};

class FakeClock : public Clock {
 public:
  explicit FakeClock(absl::Time now) : micros_(absl::ToUnixMicros(now)) {}
  absl::Time Now() const override { return absl::FromUnixMicros(micros_); }
  void Advance(absl::Duration by) { micros_ += absl::ToInt64Microseconds(by); }
  void Set(absl::Time now) { micros_ = absl::ToUnixMicros(now); }

 private:
  std::atomic<int64_t> micros_;
};

// This clock is for demonstrations: from its construction on, time passes `speed` times as fast.
class FastClock : public Clock {
 public:
  FastClock(const Clock* real, double speed) : real_(real), speed_(speed), start_(real->Now()) {}
  absl::Time Now() const override { return start_ + (real_->Now() - start_) * speed_; }

 private:
  const Clock* real_;
  double speed_;
  absl::Time start_;
};

google::protobuf::Timestamp ToProto(absl::Time at);
absl::Time FromProto(const google::protobuf::Timestamp& at);
absl::Duration FromProto(const google::protobuf::Duration& duration);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_CLOCK_H_
