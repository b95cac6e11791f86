// This is how a service calls another agency's records: through the gateway, like any agency, and under an
// identity of its own. So its calls are authorized, visible and audited like all others.
#ifndef ACCORD_COMMON_HOST_GATEWAY_CLIENT_H_
#define ACCORD_COMMON_HOST_GATEWAY_CLIENT_H_

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "accord/host/v1/config.pb.h"

namespace accord::host {

// A GatewayClient is thread-safe.
class GatewayClient {
 public:
  explicit GatewayClient(v1::DoorConfig config) : config_(std::move(config)) {}

  const v1::DoorConfig& config() const { return config_; }

  // This makes one attempt, which takes 10 seconds at most. It fails with UNAVAILABLE while the files of the
  // identity do not exist.
  template <class Res, class Req>
  absl::StatusOr<Res> Call(const std::string& path, const std::string& purpose, const Req& request) {
    absl::StatusOr<std::string> bytes = CallBytes(path, purpose, request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Res response;
    if (!response.ParseFromString(*bytes)) return absl::InternalError("the answer cannot be read");
    return response;
  }

  // This opens a stream without a deadline. `message` gets each answer. `go_on` is asked after each of them
  // and several times a second; if it returns false, the stream ends with CANCELLED. Returns OK if the other
  // side ended the stream.
  template <class Res, class Req>
  absl::Status Stream(const std::string& path, const std::string& purpose, const Req& request,
                      const std::function<void(Res)>& message, const std::function<bool()>& go_on) {
    return StreamBytes(
        path, purpose, request.SerializeAsString(),
        [&](const std::string& bytes) {
          Res response;
          if (response.ParseFromString(bytes)) message(std::move(response));
        },
        go_on);
  }

 private:
  absl::Status StreamBytes(const std::string& path, const std::string& purpose, const std::string& request,
                           const std::function<void(const std::string&)>& message,
                           const std::function<bool()>& go_on);
  absl::StatusOr<std::string> CallBytes(const std::string& path, const std::string& purpose,
                                        const std::string& request);
  absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect();
  void AddIdentity(const std::string& purpose, grpc::ClientContext* context) const;
  // This gives the status that a failed call returns to its caller.
  absl::Status Failed(const grpc::Status& status);

  const v1::DoorConfig config_;
  std::mutex mutex_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_GATEWAY_CLIENT_H_
