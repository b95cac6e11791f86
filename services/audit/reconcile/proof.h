// This says who made a change, as a gateway signed it. A service tells what it changed, and on whose request;
// of that the log believes what a gateway's key vouches for, so that no service can say that somebody else
// did what it did itself.
#ifndef ACCORD_SERVICES_AUDIT_RECONCILE_PROOF_H_
#define ACCORD_SERVICES_AUDIT_RECONCILE_PROOF_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/caller/v1/caller.pb.h"
#include "accord/host/v1/config.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "common/access/assertion.h"

namespace accord::audit {

// One change as a service tells of it.
struct Change {
  host::v1::RevisionKey key;
  // This is a serialized SignedCallerAssertion; empty if the service has none.
  std::string assertion;
};
std::vector<Change> ChangesOf(host::v1::ListRevisionKeysResponse page);

// It is immutable, and so thread-safe.
class Proofs {
 public:
  struct GatewayKey {
    Key key;
    // Nothing proves anything that this key signed after that time.
    absl::Time until = absl::InfiniteFuture();
  };
  Proofs() = default;
  // `require_request`: what does not name the request proves nothing either.
  Proofs(std::vector<GatewayKey> keys, bool require_request);
  // Gives the keys that the configuration names, and those that it calls retired.
  static absl::StatusOr<Proofs> Load(const host::v1::AuditConfig& config);

  // Gives what a gateway signed of the call that made this change of `service`; nullopt if that was no live
  // assertion for this service at the time of the change, or says another than the service does.
  std::optional<caller::v1::CallerAssertion> Of(const std::string& service, const Change& change) const;

 private:
  bool Agrees(const std::string& service, const Change& change,
              const caller::v1::CallerAssertion& assertion) const;

  std::map<std::string, GatewayKey> keys_;
  bool require_request_ = false;
};

}  // namespace accord::audit

#endif  // ACCORD_SERVICES_AUDIT_RECONCILE_PROOF_H_
