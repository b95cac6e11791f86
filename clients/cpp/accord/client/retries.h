// When a call without a final answer is sent again: docs/api/connect.md, "Refusals and retries".
#ifndef ACCORD_CLIENT_RETRIES_H_
#define ACCORD_CLIENT_RETRIES_H_

#include <functional>

#include "accord/client/errors.h"

namespace accord::client {

// A random number from 0 to 1.
double Chance();

// How long to wait before each further attempt: what the refusal asks for, else twice as long each time.
class Waits {
 public:
  explicit Waits(Seconds first = Seconds(1), Seconds longest = Seconds(60),
                 std::function<double()> chance = Chance);

  // With a random part, so that those who were cut off together do not come back together.
  Seconds After(const CallError& error);
  // The same where no call has failed, as after the end of a stream.
  Seconds Next();
  // Something was answered: the next wait is the first again.
  void BeginAnew() { next_ = first_; }

 private:
  Seconds first_;
  Seconds longest_;
  Seconds next_;
  std::function<double()> chance_;
};

// The time by which attempts are repeated.
struct Clock {
  // Seconds since some instant.
  std::function<Seconds()> now;
  std::function<void(Seconds)> sleep;
};

// Calls `attempt` again while it may yet succeed and another wait ends within `patience`; else it throws what
// the last attempt threw. Where there are `others`, which are further gateways, each is asked at once when
// one has not answered.
void Repeat(const std::function<void()>& attempt, Seconds patience, Waits waits, const Clock& clock,
            int others);

}  // namespace accord::client

#endif  // ACCORD_CLIENT_RETRIES_H_
