// These are Prometheus metrics: calls under their customary gRPC names, labelled by method and code, and any
// page that is added. A label never identifies a person.
#ifndef ACCORD_COMMON_HOST_SERVING_METRICS_H_
#define ACCORD_COMMON_HOST_SERVING_METRICS_H_

#include <prometheus/collectable.h>

#include <functional>
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
  // This gives the port, or 0 if nothing is served.
  int port() const;
  // It holds all that the page shows.
  std::shared_ptr<prometheus::Collectable> page() const;
  void Started(const std::string& path);
  // This adds what `page` collects to the metrics, until it is removed.
  void Add(std::shared_ptr<prometheus::Collectable> page);
  void Remove(const std::shared_ptr<prometheus::Collectable>& page);
  // This shows what `value` returns when the metrics are read. It is called from any thread, as long as
  // this lives.
  void Show(const std::string& name, const std::string& help, std::function<double()> value);
  void Handled(const std::string& path, absl::StatusCode code, absl::Duration took);

 private:
  class Impl;
  Metrics();
  std::unique_ptr<Impl> impl_;
};

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_SERVING_METRICS_H_
