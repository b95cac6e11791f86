// This serves Prometheus's /metrics over HTTP/1.1. It has one thread, one answer for each connection, and
// limits on the resources that a peer can hold.
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
    // At most this many connections are open. Beyond it the one that has been open longest is closed, so that
    // a peer with many idle connections does not keep others out.
    std::size_t connections = 64;
    // A request with its headers has at most this many bytes; a longer one is answered with 431.
    std::size_t request_bytes = 8 << 10;
    // This is the longest time from the accept to the last byte of the answer.
    absl::Duration time = absl::Seconds(5);
  };

  // This serves what `collected` gives on `address:port`. It returns UNAVAILABLE if it cannot listen there.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      const std::string& listen, std::shared_ptr<prometheus::Collectable> collected) {
    return Start(listen, std::move(collected), Limits());
  }
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      const std::string& listen, std::shared_ptr<prometheus::Collectable> collected, const Limits& limits);
  // This waits until nothing is collected and nothing listens any more.
  ~MetricsServer();
  int port() const;

 private:
  class Loop;
  explicit MetricsServer(std::unique_ptr<Loop> loop);
  std::unique_ptr<Loop> loop_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_METRICS_METRICS_SERVER_H_
