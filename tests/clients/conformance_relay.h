// This is a network that loses answers and breaks off connections, between a client and the gateway.
#ifndef ACCORD_TESTS_CLIENTS_CONFORMANCE_RELAY_H_
#define ACCORD_TESTS_CLIENTS_CONFORMANCE_RELAY_H_

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace accord::conformance {

// It passes bytes in both directions between any number of connections and a port of this machine.
class Relay {
 public:
  explicit Relay(int target_port);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  // Breaks off every connection.
  void Cut();

  std::atomic<int> accepted = 0;
  // What comes from the gateway is thrown away, so that requests arrive and answers are lost.
  std::atomic<bool> swallows = false;
  // New connections are turned away.
  std::atomic<bool> shut = false;

 private:
  void Accept();
  // This connects the two ends until one of them breaks off.
  void Carry(int near);
  void HandOn(int source, int sink, bool of_gateway);

  const int target_port_;
  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::set<int> open_;
  std::vector<std::thread> carriers_;
  std::thread acceptor_;
};

}  // namespace accord::conformance

#endif  // ACCORD_TESTS_CLIENTS_CONFORMANCE_RELAY_H_
