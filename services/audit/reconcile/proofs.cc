#include "services/audit/reconcile/proofs.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/access/method.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::audit {
namespace {

constexpr std::size_t kHashBytes = 32;

absl::StatusOr<Key> PublicKeyIn(const std::string& file) {
  ACCORD_ASSIGN_OR_RETURN(const std::string pem, ReadFile(file));
  return LoadPublicKey(pem);
}

}  // namespace

Proofs::Proofs(std::vector<GatewayKey> keys, bool require_request) : require_request_(require_request) {
  for (auto& key : keys) {
    std::string id = AssertionKeyId(key.key);
    // A key that is in use comes first and takes precedence if the same key is also listed as retired.
    keys_.emplace(std::move(id), std::move(key));
  }
}

absl::StatusOr<Proofs> Proofs::Load(const host::v1::AuditConfig& config) {
  std::vector<GatewayKey> keys;
  for (const auto& file : config.host().gateway_key_files()) {
    ACCORD_ASSIGN_OR_RETURN(Key key, PublicKeyIn(file));
    keys.push_back({std::move(key)});
  }
  for (const auto& retired : config.retired_gateway_keys()) {
    absl::Time until;
    std::string error;
    if (!absl::ParseTime(absl::RFC3339_full, retired.until(), &until, &error)) {
      return absl::InvalidArgumentError(
          absl::StrCat("retired_gateway_keys: until of ", retired.file(), ": ", error));
    }
    ACCORD_ASSIGN_OR_RETURN(Key key, PublicKeyIn(retired.file()));
    keys.push_back({std::move(key), until});
  }
  return Proofs(std::move(keys), config.host().require_signed_requests());
}

std::optional<caller::v1::CallerAssertion> Proofs::Of(const std::string& service,
                                                      const Change& change) const {
  caller::v1::SignedCallerAssertion in;
  if (change.assertion.empty() || !in.ParseFromString(change.assertion)) return std::nullopt;
  const auto key = keys_.find(in.key_id());
  if (key == keys_.end()) return std::nullopt;
  const auto assertion = OpenAssertion(in, key->second.key, service, FromProto(change.key.time()));
  if (!assertion.ok() || FromProto(assertion->issue_time()) >= key->second.until) return std::nullopt;
  if (!Agrees(service, change, *assertion)) return std::nullopt;
  return *assertion;
}

bool Proofs::Agrees(const std::string& service, const Change& change,
                    const caller::v1::CallerAssertion& assertion) const {
  if (assertion.agency() != change.key.agency() || assertion.actor() != change.key.actor()) return false;
  // A caller who only validated the change did not make it.
  if (assertion.validate_only()) return false;
  // A gateway of an earlier version signs who calls, but not the request.
  if (assertion.method().empty()) return !require_request_;
  return ServiceInPath(assertion.method()) == service && assertion.request_hash().size() == kHashBytes;
}

}  // namespace accord::audit
