// Time: a clock that tests can set, days in Ontario, and business days.
#ifndef ACCORD_COMMON_BASE_CLOCK_H_
#define ACCORD_COMMON_BASE_CLOCK_H_

#include <google/protobuf/timestamp.pb.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

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

// A clock for demonstrations: from its construction on, time passes `speed` times as fast.
class FastClock : public Clock {
 public:
  FastClock(const Clock* real, double speed) : real_(real), speed_(speed), start_(real->Now()) {}
  absl::Time Now() const override { return start_ + (real_->Now() - start_) * speed_; }

 private:
  const Clock* real_;
  double speed_;
  absl::Time start_;
};

// America/Toronto, the time zone of Ontario's statutes and courts. Parts of north-western Ontario
// keep Central Time; clocks for those parts take their zone explicitly.
absl::TimeZone OntarioZone();
absl::CivilDay OntarioDay(absl::Time at);

// Parses `YYYY-MM-DD`; nullopt unless it is a day that exists.
std::optional<absl::CivilDay> ParseDay(std::string_view text);
std::string FormatDay(absl::CivilDay day);

// Lists of holidays, which differ in Ontario (docs/domain.md, section 1.7).
enum class Holidays {
  // Ontario's public holidays (Employment Standards Act, 2000, s. 1) plus Easter Monday and the
  // Civic Holiday, on which government offices are closed. A holiday on a weekend moves to the next
  // working day.
  kOffices,
  // Courts are closed on these holidays and on Remembrance Day, by Civil Rule 1.03.
  kCourts,
  // The list of the Legislation Act, 2006, s. 88: it has Remembrance Day but no Civic Holiday, and
  // only a holiday on a Sunday moves to the next day.
  kLegislationAct,
};
// A business day is neither a Saturday nor a Sunday, nor a holiday of the list.
bool IsBusinessDay(absl::CivilDay day, Holidays list = Holidays::kOffices);
// Gives the n-th business day after `day`, where n >= 1.
absl::CivilDay AddBusinessDays(absl::CivilDay day, int n);
// Gives the instant at which `day` ends in Ontario: the midnight after it, which is not part of
// the day.
absl::Time EndOfDay(absl::CivilDay day);

google::protobuf::Timestamp ToProto(absl::Time at);
absl::Time FromProto(const google::protobuf::Timestamp& at);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_CLOCK_H_
