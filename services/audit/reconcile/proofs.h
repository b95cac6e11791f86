// This says who made a change, as a gateway signed it. A service tells what it changed, and on whose request.
// The log believes this only where a gateway's key vouches for it, so that no service can blame somebody else
// for its own change.
#ifndef ACCORD_SERVICES_AUDIT_RECONCILE_PROOFS_H_
#define ACCORD_SERVICES_AUDIT_RECONCILE_PROOFS_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/caller/v1/caller.pb.h"
#include "accord/host/v1/config.pb.h"
#include "common/access/assertion.h"
#include "services/audit/reconcile/change.h"

namespace accord::audit {

// A Proofs object is immutable, and so thread-safe.
class Proofs {
 public:
  struct GatewayKey {
    Key key;
    // A signature by this key proves nothing if it was made after this time.
    absl::Time until = absl::InfiniteFuture();
  };
  Proofs() = default;
  // With `require_request`, an assertion that does not name the request proves nothing.
  Proofs(std::vector<GatewayKey> keys, bool require_request);
  // This gives the keys that the configuration names, and those that it calls retired.
  static absl::StatusOr<Proofs> Load(const host::v1::AuditConfig& config);

  // This gives what a gateway signed about the call that made this change of `service`. It gives nullopt if
  // the assertion was not valid for this service at the time of the change, or if it contradicts what the
  // service says.
  std::optional<caller::v1::CallerAssertion> Of(const std::string& service, const Change& change) const;

 private:
  bool Agrees(const std::string& service, const Change& change,
              const caller::v1::CallerAssertion& assertion) const;

  std::map<std::string, GatewayKey> keys_;
  bool require_request_ = false;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_RECONCILE_PROOFS_H_
