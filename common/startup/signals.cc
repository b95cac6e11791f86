#include "common/startup/signals.h"

#include <ctime>

namespace accord {

Signals::Signals(std::initializer_list<int> signals) {
  sigemptyset(&set_);
  for (const int signal : signals) sigaddset(&set_, signal);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

int Signals::Await() const {
  int signal = 0;
  sigwait(&set_, &signal);
  return signal;
}

bool Signals::CameWithinASecond() const {
  constexpr timespec kSecond{1, 0};
  return sigtimedwait(&set_, nullptr, &kSecond) > 0;
}

}  // namespace accord
