// The access log tells the operators of the gateway of each call in a line of JSON. It names no person, no
// record and nothing that was said.
#ifndef ACCORD_SERVICES_GATEWAY_OBSERVE_ACCESS_LOG_H_
#define ACCORD_SERVICES_GATEWAY_OBSERVE_ACCESS_LOG_H_

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace accord::gateway {

// Lines gather in memory and are written once a second or when there are many.
class AccessLog {
 public:
  struct Line {
    std::string call_id, agency, system, method;
    int status = 0;
    std::string rule;
    std::chrono::microseconds took{0};
    std::string trace, span;
  };
  // `-` stands for standard output. A file is opened again by Reopen, after it was moved aside.
  static absl::StatusOr<std::unique_ptr<AccessLog>> Open(const std::string& path);
  ~AccessLog();
  // This may be called from any thread.
  void Write(const Line& line);
  void Flush();
  void Reopen();

 private:
  explicit AccessLog(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
  void FlushLocked();

  const std::string path_;
  std::mutex mutex_;
  int fd_;
  std::string buffer_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_OBSERVE_ACCESS_LOG_H_
