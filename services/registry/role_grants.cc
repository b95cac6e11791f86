#include "services/registry/role_grants.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/ids.h"
#include "services/registry/placements.h"
#include "services/registry/resource_names.h"

namespace accord::registry {
namespace {

// This gives the roles in which a person may act. Those of a person who is disabled stay in the record, and
// act no more.
std::set<int> ActingRoles(const v1::Actor& actor) {
  if (actor.state() == v1::ACTOR_STATE_DISABLED) return {};
  return std::set<int>(actor.roles().begin(), actor.roles().end());
}

}  // namespace

absl::Status RecordRoleGrant(storage::Transaction& tx, storage::Resources& role_grants,
                             const storage::Write& write, const v1::Actor& before, const v1::Actor& after) {
  const std::set<int> had = ActingRoles(before), has = ActingRoles(after);
  v1::RoleGrant grant;
  for (int role : has) {
    if (!had.contains(role)) grant.add_added(static_cast<Role>(role));
  }
  for (int role : had) {
    if (!has.contains(role)) grant.add_removed(static_cast<Role>(role));
  }
  if (grant.added().empty() && grant.removed().empty()) return absl::OkStatus();
  grant.set_name(absl::StrCat("agencies/", PartOf(after.name(), 1), "/roleGrants/", NewId(write.now)));
  grant.set_actor(after.name());
  grant.set_by_agency(write.agency);
  grant.set_by(write.actor);
  return role_grants.Insert(tx, &grant, write, PlacementOf(grant));
}

}  // namespace accord::registry
