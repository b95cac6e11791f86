#include "accord/client/retries.h"

#include <algorithm>
#include <random>
#include <utility>

namespace accord::client {
namespace {

// Whoever asks for more is asked again after this time all the same.
constexpr Seconds kLongestAsked{3600};

}  // namespace

double RandomFraction() {
  thread_local std::mt19937_64 random{std::random_device()()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

Waits::Waits(Seconds first, Seconds longest, std::function<double()> chance)
    : first_(first), longest_(longest), next_(first), chance_(std::move(chance)) {}

Seconds Waits::After(const CallError& error) {
  const auto* refusal = dynamic_cast<const Refusal*>(&error);
  // No time at all would have everybody call again at once.
  const bool asks = refusal != nullptr && refusal->retry_after().value_or(Seconds(0)) > Seconds(0);
  return asks ? std::min(*refusal->retry_after(), kLongestAsked) * (1 + chance_() / 10) : Next();
}

Seconds Waits::Next() {
  const Seconds wait = next_;
  next_ = std::min(2 * next_, longest_);
  return wait * (0.5 + chance_() / 2);
}

void Repeat(const std::function<void()>& attempt, Seconds patience, Waits waits, const Clock& clock,
            int others) {
  const Seconds end = clock.now() + patience;
  int left = others;
  while (true) {
    Seconds wait{0};
    try {
      attempt();
      return;
    } catch (const CallError& error) {
      if (!error.may_pass()) throw;
      if (left > 0 && dynamic_cast<const Unanswered*>(&error) != nullptr) {
        --left;
      } else {
        wait = waits.After(error);
        left = others;
      }
      if (clock.now() + wait > end) throw;
    }
    if (wait > Seconds(0)) clock.sleep(wait);
  }
}

}  // namespace accord::client
