#include "common/base/clock.h"

#include "absl/time/clock.h"

namespace accord {
namespace {

class RealClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

}  // namespace

const Clock& Clock::Real() {
  static const RealClock clock;
  return clock;
}

google::protobuf::Timestamp ToProto(absl::Time at) {
  google::protobuf::Timestamp proto;
  const int64_t micros = absl::ToUnixMicros(at);
  int64_t seconds = micros / 1000000, rest = micros % 1000000;
  if (rest < 0) --seconds, rest += 1000000;
  proto.set_seconds(seconds);
  proto.set_nanos(static_cast<int>(rest * 1000));
  return proto;
}

absl::Time FromProto(const google::protobuf::Timestamp& at) {
  return absl::FromUnixSeconds(at.seconds()) + absl::Nanoseconds(at.nanos());
}

absl::Duration FromProto(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

}  // namespace accord
