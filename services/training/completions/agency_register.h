// The agencies of the register, as this service last read them through the gateway. The gateway looks up whom
// a field of a request names; the lines of a roster are no fields, and are held against these.
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
  // Asks the registry for a page of agencies, those too that have ended.
  using Pages = std::function<absl::StatusOr<registry::v1::ListAgenciesResponse>(
      const registry::v1::ListAgenciesRequest&)>;

  explicit AgencyRegister(Pages pages) : pages_(std::move(pages)) {}
  // Reads it now, until that has succeeded, and again within a minute after somebody named an agency that was
  // not there: it may be new.
  void Start();
  // Reads it if there is a reason, as Start says.
  absl::Status ReadIfDue();
  // Whether an agency is in it. Until it was read for the first time nothing is known, and every one may be.
  bool MayHave(const std::string& agency);

 private:
  const Pages pages_;
  std::mutex mutex_;
  // Null until it was read.
  std::shared_ptr<const std::unordered_set<std::string>> agencies_;
  bool missed_ = false;
  host::Periodic passes_;
};

// Asks as the agency of this door.
AgencyRegister::Pages PagesThroughGateway(const host::v1::DoorConfig& door);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COMPLETIONS_AGENCY_REGISTER_H_
