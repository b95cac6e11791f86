// These calls and connections try what an agency may hold or cause.
#ifndef ACCORD_SERVICES_GATEWAY_TESTING_BUDGET_FIXTURE_H_
#define ACCORD_SERVICES_GATEWAY_TESTING_BUDGET_FIXTURE_H_

#include <arpa/inet.h>
#include <sys/socket.h>

#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "common/base/socket.h"
#include "services/gateway/testing/raw_fixture.h"

namespace accord::gateway {

class Budget : public RawGatewayTest {
 protected:
  std::string RuleOfRequest(const std::string& path, const Headers& extra,
                            const std::function<void(Echo*)>& change = nullptr) {
    const auto peer = Peer();
    peer->SendRequest(1, path, extra);
    peer->SendMessage(1, Message(change));
    return RuleIn(peer->AwaitEnd(1));
  }
  void Revoke() {
    registry::v1::PolicyUpdate update;
    update.set_epoch("test");
    update.set_version(2);
    *update.add_certificates() = Policy().certificates(0);
    update.mutable_certificates(0)->set_active(false);
    registry_.Publish(update);
  }
  // This gives SERVING, NOT_SERVING, or the rule that refuses to say.
  std::string Health(const std::string& service) {
    const auto peer = Peer();
    peer->SendRequest(1, "/grpc.health.v1.Health/Check");
    peer->SendMessage(
        1, service.empty() ? "" : '\x0a' + std::string(1, static_cast<char>(service.size())) + service);
    const auto end = peer->AwaitEnd(1);
    const std::string rule = RuleIn(end);
    if (!rule.empty()) return rule;
    return end.body == std::string("\0\0\0\0\2\x8\1", 7) ? "SERVING" : "NOT_SERVING";
  }
  // This opens a connection that sends nothing, from one of this machine's own addresses.
  int Bare(const char* from = "127.0.0.1") const {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in own = Loopback(0);
    EXPECT_EQ(::inet_pton(AF_INET, from, &own.sin_addr), 1);
    EXPECT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&own), sizeof own), 0);
    const sockaddr_in address = Loopback(gateway_->port());
    EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return fd;
  }
  // This gives the CPU seconds that all threads of this process have used.
  static double CpuSeconds() {
    timespec used{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
  }
  std::vector<audit::v1::AuditRecord> RecordsOf(audit::v1::Phase phase) const {
    std::vector<audit::v1::AuditRecord> found;
    for (const auto& record : audit_.records()) {
      if (record.phase() == phase) found.push_back(record);
    }
    return found;
  }
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_TESTING_BUDGET_FIXTURE_H_
