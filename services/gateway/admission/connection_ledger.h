// Who holds connections: of all agencies together, of an address, of an agency.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_CONNECTION_LEDGER_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_CONNECTION_LEDGER_H_

#include <sys/socket.h>

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace accord::gateway {

// What counts as one address: of IPv4 the host, also where a socket for both families writes it as IPv6; of
// IPv6 the first 48 bits, all of which one site may have.
std::string AddressOf(const sockaddr_storage& peer);

// All loops share it, and each connection asks it once.
class ConnectionLedger {
 public:
  struct Limits {
    int all = 10'000;
    int address = 4096;
    int agency = 64;
    // Frames that do nothing, which an agency's connections may begin with: at once, and a second.
    double frames = 40'000;
    double frames_per_second = 1000;
  };
  explicit ConnectionLedger(const Limits& limits) : limits_(limits) {}

  enum class Room { kYes, kFull, kAddressFull };
  // kYes takes a place, which LeaveAddress gives back.
  Room EnterAddress(const std::string& address);
  void LeaveAddress(const std::string& address);
  // True takes a place, which LeaveAgency gives back.
  bool EnterAgency(const std::string& agency);
  void LeaveAgency(const std::string& agency);
  // What a new connection may waste comes out of what its agency has, and what it did not waste goes back:
  // who is cut off and connects again begins with what is left. Gives at most `wanted`.
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
  // Of registered agencies alone, so there are few.
  std::unordered_map<std::string, Frames> frames_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_CONNECTION_LEDGER_H_
