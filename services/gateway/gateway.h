// The gateway process: loads its configuration, runs one loop a core, watches the policy, drains.
#ifndef ACCORD_SERVICES_GATEWAY_GATEWAY_H_
#define ACCORD_SERVICES_GATEWAY_GATEWAY_H_

#include <memory>
#include <thread>
#include <vector>

#include "services/gateway/door.h"

namespace accord::gateway {

class Gateway {
 public:
  // Checks everything that can be checked without a socket; an error says what to mend.
  static absl::StatusOr<std::unique_ptr<Gateway>> Create(const v1::GatewayConfig& config);
  ~Gateway();

  absl::Status Start();
  // GOAWAY to every agency, open calls get drain_ms, then everything stops.
  void Stop();
  // The port agencies reach, also when the configuration said 0.
  int port() const { return port_; }

 private:
  Gateway() = default;
  absl::Status Load(const v1::GatewayConfig& config);
  void Accept(Floor* floor, int fd);
  void Watch(Floor* floor);
  void ReloadLater(Floor* floor);
  void DrainStep(Floor* floor, SteadyTime until);

  Door door_;
  int port_ = 0;
  std::vector<std::unique_ptr<Floor>> floors_;
  std::vector<std::thread> threads_;
  std::vector<int> listeners_;
  std::shared_ptr<InternalCall> watch_;
  std::string stamp_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_GATEWAY_H_
