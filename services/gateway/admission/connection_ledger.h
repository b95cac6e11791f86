// This counts the connections of all agencies together, of each address and of each agency.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_CONNECTION_LEDGER_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_CONNECTION_LEDGER_H_

#include <sys/socket.h>

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace accord::gateway {

// This gives what counts as one address. For IPv4 it is the host, also where a socket for both families
// writes it as IPv6. For IPv6 it is the first 48 bits, since one site may have all addresses below them.
std::string AddressOf(const sockaddr_storage& peer);

// All loops share this ledger, and each connection asks it once.
class ConnectionLedger {
 public:
  struct Limits {
    int all = 10'000;
    int address = 4096;
    int agency = 64;
    // These bound idle frames: the number that an agency may send at once, over all of its connections, and
    // the number that it gains in a second.
    double frames = 40'000;
    double frames_per_second = 1000;
  };
  explicit ConnectionLedger(const Limits& limits) : limits_(limits) {}

  enum class Room { kYes, kFull, kAddressFull };
  // With kYes a place is taken, which LeaveAddress gives back.
  Room EnterAddress(const std::string& address);
  void LeaveAddress(const std::string& address);
  // If true, a place was taken, which LeaveAgency gives back.
  bool EnterAgency(const std::string& agency);
  void LeaveAgency(const std::string& agency);
  // This gives a new connection at most `wanted` idle frames out of its agency's budget. Frames that the
  // connection did not use go back to the budget, so that reconnecting after a cut-off does not renew it.
  double TakeFrames(const std::string& agency, double wanted, std::chrono::steady_clock::time_point now);
  void GiveFrames(const std::string& agency, double frames);

 private:
  const Limits limits_;
  std::mutex mutex_;
  int all_ = 0;
  std::unordered_map<std::string, int> addresses_, agencies_;
  struct Frames {
    double left = 0;
    std::chrono::steady_clock::time_point filled;
  };
  // Only registered agencies have an entry, so there are few.
  std::unordered_map<std::string, Frames> frames_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_CONNECTION_LEDGER_H_
