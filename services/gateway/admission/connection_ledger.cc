#include "services/gateway/admission/connection_ledger.h"

#include <netinet/in.h>

#include <algorithm>

namespace accord::gateway {
namespace {

// An IPv6 customer gets up to a /48: 65,536 networks of 64 bits, each of which would otherwise have a turn
// and places of its own.
constexpr std::size_t kNetworkBytes = 6;

bool EnterLedgerPlace(std::unordered_map<std::string, int>* places, const std::string& who, int limit) {
  int& held = (*places)[who];
  if (held >= limit) return false;
  ++held;
  return true;
}

void LeaveLedgerPlace(std::unordered_map<std::string, int>* places, const std::string& who) {
  const auto found = places->find(who);
  if (found != places->end() && --found->second <= 0) places->erase(found);
}

}  // namespace

std::string AddressOf(const sockaddr_storage& peer) {
  if (peer.ss_family == AF_INET) {
    const auto& address = reinterpret_cast<const sockaddr_in&>(peer).sin_addr;
    return {reinterpret_cast<const char*>(&address), sizeof address};
  }
  const auto& address = reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr;
  const char* bytes = reinterpret_cast<const char*>(&address);
  // For IPv4-mapped addresses, such as ::ffff:192.0.2.1, the first bits are all the same, so only the IPv4
  // part counts.
  if (IN6_IS_ADDR_V4MAPPED(&address)) return {bytes + 12, 4};
  return {bytes, kNetworkBytes};
}

ConnectionLedger::Room ConnectionLedger::EnterAddress(const std::string& address) {
  std::lock_guard lock(mutex_);
  if (all_ >= limits_.all) return Room::kFull;
  if (!EnterLedgerPlace(&addresses_, address, limits_.address)) return Room::kAddressFull;
  ++all_;
  return Room::kYes;
}

void ConnectionLedger::LeaveAddress(const std::string& address) {
  std::lock_guard lock(mutex_);
  LeaveLedgerPlace(&addresses_, address);
  --all_;
}

bool ConnectionLedger::EnterAgency(const std::string& agency) {
  std::lock_guard lock(mutex_);
  return EnterLedgerPlace(&agencies_, agency, limits_.agency);
}

void ConnectionLedger::LeaveAgency(const std::string& agency) {
  std::lock_guard lock(mutex_);
  LeaveLedgerPlace(&agencies_, agency);
}

double ConnectionLedger::TakeFrames(const std::string& agency, double wanted,
                                    std::chrono::steady_clock::time_point now) {
  std::lock_guard lock(mutex_);
  Frames& mine = frames_.try_emplace(agency, Frames{limits_.frames, now}).first->second;
  // Each loop reads the clock once a turn, so one loop may ask with an earlier time than another did.
  const auto until = std::max(now, mine.filled);
  const double passed = std::chrono::duration<double>(until - mine.filled).count();
  mine.left = std::min(limits_.frames, mine.left + passed * limits_.frames_per_second);
  mine.filled = until;
  const double taken = std::clamp(wanted, 0.0, mine.left);
  mine.left -= taken;
  return taken;
}

void ConnectionLedger::GiveFrames(const std::string& agency, double frames) {
  std::lock_guard lock(mutex_);
  const auto found = frames_.find(agency);
  if (found != frames_.end()) found->second.left = std::min(limits_.frames, found->second.left + frames);
}

}  // namespace accord::gateway
