#include "tests/attack/reply.h"

#include <openssl/evp.h>

namespace accord::attack {
namespace {

std::string Unbase64(std::string text) {
  while (text.size() % 4 != 0) text += '=';
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return bytes;
}

// This gives ErrorInfo.reason, which is the first string of the first detail's value.
std::string RuleIn(const std::string& details) {
  const std::string mark = "google.rpc.ErrorInfo\x12";
  const std::size_t at = details.find(mark);
  if (at == std::string::npos) return "";
  std::size_t next = at + mark.size();
  while (next < details.size() && (details[next] & 0x80) != 0) ++next;
  ++next;
  if (next + 2 > details.size() || details[next] != '\x0a') return "";
  return details.substr(next + 2, static_cast<unsigned char>(details[next + 1]));
}

}  // namespace

const std::string* Find(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string StatusName(int status) {
  static const char* const names[] = {
      "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
      "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
      "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
      "DATA_LOSS", "UNAUTHENTICATED"};
  return status >= 0 && status <= 16 ? names[status] : std::to_string(status);
}

std::string Answer::Name() const {
  if (status >= 0) return rule.empty() ? StatusName(status) : StatusName(status) + " " + rule;
  if (reset) return "RESET " + std::to_string(error_code);
  return http != 0 && http != 200 ? "HTTP " + std::to_string(http) : "LOST";
}

void TakeReply(Headers headers, Answer* answer) {
  if (const std::string* http = Find(headers, ":status")) answer->http = std::atoi(http->c_str());
  const std::string* status = Find(headers, "grpc-status");
  if (status == nullptr) {
    answer->headers = std::move(headers);
    return;
  }
  answer->status = std::atoi(status->c_str());
  if (const std::string* message = Find(headers, "grpc-message")) answer->message = *message;
  if (const std::string* details = Find(headers, "grpc-status-details-bin"))
    answer->rule = RuleIn(Unbase64(*details));
  answer->trailers = std::move(headers);
}

std::string Framed(std::string_view message, int flags) {
  const auto size = static_cast<uint32_t>(message.size());
  std::string frame = {static_cast<char>(flags), static_cast<char>(size >> 24), static_cast<char>(size >> 16),
                       static_cast<char>(size >> 8), static_cast<char>(size)};
  return frame += message;
}

}  // namespace accord::attack
