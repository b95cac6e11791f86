// A place that at most one of each has at a time, for example one stream of each agency.
#ifndef ACCORD_COMMON_HOST_WATCHING_ONE_EACH_H_
#define ACCORD_COMMON_HOST_WATCHING_ONE_EACH_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <string>

namespace accord::host {

// A OneEach is thread-safe.
class OneEach {
 public:
  // Takes the place of `who`, once whoever has it leaves; false, without it, if `ended` is true meanwhile.
  bool Enter(const std::string& who, const std::function<bool()>& ended);
  void Leave(const std::string& who);

 private:
  std::mutex mutex_;
  std::condition_variable left_;
  std::set<std::string> in_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_ONE_EACH_H_
