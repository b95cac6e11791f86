#include "common/grpclog/grpc_log.h"

#include <grpc/support/log.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/time/clock.h"
#include "common/base/log.h"

namespace accord {
namespace {

// Decides which lines are logged and which are only counted, so that a caller who makes gRPC
// complain with every call cannot fill the disk.
class Budget {
 public:
  // This returns false for a line to leave out. `left_out` is set to the number of lines that were left out
  // before and must be reported now.
  bool Take(int* left_out) {
    const int64_t second = absl::ToUnixSeconds(absl::Now());
    std::lock_guard lock(mutex_);
    if (second != second_) {
      second_ = second;
      taken_ = 0;
      *left_out = left_out_;
      left_out_ = 0;
    }
    if (++taken_ <= kGrpcLinesPerSecond) return true;
    ++left_out_;
    return false;
  }

 private:
  std::mutex mutex_;
  int64_t second_ = 0;
  int taken_ = 0, left_out_ = 0;
};

void WriteGrpcLine(gpr_log_func_args* args) {
  static Budget budget;
  int left_out = 0;
  if (!budget.Take(&left_out)) return;
  const std::string_view file = args->file;
  const Severity severity = args->severity == GPR_LOG_SEVERITY_ERROR  ? Severity::kError
                            : args->severity == GPR_LOG_SEVERITY_INFO ? Severity::kWarning
                                                                      : Severity::kInfo;
  nlohmann::json fields = {{"file", std::string(file.substr(file.rfind('/') + 1))}, {"line", args->line}};
  if (left_out > 0) fields["left_out"] = left_out;
  Log(severity, "grpc", std::move(fields));
}

}  // namespace

void RouteGrpcLog() {
  gpr_log_verbosity_init();
  gpr_set_log_function(WriteGrpcLine);
}

void RouteGrpcErrors() {
  RouteGrpcLog();
  gpr_set_log_verbosity(GPR_LOG_SEVERITY_ERROR);
}

}  // namespace accord
