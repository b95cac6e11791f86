#include "services/gateway/connection_ledger.h"

namespace accord::gateway {
namespace {

bool Enter(std::unordered_map<std::string, int>* places, const std::string& who, int limit) {
  int& held = (*places)[who];
  if (held >= limit) return false;
  ++held;
  return true;
}

void Leave(std::unordered_map<std::string, int>* places, const std::string& who) {
  const auto found = places->find(who);
  if (found != places->end() && --found->second <= 0) places->erase(found);
}

}  // namespace

ConnectionLedger::Room ConnectionLedger::EnterAddress(const std::string& address) {
  std::lock_guard lock(mutex_);
  if (all_ >= limits_.all) return Room::kFull;
  if (!Enter(&addresses_, address, limits_.address)) return Room::kAddressFull;
  ++all_;
  return Room::kYes;
}

void ConnectionLedger::LeaveAddress(const std::string& address) {
  std::lock_guard lock(mutex_);
  Leave(&addresses_, address);
  --all_;
}

bool ConnectionLedger::EnterAgency(const std::string& agency) {
  std::lock_guard lock(mutex_);
  return Enter(&agencies_, agency, limits_.agency);
}

void ConnectionLedger::LeaveAgency(const std::string& agency) {
  std::lock_guard lock(mutex_);
  Leave(&agencies_, agency);
}

}  // namespace accord::gateway
