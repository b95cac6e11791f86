// A client calls through the gateway as one agency's system.
#ifndef ACCORD_TESTS_E2E_AGENCY_CLIENT_H_
#define ACCORD_TESTS_E2E_AGENCY_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace accord::e2e {

// This is one agency's system, which can call as any of its people.
class AgencyClient {
 public:
  explicit AgencyClient(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {}

  template <class Res, class Req>
  absl::StatusOr<Res> Call(const std::string& path, const std::string& actor, const std::string& purpose,
                           const Req& request) const {
    absl::StatusOr<std::string> bytes =
        CallBytes(path, {{"accord-actor", actor}, {"accord-purpose", purpose}}, request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Res response;
    response.ParseFromString(*bytes);
    return response;
  }
  // Empty header values are not sent. `received` gets the number of bytes of an answer that arrived, whatever
  // the status was.
  absl::StatusOr<std::string> CallBytes(const std::string& path,
                                        const std::multimap<std::string, std::string>& headers,
                                        const std::string& request, std::size_t* received = nullptr) const;

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_AGENCY_CLIENT_H_
