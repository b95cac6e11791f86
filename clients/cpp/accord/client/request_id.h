// This file is about the id that makes a repeated change take effect once.
#ifndef ACCORD_CLIENT_REQUEST_ID_H_
#define ACCORD_CLIENT_REQUEST_ID_H_

#include <string>

namespace accord::client {

// This makes a random UUID.
std::string NewRequestId();

template <typename Request>
concept HasRequestId = requires(Request request) {
  request.set_request_id(std::string());
};

// This gives a copy that has a request id, if such requests have one. An id that the caller chose is kept.
template <typename Request>
Request WithRequestId(const Request& request) {
  Request copy = request;
  if constexpr (HasRequestId<Request>) {
    if (copy.request_id().empty()) copy.set_request_id(NewRequestId());
  }
  return copy;
}

template <typename Request>
std::string RequestIdOf(const Request& request) {
  if constexpr (HasRequestId<Request>) return request.request_id();
  return "";
}

}  // namespace accord::client

#endif  // ACCORD_CLIENT_REQUEST_ID_H_
