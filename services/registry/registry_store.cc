#include "services/registry/registry_store.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/database/migration_files.h"
#include "services/registry/certificate_rows.h"

namespace accord::registry {
namespace {

using namespace annotations::v1;

// Roles of one kind of agency, or of a few; a role that is not here fits every kind.
const std::map<Role, std::set<AgencyKind>>& KindsOfRoles() {
  static const auto* kinds = [] {
    auto* table = new std::map<Role, std::set<AgencyKind>>;
    for (Role role : {ROLE_CAS_WORKER, ROLE_CAS_SUPERVISOR, ROLE_CAS_DIRECTOR}) {
      (*table)[role] = {AGENCY_KIND_CHILDREN_AID_SOCIETY};
    }
    for (Role role : {ROLE_POLICE_MEMBER, ROLE_POLICE_SUPERVISOR, ROLE_POLICE_CHIEF, ROLE_POLICE_INTEL}) {
      (*table)[role] = {AGENCY_KIND_POLICE_SERVICE};
    }
    for (Role role : {ROLE_CISO_COORDINATOR, ROLE_CISO_ANALYST, ROLE_CISO_DIRECTOR}) {
      (*table)[role] = {AGENCY_KIND_CRIMINAL_INTELLIGENCE};
    }
    for (Role role : {ROLE_CROWN_COUNSEL, ROLE_CROWN_COORDINATOR, ROLE_CROWN_ADMIN})
      (*table)[role] = {AGENCY_KIND_CROWN};
    for (Role role : {ROLE_VWAP_WORKER, ROLE_VS_WORKER, ROLE_VS_MANAGER})
      (*table)[role] = {AGENCY_KIND_VICTIM_SERVICES};
    (*table)[ROLE_OVS_PROGRAM] = {AGENCY_KIND_MINISTRY, AGENCY_KIND_VICTIM_SERVICES};
    (*table)[ROLE_OFFICE_STAFF] = (*table)[ROLE_OFFICE_DIRECTOR] = {AGENCY_KIND_COORDINATION_OFFICE};
    (*table)[ROLE_MINISTRY_LEAD] = {AGENCY_KIND_MINISTRY};
    (*table)[ROLE_FINANCE_OFFICER] = {AGENCY_KIND_MINISTRY, AGENCY_KIND_COORDINATION_OFFICE};
    (*table)[ROLE_FUND_APPLICANT] = {AGENCY_KIND_CHILDREN_AID_SOCIETY, AGENCY_KIND_VICTIM_SERVICES,
                                     AGENCY_KIND_COMMUNITY_ORGANISATION, AGENCY_KIND_INDIGENOUS_ORGANISATION};
    (*table)[ROLE_TRAINER] =
        (*table)[ROLE_TRAINING_ADMIN] = {AGENCY_KIND_POLICE_COLLEGE, AGENCY_KIND_MINISTRY};
    (*table)[ROLE_PLATFORM_SERVICE] = {AGENCY_KIND_PLATFORM_SERVICE};
    (*table)[ROLE_PLATFORM_AUDITOR] = {AGENCY_KIND_PLATFORM_LOG};
    return table;
  }();
  return *kinds;
}

// Who administers may learn like everybody else, and sees nothing by it but the own training record.
bool MeetsAdministration(Role role) { return role == ROLE_PLATFORM_ADMIN || role == ROLE_LEARNER; }

template <class M>
storage::Placement OwnPlacement(const M& message, const std::string& state) {
  const std::string owner = PartOf(message.name(), 1);
  return {owner, state, {owner, kOffice}, {}};
}

bool IsOfTheLog(const v1::Agency& agency) { return agency.kind() == AGENCY_KIND_PLATFORM_LOG; }

// Both the agency in the message and the stored one decide this.
absl::Status CheckNotTheLogs(storage::Transaction& tx, const google::protobuf::Message& message) {
  const auto* written = dynamic_cast<const v1::Agency*>(&message);
  const auto* field = message.GetDescriptor()->FindFieldByName("name");
  const std::string name = message.GetReflection()->GetString(message, field);
  v1::Agency stored;
  const absl::Status found =
      storage::Resources("agency", nullptr).GetAny(tx, absl::StrCat("agencies/", PartOf(name, 1)), &stored);
  if (!found.ok() && !absl::IsNotFound(found)) return found;
  if (!IsOfTheLog(stored) && (written == nullptr || !IsOfTheLog(*written))) return absl::OkStatus();
  return Refuse(rules::kKindNotEnrolled,
                "Nobody is enrolled as an agency of this kind: the registry's configuration names the log.");
}

}  // namespace

absl::Status Enrolled::Insert(storage::Transaction& tx, google::protobuf::Message* message,
                              const storage::Write& write, const storage::Placement& placement) {
  ACCORD_RETURN_IF_ERROR(CheckNotTheLogs(tx, *message));
  return Resources::Insert(tx, message, write, placement);
}

absl::Status Enrolled::Update(storage::Transaction& tx, google::protobuf::Message* message,
                              std::string_view etag, const storage::Write& write,
                              const storage::Placement& placement) {
  ACCORD_RETURN_IF_ERROR(CheckChange(tx, *message));
  return Resources::Update(tx, message, etag, write, placement);
}

absl::Status Enrolled::CheckChange(storage::Transaction& tx, const google::protobuf::Message& message) const {
  return of_the_log_ == OfTheLog::kNothing ? CheckNotTheLogs(tx, message) : absl::OkStatus();
}

// cmake/Embed.cmake writes this: the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> RegistryMigrations() { return storage::MigrationsIn(MigrationFiles()); }

storage::Placement PlacementOf(const v1::Agency& agency) {
  return {
      PartOf(agency.name(), 1), "", {std::string(storage::kEverybody)}, {{"kind", KindName(agency.kind())}}};
}
storage::Placement PlacementOf(const v1::System& system) {
  return OwnPlacement(system, ShortName(v1::SystemState_descriptor(), system.state()));
}
storage::Placement PlacementOf(const v1::Actor& actor) {
  return OwnPlacement(actor, ShortName(v1::ActorState_descriptor(), actor.state()));
}
storage::Placement PlacementOf(const v1::Certificate& certificate) {
  storage::Placement placement =
      OwnPlacement(certificate, ShortName(v1::CertificateState_descriptor(), certificate.state()));
  placement.fields = RowsOf(certificate);
  return placement;
}

storage::Placement PlacementOf(const v1::RoleGrant& grant) { return OwnPlacement(grant, ""); }

// The office need not know how an agency calls its people.
storage::Placement PlacementOf(const v1::ActorName& named) {
  const std::string owner = PartOf(named.name(), 1);
  return {owner, "", {owner}, {}};
}

storage::Placement PlacementOf(const v1::AccessReview& review) {
  return OwnPlacement(review, ShortName(v1::AccessReviewState_descriptor(), review.state()));
}

std::string ActorNameOf(const std::string& actor) {
  return absl::StrCat("agencies/", PartOf(actor, 1), "/actorNames/", PartOf(actor, 3));
}

bool ExistsOn(const v1::Agency& agency, absl::CivilDay day) {
  return (agency.valid_from().empty() || *ParseDay(agency.valid_from()) <= day) &&
         (agency.valid_to().empty() || day < *ParseDay(agency.valid_to()));
}

v1::Certificate CertificateOf(const std::string& system, const pki::Issued& issued) {
  v1::Certificate certificate;
  certificate.set_fingerprint(Hex(issued.fingerprint));
  certificate.set_name(absl::StrCat(system, "/certificates/", certificate.fingerprint().substr(0, 32)));
  certificate.set_state(v1::CERTIFICATE_STATE_ACTIVE);
  *certificate.mutable_not_before() = ToProto(issued.not_before);
  *certificate.mutable_not_after() = ToProto(issued.not_after);
  certificate.set_certificate_pem(issued.pem);
  return certificate;
}

std::string PartOf(const std::string& name, int part) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  return part < static_cast<int>(parts.size()) ? parts[part] : "";
}

std::string ViewerOf(const Caller& caller) {
  return caller.kind == AGENCY_KIND_COORDINATION_OFFICE ? kOffice : caller.agency;
}

absl::Status CheckAdministers(const Caller& caller, const std::string& agency) {
  if (caller.kind == AGENCY_KIND_COORDINATION_OFFICE || caller.agency == agency) return absl::OkStatus();
  return NotFound();
}

bool RoleFits(Role role, AgencyKind kind) {
  const auto it = KindsOfRoles().find(role);
  return it == KindsOfRoles().end() || it->second.contains(kind);
}

std::vector<Role> RolesInForce(const v1::Actor& actor) {
  std::vector<Role> roles;
  for (int role : actor.roles()) roles.push_back(static_cast<Role>(role));
  if (std::find(roles.begin(), roles.end(), ROLE_PLATFORM_ADMIN) == roles.end()) return roles;
  std::erase_if(roles, [](Role role) { return !MeetsAdministration(role); });
  return roles;
}

absl::Status CheckRoles(const v1::Actor& actor, AgencyKind kind) {
  for (int role : actor.roles()) {
    if (!RoleFits(static_cast<Role>(role), kind)) {
      return Refuse(rules::kRoleNotOfThisKind, "Agencies of this kind have nobody in that role.");
    }
  }
  if (RolesInForce(actor).size() != static_cast<std::size_t>(actor.roles_size())) {
    return Refuse(rules::kRolesDoNotMeet,
                  "Who administers an agency has nothing to do with content: name another person.");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> EpochOf(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(auto rows, tx.Query<std::string>("select epoch from registry_epoch where id = 1"));
  return rows.empty() ? "" : std::get<0>(rows[0]);
}

absl::Status BeginEpoch(storage::Transaction& tx) {
  ACCORD_ASSIGN_OR_RETURN(const std::string epoch, EpochOf(tx));
  if (!epoch.empty()) return absl::OkStatus();
  return tx.Exec("insert into registry_epoch (id, epoch) values (1, :p1)", Hex(RandomBytes(16))).status();
}

}  // namespace accord::registry
