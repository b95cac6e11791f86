// Serves Prometheus's /metrics over HTTP/1.1: one thread, one answer a connection, and limits on whatever a
// peer can hold.
#ifndef ACCORD_COMMON_METRICS_METRICS_SERVER_H_
#define ACCORD_COMMON_METRICS_METRICS_SERVER_H_

#include <prometheus/collectable.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace accord {

class MetricsServer {
 public:
  struct Limits {
    // Past it the connection that has been open longest is closed, so that who holds many idle ones keeps
    // nobody out.
    std::size_t connections = 64;
    // This bounds a request with its headers; a longer one is answered 431.
    std::size_t request_bytes = 8 << 10;
    // This bounds the time from the accept to the last byte of the answer.
    absl::Duration time = absl::Seconds(5);
  };

  // Serves what `collected` gives on `address:port`. UNAVAILABLE if that address cannot be had.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      const std::string& listen, std::shared_ptr<prometheus::Collectable> collected) {
    return Start(listen, std::move(collected), Limits());
  }
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      const std::string& listen, std::shared_ptr<prometheus::Collectable> collected, const Limits& limits);
  // Nothing is collected and nothing listens any more when this returns.
  ~MetricsServer();
  int port() const;

 private:
  class Loop;
  explicit MetricsServer(std::unique_ptr<Loop> loop);
  std::unique_ptr<Loop> loop_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_METRICS_METRICS_SERVER_H_
