// This is what the registry says about agencies, systems, people and certificates, as one immutable snapshot.
#ifndef ACCORD_SERVICES_GATEWAY_ADMISSION_POLICY_TABLE_H_
#define ACCORD_SERVICES_GATEWAY_ADMISSION_POLICY_TABLE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "accord/registry/v1/policy_service.pb.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/access/names.h"
#include "common/access/policy_digest.h"
#include "services/gateway/admission/sharded_map.h"
#include "services/gateway/http2/peer_certificate.h"

namespace accord::gateway {

class PolicyTable {
 public:
  struct Actor {
    std::vector<Role> roles;
    bool active = false;
  };

  // This gives `before` with the entries of `update` applied; an update with `reset` starts from an
  // empty table.
  static std::shared_ptr<const PolicyTable> Apply(const PolicyTable& before,
                                                  const registry::v1::PolicyUpdate& update);

  // This fails with PERMISSION_DENIED and rule CERTIFICATE_NOT_REGISTERED, CERTIFICATE_REVOKED,
  // SYSTEM_SUSPENDED or AGENCY_NOT_VALID.
  absl::Status CheckCertificate(const AgencyIdentity& identity, const std::string& fingerprint,
                                absl::CivilDay today) const;
  // This gives nullptr unless the actor is registered and active.
  const Actor* FindActor(const std::string& agency, const std::string& actor) const;
  // This gives AGENCY_KIND_UNSPECIFIED for an agency that the registry does not have.
  AgencyKind KindOf(const std::string& agency) const;
  // This says whether the registry admits the agency on this day.
  bool Admitted(const std::string& agency, absl::CivilDay today) const;
  // This gives the agency that is admitted on this day in the place of an agency that has ended. It is empty
  // if the agency has not ended, or if it has no known successor.
  std::string SuccessorOf(const std::string& agency, absl::CivilDay today) const;

  const std::string& epoch() const { return epoch_; }
  int64_t version() const { return version_; }
  // This is the digest of all entries.
  std::string digest() const { return digest_.Bytes(); }

 private:
  struct Agency {
    AgencyKind kind = annotations::v1::AGENCY_KIND_UNSPECIFIED;
    std::optional<absl::CivilDay> from;
    std::optional<absl::CivilDay> to;
    std::string successor;
    // A day that cannot be read closes the agency rather than leaving it open for ever.
    bool readable = true;
  };
  struct Certificate {
    std::string agency;
    std::string system;
    bool active = false;
  };

  std::string epoch_;
  int64_t version_ = 0;
  ShardedMap<Agency> agencies_;
  // The keys are `agency/system` and `agency/actor`.
  ShardedMap<bool> systems_;
  ShardedMap<Actor> actors_;
  ShardedMap<Certificate> certificates_;
  // These are the hashes of every entry, by its PolicyKey.
  ShardedMap<PolicyDigest::Words> hashes_;
  PolicyDigest digest_;
};

}  // namespace accord::gateway

#endif  // ACCORD_SERVICES_GATEWAY_ADMISSION_POLICY_TABLE_H_
