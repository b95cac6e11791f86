// A process receives its signals here.
#ifndef ACCORD_COMMON_STARTUP_SIGNALS_H_
#define ACCORD_COMMON_STARTUP_SIGNALS_H_

#include <signal.h>

#include <initializer_list>

namespace accord {

// This blocks the given signals, so that only this object receives them. Make it before there is a
// second thread.
class Signals {
 public:
  explicit Signals(std::initializer_list<int> signals);
  // This waits for the next signal and gives its number.
  int Await() const;
  // This says whether a signal came within a second.
  bool CameWithinASecond() const;

 private:
  sigset_t set_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_STARTUP_SIGNALS_H_
