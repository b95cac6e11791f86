#include "clients/connector/local_requests.h"

namespace accord::connector {
namespace {

// The library matches paths by recursion, so that a long one would take all of the stack.
constexpr std::size_t kLongestPath = 255;

// This says whether no more of the body is kept than an act may have. Where this process does not read it,
// the library does, and unpacks it, or reads it to the end of the connection, without a bound of its own.
bool IsBodyBounded(const httplib::Request& request) {
  if (request.method == "GET" || (request.method == "POST" && request.path == kCalls)) return true;
  return !request.has_header("Transfer-Encoding") && !request.has_header("Content-Encoding") &&
         (request.method == "DELETE" || request.has_header("Content-Length"));
}

}  // namespace

bool ReadBody(const httplib::Request& request, const httplib::ContentReader& reader, std::size_t most,
              std::string* body) {
  // An act is no form.
  if (request.is_multipart_form_data()) return false;
  std::size_t size = 0;
  return reader([&](const char* piece, std::size_t length) {
    size += length;
    if (size > most) return false;
    if (body != nullptr) body->append(piece, length);
    return true;
  });
}

int RefusalOf(const httplib::Request& request) {
  if (request.method != "GET" && request.method != "POST" && request.method != "DELETE") return 405;
  if (request.path.size() > kLongestPath) return 404;
  return IsBodyBounded(request) ? 0 : 415;
}

bool IsOfBrowser(const httplib::Request& request, int port) {
  if (request.has_header("Origin") || request.has_header("Sec-Fetch-Site")) return true;
  // A page reaches no Unix socket, and what a program names as host there means nothing.
  if (port == 0) return false;
  // A name that somebody else has pointed to this machine.
  const std::string host = request.get_header_value("Host");
  const std::string name = host.substr(0, host.rfind(':'));
  return name != "127.0.0.1" && name != "localhost" && name != "[::1]" && host != "[::1]";
}

}  // namespace accord::connector
