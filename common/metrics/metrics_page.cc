#include "common/metrics/metrics_page.h"

#include <prometheus/text_serializer.h>

#include "absl/strings/str_cat.h"

namespace accord {
namespace {

constexpr char kText[] = "text/plain; charset=utf-8";
// This is the version of Prometheus's text format.
constexpr char kMetrics[] = "text/plain; version=0.0.4; charset=utf-8";

std::string Answer(absl::string_view status, absl::string_view type, absl::string_view body,
                   absl::string_view headers = "") {
  return absl::StrCat("HTTP/1.1 ", status, "\r\nContent-Type: ", type, "\r\nContent-Length: ", body.size(),
                      "\r\n", headers, "Connection: close\r\n\r\n", body);
}

}  // namespace

std::optional<std::string> AnswerTo(std::string_view received, std::size_t max_bytes,
                                    const prometheus::Collectable& collected) {
  if (received.find("\r\n\r\n") == std::string_view::npos) {
    if (received.size() < max_bytes) return std::nullopt;
    return Answer("431 Request Header Fields Too Large", kText, "The request is too long.\n");
  }
  // The request line is: METHOD SP TARGET SP HTTP/1.x.
  const std::string_view line = received.substr(0, received.find("\r\n"));
  const std::size_t first = line.find(' '), last = line.rfind(' ');
  if (first == 0 || first == std::string_view::npos || first == last ||
      !line.substr(last + 1).starts_with("HTTP/1.")) {
    return Answer("400 Bad Request", kText, "This is not an HTTP/1 request.\n");
  }
  std::string_view target = line.substr(first + 1, last - first - 1);
  target = target.substr(0, target.find('?'));
  if (target != "/metrics") return Answer("404 Not Found", kText, "There is only /metrics.\n");
  if (line.substr(0, first) != "GET") {
    return Answer("405 Method Not Allowed", kText, "There is only GET.\n", "Allow: GET\r\n");
  }
  return Answer("200 OK", kMetrics, prometheus::TextSerializer().Serialize(collected.Collect()));
}

}  // namespace accord
