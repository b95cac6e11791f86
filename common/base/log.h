// This writes JSON log lines to standard error. Fields carry ids, codes and numbers, never contents or names
// of people.
#ifndef ACCORD_COMMON_BASE_LOG_H_
#define ACCORD_COMMON_BASE_LOG_H_

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace accord {

enum class Severity { kInfo, kWarning, kError };

// This sets the service's name for every line; main calls it once, before the first thread starts.
void SetLogService(std::string service);

void Log(Severity severity, std::string_view event, nlohmann::json fields = nlohmann::json::object());

inline void LogInfo(std::string_view event, nlohmann::json fields = nlohmann::json::object()) {
  Log(Severity::kInfo, event, std::move(fields));
}
inline void LogWarning(std::string_view event, nlohmann::json fields = nlohmann::json::object()) {
  Log(Severity::kWarning, event, std::move(fields));
}
inline void LogError(std::string_view event, nlohmann::json fields = nlohmann::json::object()) {
  Log(Severity::kError, event, std::move(fields));
}

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_LOG_H_
