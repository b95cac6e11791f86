// These tests cover services that fall silent, and names that lead to more than one address.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/socket.h"
#include "services/gateway/testing/fixture.h"

namespace accord::gateway {
namespace {

// This passes bytes on until it is told to swallow them.
class Relay {
 public:
  explicit Relay(int target) : target_(target), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = Loopback(0);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listener_, 64), 0);
    socklen_t size = sizeof address;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { Accept(); });
  }
  ~Relay() {
    ::shutdown(listener_, SHUT_RDWR);
    accepting_.join();
    for (const int fd : fds_) ::shutdown(fd, SHUT_RDWR);
    for (std::thread& pump : pumps_) pump.join();
    for (const int fd : fds_) ::close(fd);
    ::close(listener_);
  }
  int port() const { return port_; }
  // From now on what comes on open connections goes nowhere; new connections work.
  void SwallowOpenOnes() { generation_ += 1; }
  int connections() const { return connections_; }

 private:
  void Accept() {
    for (int accepted; (accepted = ::accept(listener_, nullptr, nullptr)) >= 0;) {
      const int out = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      const sockaddr_in address = Loopback(target_);
      if (::connect(out, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(out);
        ::close(accepted);
        continue;
      }
      ++connections_;
      fds_.insert(fds_.end(), {accepted, out});
      const int generation = generation_;
      pumps_.emplace_back([this, accepted, out, generation] { Pump(accepted, out, generation); });
      pumps_.emplace_back([this, accepted, out, generation] { Pump(out, accepted, generation); });
    }
  }
  void Pump(int from, int to, int generation) {
    char bytes[16384];
    for (ssize_t got; (got = ::read(from, bytes, sizeof bytes)) > 0;) {
      if (generation != generation_) continue;
      if (::send(to, bytes, static_cast<std::size_t>(got), MSG_NOSIGNAL) != got) break;
    }
    ::shutdown(to, SHUT_RDWR);
  }

  const int target_;
  const int listener_;
  int port_ = 0;
  std::atomic<int> generation_{0}, connections_{0};
  std::vector<int> fds_;
  std::vector<std::thread> pumps_;
  std::thread accepting_;
};

using Upstreams = GatewayTest;
class SilentBackend : public GatewayTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(SilentBackend, ThatSwallowsEverythingIsLeft) {
  std::unique_ptr<Relay> relay;
  Start([&](v1::GatewayConfig* config) {
    config->mutable_limits()->set_service_ping_ms(200);
    config->mutable_limits()->set_default_deadline_ms(1000);
    for (auto& each : *config->mutable_backends()) {
      if (each.name() != GetParam()) continue;
      relay = std::make_unique<Relay>(ports_[GetParam()]);
      each.set_address("127.0.0.1:" + std::to_string(relay->port()));
    }
  });
  EXPECT_EQ(Call(kEcho), "");
  const int before = relay->connections();
  relay->SwallowOpenOnes();
  EXPECT_TRUE(Eventually([&] { return Call(kEcho).empty(); }));
  EXPECT_GT(relay->connections(), before);
  channel_.reset();
  gateway_.reset();
}
INSTANTIATE_TEST_SUITE_P(Each, SilentBackend, ::testing::Values("echo", "audit"),
                         [](const auto& each) { return std::string(each.param); });

TEST(Upstream, KeepsNothingOfWhoGaveUpWaitingForAServiceThatIsAway) {
  EventLoop loop;
  v1::Backend backend;
  backend.set_name("echo");
  Upstream upstream(&loop, backend, "", Millis(0), [] { return TlsContext(); });
  const auto patient = std::make_shared<int>(0);
  for (int i = 0; i < 1000; ++i) {
    const auto call = std::make_shared<int>(i);
    upstream.AwaitReady(call, [] {});
  }
  upstream.AwaitReady(patient, [] {});
  upstream.Tick(std::chrono::steady_clock::now());
  EXPECT_EQ(upstream.waiting(), 1u);
}

TEST_F(Upstreams, EveryAddressOfANameIsTried) {
  // At one address nothing listens, and at the other somebody listens who is not the service.
  Relay stranger(1);
  Start([&](v1::GatewayConfig* config) {
    for (auto& each : *config->mutable_backends()) {
      each.set_address("127.0.0.1:1,127.0.0.1:" + std::to_string(stranger.port()) + "," + each.address());
    }
  });
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(Upstreams, AreBelievedInTheTrustDomainThatIsConfigured) {
  trust_domain_ = "ontario.example";
  Start([&](v1::GatewayConfig* config) { config->set_trust_domain(trust_domain_); });
  EXPECT_EQ(Call(kEcho), "");
}

TEST_F(Upstreams, OfAnotherTrustDomainAreNotCalled) {
  Start();
  ASSERT_EQ(Call(kEcho), "");
  StopServer("echo");
  trust_domain_ = "ontario.example";
  StartServer("echo", &successor_, ports_["echo"]);
  EXPECT_EQ(Call(kEcho), "BACKEND_UNAVAILABLE");
  EXPECT_EQ(successor_.started, 0);
}

}  // namespace
}  // namespace accord::gateway
