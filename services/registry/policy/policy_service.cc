#include "services/registry/policy/policy_service.h"

#include <chrono>
#include <optional>

#include "common/base/error.h"

namespace accord::registry {
namespace {

constexpr std::chrono::seconds kHeartbeat{1};
// The call checks at least this often whether it has ended.
constexpr absl::Duration kPatience = absl::Milliseconds(200);

}  // namespace

void PolicyService::Register(host::Handlers* handlers) {
  mirror_.Start(handlers->changes());
  handlers->Bind("accord.registry.v1.PolicyService", this, &PolicyService::Watch);
}

absl::StatusOr<v1::PolicyUpdate> PolicyService::Since(const std::string& epoch, int64_t version) {
  ACCORD_RETURN_IF_ERROR(mirror_.Look());
  return mirror_.Since(epoch, version);
}

absl::Status PolicyService::Watch(host::Call& call, const v1::WatchPolicyRequest& request,
                                  const std::function<bool(const v1::PolicyUpdate&)>& send) {
  std::string epoch = request.epoch();
  int64_t version = request.after_version();
  // This is on a monotonic clock: if the system's clock were set back by an hour, the registry would
  // send nothing for as long, and a gateway refuses all calls once it has not heard from the registry
  // for some seconds.
  std::optional<std::chrono::steady_clock::time_point> sent;
  // A gateway may come from another replica, and know more than this one has read.
  ACCORD_RETURN_IF_ERROR(mirror_.Look());
  while (!call.ended()) {
    ACCORD_ASSIGN_OR_RETURN(v1::PolicyUpdate update, mirror_.Since(epoch, version));
    const auto now = std::chrono::steady_clock::now();
    if (!sent || update.reset() || update.version() != version || now - *sent >= kHeartbeat) {
      *update.mutable_time() = ToProto(absl::Now());
      if (!send(update)) return absl::OkStatus();
      sent = now;
      epoch = update.epoch();
      version = update.version();
    }
    mirror_.Await(version, kPatience);
  }
  return absl::OkStatus();
}

}  // namespace accord::registry
