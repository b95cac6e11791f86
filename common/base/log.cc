#include "common/base/log.h"

#include <unistd.h>

#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace accord {
namespace {

std::string& LogService() {
  static std::string service;
  return service;
}

}  // namespace

void SetLogService(std::string service) { LogService() = std::move(service); }

void Log(Severity severity, std::string_view event, nlohmann::json fields) {
  static constexpr const char* kNames[] = {"INFO", "WARNING", "ERROR"};
  nlohmann::ordered_json line;
  line["time"] = absl::FormatTime(absl::RFC3339_full, absl::Now(), absl::UTCTimeZone());
  line["severity"] = kNames[static_cast<int>(severity)];
  line["service"] = LogService();
  line["event"] = event;
  for (auto& [key, value] : fields.items()) line[key] = value;
  const std::string text = line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  // One write for each line keeps lines of different threads whole. If the log cannot be written,
  // there is nobody to tell.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace accord
