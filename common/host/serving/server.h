// This serves a Handlers table over gRPC with mutual TLS: one generic service for all methods, worker threads
// for unary calls, and one thread for each open stream.
#ifndef ACCORD_COMMON_HOST_SERVING_SERVER_H_
#define ACCORD_COMMON_HOST_SERVING_SERVER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "accord/host/v1/config.pb.h"
#include "common/host/calls/handlers.h"
#include "common/host/serving/metrics.h"

namespace accord::host {

class Server {
 public:
  // `handlers` must be sealed and outlive the server. Certificates are read again when their files change.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const v1::HostConfig& config, const Handlers* handlers,
                                                       Metrics* metrics);
  ~Server();
  int port() const;
  // Stops accepting calls, lets open ones finish for `grace`, and then cancels them.
  void Drain(absl::Duration grace);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_SERVER_H_
