// This is which roles fit which kinds of agencies, and which roles one person may have together.
#ifndef ACCORD_SERVICES_REGISTRY_ROLES_H_
#define ACCORD_SERVICES_REGISTRY_ROLES_H_

#include <vector>

#include "absl/status/status.h"
#include "accord/registry/v1/resources.pb.h"
#include "common/access/names.h"

namespace accord::registry {

// This fails with INVALID_ARGUMENT and rule ROLE_NOT_OF_THIS_KIND unless the roles fit the kind of the
// actor's agency, and with rule ROLES_DO_NOT_MEET if one person has both administration and content.
absl::Status CheckRoles(const v1::Actor& actor, AgencyKind kind);

// This gives the roles in which gateways let an actor act. An actor who was given both administration and
// content before that was refused has administration only.
std::vector<Role> RolesInForce(const v1::Actor& actor);

// This says whether agencies of this kind have people in this role.
bool RoleFitsKind(Role role, AgencyKind kind);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_ROLES_H_
