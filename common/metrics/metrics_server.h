// Serves Prometheus's /metrics.
#ifndef ACCORD_COMMON_METRICS_METRICS_SERVER_H_
#define ACCORD_COMMON_METRICS_METRICS_SERVER_H_

#include <prometheus/collectable.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace prometheus {
class Exposer;
}

namespace accord {

class MetricsServer {
 public:
  // Serves what `collected` gives on `address:port`. UNAVAILABLE if that address cannot be had.
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(
      const std::string& listen, std::shared_ptr<prometheus::Collectable> collected);
  // Nothing is collected any more when this returns; the listener closes in the background.
  ~MetricsServer();
  int port() const;

 private:
  MetricsServer();
  std::unique_ptr<prometheus::Exposer> exposer_;
  std::shared_ptr<prometheus::Collectable> collected_;
};

}  // namespace accord

#endif  // ACCORD_COMMON_METRICS_METRICS_SERVER_H_
