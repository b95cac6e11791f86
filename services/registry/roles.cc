#include "services/registry/roles.h"

#include <algorithm>
#include <map>
#include <set>

#include "common/base/error.h"

namespace accord::registry {
namespace {

using namespace annotations::v1;

// These are the roles of one kind of agency, or of a few; a role that is not here fits every kind.
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

// This says whether an administrator may have this role too. An administrator may learn like everybody else,
// and sees nothing by it but the own training record.
bool MayHaveWithAdministration(Role role) { return role == ROLE_PLATFORM_ADMIN || role == ROLE_LEARNER; }

}  // namespace

bool RoleFitsKind(Role role, AgencyKind kind) {
  const auto it = KindsOfRoles().find(role);
  return it == KindsOfRoles().end() || it->second.contains(kind);
}

std::vector<Role> RolesInForce(const v1::Actor& actor) {
  std::vector<Role> roles;
  for (int role : actor.roles()) roles.push_back(static_cast<Role>(role));
  if (std::find(roles.begin(), roles.end(), ROLE_PLATFORM_ADMIN) == roles.end()) return roles;
  std::erase_if(roles, [](Role role) { return !MayHaveWithAdministration(role); });
  return roles;
}

absl::Status CheckRoles(const v1::Actor& actor, AgencyKind kind) {
  for (int role : actor.roles()) {
    if (!RoleFitsKind(static_cast<Role>(role), kind)) {
      return Refuse(rules::kRoleNotOfThisKind, "Agencies of this kind have nobody in that role.");
    }
  }
  if (RolesInForce(actor).size() != static_cast<std::size_t>(actor.roles_size())) {
    return Refuse(rules::kRolesDoNotMeet,
                  "Who administers an agency has nothing to do with content: name another person.");
  }
  return absl::OkStatus();
}

}  // namespace accord::registry
