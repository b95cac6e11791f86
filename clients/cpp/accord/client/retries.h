// This file is about when a call without a final answer is sent again: docs/api/connect.md, "Refusals
// and retries".
#ifndef ACCORD_CLIENT_RETRIES_H_
#define ACCORD_CLIENT_RETRIES_H_

#include <functional>

#include "accord/client/errors.h"

namespace accord::client {

// This gives a random number from 0 to 1.
double RandomFraction();

// These are the pauses before further attempts: as long as the refusal says, otherwise doubling each time.
class Waits {
 public:
  explicit Waits(Seconds first = Seconds(1), Seconds longest = Seconds(60),
                 std::function<double()> chance = RandomFraction);

  // This gives the pause after an error. It has a random part, so that clients that were cut off together do
  // not reconnect together.
  Seconds After(const CallError& error);
  // This gives the pause if no call has failed, as after the end of a stream.
  Seconds Next();
  // This resets the pause to the first one, because something was answered.
  void BeginAnew() { next_ = first_; }

 private:
  Seconds first_;
  Seconds longest_;
  Seconds next_;
  std::function<double()> chance_;
};

// These are the clock and the sleep by which attempts are repeated, which tests replace.
struct Clock {
  // This gives the seconds since some fixed instant.
  std::function<Seconds()> now;
  std::function<void(Seconds)> sleep;
};

// This repeats `attempt` while it may still succeed and the next pause ends within `patience`; otherwise
// throws the last attempt's exception. If there are `others`, which is the number of further gateways, each
// is tried without a pause when one has not answered.
void Repeat(const std::function<void()>& attempt, Seconds patience, Waits waits, const Clock& clock,
            int others);

}  // namespace accord::client

#endif  // ACCORD_CLIENT_RETRIES_H_
