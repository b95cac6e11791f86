// Prometheus metrics under their customary gRPC names. Labels carry methods and codes, never agencies or
// people.
#ifndef ACCORD_COMMON_HOST_METRICS_H_
#define ACCORD_COMMON_HOST_METRICS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace accord::host {

class Metrics {
 public:
  // Serves /metrics on `address:port`; an empty address serves nothing.
  static absl::StatusOr<std::unique_ptr<Metrics>> Start(const std::string& listen);
  ~Metrics();
  // 0 if nothing is served.
  int port() const;
  void Started(const std::string& path);
  void Handled(const std::string& path, absl::StatusCode code, absl::Duration took);

 private:
  class Impl;
  Metrics();
  std::unique_ptr<Impl> impl_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_METRICS_H_
