// The kinds of resource that the registry keeps and where they are placed.
#ifndef ACCORD_SERVICES_REGISTRY_REGISTRY_STORE_H_
#define ACCORD_SERVICES_REGISTRY_REGISTRY_STORE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/access/decide.h"
#include "common/pki/authority.h"
#include "common/storage/records/resources.h"

namespace accord::registry {

std::vector<storage::Migration> RegistryMigrations();

// Who administers the whole registry sees what this party sees.
inline constexpr char kOffice[] = "co-office";

class LogIdentity;

// One kind of enrolled record: agencies, or what belongs to them. Refuses every write to an agency of kind
// platform_log with PERMISSION_DENIED and rule KIND_NOT_ENROLLED, whichever RPC asks. Only LogIdentity writes
// such records, past this check.
class Enrolled : private storage::Resources {
 public:
  // What calls may do to the records of the log: nothing, or change existing ones, which disables the log's
  // identity or enables it again.
  enum class OfTheLog { kNothing, kChange };

  Enrolled(const std::string& kind, const storage::PageTokens* tokens, OfTheLog of_the_log)
      : Resources(kind, tokens), of_the_log_(of_the_log) {}

  absl::Status Insert(storage::Transaction& tx, google::protobuf::Message* message,
                      const storage::Write& write, const storage::Placement& placement);
  absl::Status Update(storage::Transaction& tx, google::protobuf::Message* message, std::string_view etag,
                      const storage::Write& write, const storage::Placement& placement);
  // Makes the same check before any other.
  absl::Status CheckChange(storage::Transaction& tx, const google::protobuf::Message& message) const;
  using storage::Resources::CountListed;
  using storage::Resources::CountUpTo;
  using storage::Resources::Get;
  using storage::Resources::GetAny;
  using storage::Resources::List;
  using storage::Resources::ListAll;
  using storage::Resources::ListEvery;
  using storage::Resources::ListInto;
  using storage::Resources::PlaceAgain;

 private:
  friend class LogIdentity;
  const OfTheLog of_the_log_;
};

struct RegistryStore {
  explicit RegistryStore(const storage::PageTokens* tokens)
      : agencies("agency", tokens, Enrolled::OfTheLog::kNothing),
        systems("system", tokens, Enrolled::OfTheLog::kChange),
        actors("actor", tokens, Enrolled::OfTheLog::kNothing),
        certificates("certificate", tokens, Enrolled::OfTheLog::kChange),
        actor_names("actor_name", tokens, Enrolled::OfTheLog::kNothing),
        access_reviews("access_review", tokens, Enrolled::OfTheLog::kNothing),
        role_grants("role_grant", tokens) {}
  Enrolled agencies, systems, actors, certificates, actor_names, access_reviews;
  storage::Resources role_grants;
};

storage::Placement PlacementOf(const v1::Agency& agency);
storage::Placement PlacementOf(const v1::System& system);
storage::Placement PlacementOf(const v1::Actor& actor);
// Adds the rows by which a renewal asks about certificates without reading them (certificate_rows.h).
storage::Placement PlacementOf(const v1::Certificate& certificate);
storage::Placement PlacementOf(const v1::RoleGrant& grant);
storage::Placement PlacementOf(const v1::ActorName& named);
storage::Placement PlacementOf(const v1::AccessReview& review);
// Converts agencies/cas-york/actors/worker to agencies/cas-york/actorNames/worker.
std::string ActorNameOf(const std::string& actor);
// Whether an agency takes part on this day: `valid_from` <= day < `valid_to`, each open if empty.
bool ExistsOn(const v1::Agency& agency, absl::CivilDay day);

// Gives what is kept of a certificate of a system, by the system's name.
v1::Certificate CertificateOf(const std::string& system, const pki::Issued& issued);

// Gives a part of a name: part 1 of agencies/cas-york/systems/cms is cas-york, and part 3 is cms.
std::string PartOf(const std::string& name, int part);

// Gives the viewer that the caller is to the registry: its own agency, or the office.
std::string ViewerOf(const Caller& caller);
// NOT_FOUND unless the caller administers this agency.
absl::Status CheckAdministers(const Caller& caller, const std::string& agency);

// INVALID_ARGUMENT with rule ROLE_NOT_OF_THIS_KIND unless the roles fit the kind of the actor's agency, and
// with rule ROLES_DO_NOT_MEET if one person has both administration and content.
absl::Status CheckRoles(const v1::Actor& actor, AgencyKind kind);
// The roles in which gateways let an actor act. An actor who was given both administration and content before
// that was refused has administration only.
std::vector<Role> RolesInForce(const v1::Actor& actor);
bool RoleFits(Role role, AgencyKind kind);

// Tells the privacy officers if an actor's roles changed. A disabled actor counts as one without roles.
absl::Status TellOfRoles(storage::Transaction& tx, storage::Resources& role_grants,
                         const storage::Write& write, const v1::Actor& before, const v1::Actor& after);

// Disables a person who may act, in the version with this etag, and tells the privacy officers.
// FAILED_PRECONDITION with rule STATE_NOT_PERMITTED, or LAST_ADMINISTRATOR if nobody at the office could
// administer the registry without this person.
absl::Status DisablePerson(storage::Transaction& tx, RegistryStore* store, const storage::Write& write,
                           std::string_view etag, v1::Actor* actor);
// Makes the check for LAST_ADMINISTRATOR only.
absl::Status CheckNotLastAdministrator(storage::Transaction& tx, RegistryStore* store,
                                       const v1::Actor& actor);

// Identifies this database to gateways; empty before BeginEpoch.
absl::StatusOr<std::string> EpochOf(storage::Transaction& tx);
// Makes the epoch, once for each database.
absl::Status BeginEpoch(storage::Transaction& tx);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_REGISTRY_STORE_H_
