#include "services/gateway/observe/access_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace accord::gateway {
namespace {

constexpr std::size_t kFlushAt = 64 * 1024;

// The time is in UTC. The second is written out once for all calls that end in it.
std::string LogTime(absl::Time now) {
  static thread_local int64_t second = -1;
  static thread_local std::string text;
  const int64_t micros = absl::ToUnixMicros(now);
  if (micros / 1'000'000 != second) {
    second = micros / 1'000'000;
    text = absl::FormatTime("%Y-%m-%dT%H:%M:%S", now, absl::UTCTimeZone());
  }
  std::string fraction = absl::StrCat(micros % 1'000'000);
  return absl::StrCat(text, ".", std::string(6 - fraction.size(), '0'), fraction, "+00:00");
}

// This appends a member of a JSON object after the first.
void AppendAccessLogMember(const char* name, const std::string& value, std::string* out) {
  absl::StrAppend(out, ",\"", name, "\":");
  const bool plain = std::all_of(value.begin(), value.end(),
                                 [](char c) { return c >= 0x20 && c <= 0x7e && c != '"' && c != '\\'; });
  if (plain) {
    absl::StrAppend(out, "\"", value, "\"");
  } else {
    *out += nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<AccessLog>> AccessLog::Open(const std::string& path) {
  const int fd = path == "-" ? ::dup(STDOUT_FILENO)
                             : ::open(path.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0640);
  if (fd < 0) return absl::UnavailableError(absl::StrCat("cannot write access_log_file ", path));
  return std::unique_ptr<AccessLog>(new AccessLog(path, fd));
}

AccessLog::~AccessLog() {
  Flush();
  ::close(fd_);
}

void AccessLog::Write(const Line& line) {
  std::string text = absl::StrCat("{\"time\":\"", LogTime(absl::Now()), "\"");
  AppendAccessLogMember("call", line.call_id, &text);
  AppendAccessLogMember("agency", line.agency, &text);
  AppendAccessLogMember("system", line.system, &text);
  AppendAccessLogMember("method", line.method, &text);
  absl::StrAppend(&text, ",\"status\":", line.status);
  AppendAccessLogMember("rule", line.rule, &text);
  absl::StrAppend(&text, ",\"micros\":", line.took.count());
  AppendAccessLogMember("trace", line.trace, &text);
  AppendAccessLogMember("span", line.span, &text);
  text += "}\n";
  std::lock_guard lock(mutex_);
  buffer_ += text;
  if (buffer_.size() >= kFlushAt) FlushLocked();
}

void AccessLog::Flush() {
  std::lock_guard lock(mutex_);
  FlushLocked();
}

void AccessLog::FlushLocked() {
  // A log that cannot be written never stops a call.
  [[maybe_unused]] const auto written = ::write(fd_, buffer_.data(), buffer_.size());
  buffer_.clear();
}

void AccessLog::Reopen() {
  if (path_ == "-") return;
  const int fd = ::open(path_.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0640);
  if (fd < 0) return;
  std::lock_guard lock(mutex_);
  FlushLocked();
  ::close(std::exchange(fd_, fd));
}

}  // namespace accord::gateway
