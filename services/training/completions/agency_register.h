// This has the agencies of the register, as this service last read them through the gateway. The gateway
// checks agencies that a field of a request names. The lines of a roster are not fields, so this service
// checks them against this register.
#ifndef ACCORD_SERVICES_TRAINING_COMPLETIONS_AGENCY_REGISTER_H_
#define ACCORD_SERVICES_TRAINING_COMPLETIONS_AGENCY_REGISTER_H_

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>

#include "absl/status/statusor.h"
#include "accord/host/v1/config.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "common/host/upkeep/periodic.h"

namespace accord::training {

// An AgencyRegister is thread-safe.
class AgencyRegister {
 public:
  // A function of this type asks the registry for a page of agencies, including those that have ended.
  using Pages = std::function<absl::StatusOr<registry::v1::ListAgenciesResponse>(
      const registry::v1::ListAgenciesRequest&)>;

  explicit AgencyRegister(Pages pages) : pages_(std::move(pages)) {}
  // This reads the register now, retrying until that succeeds, and again within a minute after an unknown
  // agency was named, since it may be new.
  void Start();
  // This reads the register if it has not been read yet, or if an unknown agency was named since.
  absl::Status ReadIfDue();
  // This tells whether the register has the agency. Before the first read nothing is known, and the answer is
  // always true.
  bool MayHave(const std::string& agency);

 private:
  const Pages pages_;
  std::mutex mutex_;
  // The pointer is null until the register was read.
  std::shared_ptr<const std::unordered_set<std::string>> agencies_;
  bool missed_ = false;
  host::Periodic passes_;
};

// This gives a function that asks through the gateway, with the identity in the configuration.
AgencyRegister::Pages AgencyPagesThroughGateway(const host::v1::DoorConfig& door);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COMPLETIONS_AGENCY_REGISTER_H_
