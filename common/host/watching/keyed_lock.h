// This is a lock for each key, for example for each agency, that one holder has at a time.
#ifndef ACCORD_COMMON_HOST_WATCHING_KEYED_LOCK_H_
#define ACCORD_COMMON_HOST_WATCHING_KEYED_LOCK_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <string>

namespace accord::host {

// A KeyedLock is thread-safe.
class KeyedLock {
 public:
  // This waits until the lock of `who` is free and takes it. It returns false, without the lock, if `ended`
  // becomes true meanwhile.
  bool Enter(const std::string& who, const std::function<bool()>& ended);
  void Leave(const std::string& who);

 private:
  std::mutex mutex_;
  std::condition_variable left_;
  std::set<std::string> in_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_KEYED_LOCK_H_
