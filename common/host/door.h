// How a service calls another agency's records: through the gateway like any agency, under an identity of its
// own, so that its calls are decided, seen and recorded as everybody's.
#ifndef ACCORD_COMMON_HOST_DOOR_H_
#define ACCORD_COMMON_HOST_DOOR_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "accord/host/v1/config.pb.h"

namespace accord::host {

class Door {
 public:
  explicit Door(v1::DoorConfig config) : config_(std::move(config)) {}

  const v1::DoorConfig& config() const { return config_; }

  // One try, 10 seconds at the most. UNAVAILABLE while the files of the identity are not there.
  template <class Res, class Req>
  absl::StatusOr<Res> Call(const std::string& path, const std::string& purpose, const Req& request) {
    absl::StatusOr<std::string> bytes = CallBytes(path, purpose, request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Res response;
    if (!response.ParseFromString(*bytes)) return absl::InternalError("the answer cannot be read");
    return response;
  }

 private:
  absl::StatusOr<std::string> CallBytes(const std::string& path, const std::string& purpose,
                                        const std::string& request);
  absl::Status Connect();

  const v1::DoorConfig config_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_DOOR_H_
