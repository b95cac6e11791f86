#include "common/access/decide.h"

#include <algorithm>

#include "common/base/error.h"

namespace accord {
namespace {

template <typename List, typename Value>
bool Contains(const List& list, Value value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// This says how far a grant lets the caller in. The grant that comes furthest gives the best explanation of
// a refusal.
enum Reach { kKind, kRole, kPurposeMissing, kPurpose, kAllowed };

Reach ReachOfGrant(const annotations::v1::Grant& grant, const Caller& caller) {
  if (!grant.kinds().empty() && !Contains(grant.kinds(), caller.kind)) return kKind;
  if (!grant.roles().empty() && std::none_of(caller.roles.begin(), caller.roles.end(),
                                             [&](Role role) { return Contains(grant.roles(), role); })) {
    return kRole;
  }
  if (grant.purposes().empty() || Contains(grant.purposes(), caller.purpose)) return kAllowed;
  return caller.purpose == annotations::v1::PURPOSE_UNSPECIFIED ? kPurposeMissing : kPurpose;
}

}  // namespace

std::set<annotations::v1::SensitiveClass> DecideClasses(const Method& method, const Caller& caller) {
  std::set<annotations::v1::SensitiveClass> classes;
  for (const auto& grant : method.grants) {
    if (ReachOfGrant(grant, caller) != kAllowed) continue;
    for (int each : grant.classes()) classes.insert(static_cast<annotations::v1::SensitiveClass>(each));
  }
  return classes;
}

absl::Status Decide(const Method& method, const Caller& caller) {
  if (method.grants.empty()) {
    return Refuse(rules::kMethodInternal, "This method is for Accord's own services.");
  }
  Reach reach = kKind;
  for (const auto& grant : method.grants) reach = std::max(reach, ReachOfGrant(grant, caller));
  switch (reach) {
    case kAllowed:
      return absl::OkStatus();
    case kKind:
      return Refuse(rules::kAgencyKindNotPermitted, "Agencies of this kind may not call this method.");
    case kRole:
      return Refuse(rules::kRoleNotPermitted, "The actor has no role that may call this method.");
    case kPurposeMissing:
      return Refuse(rules::kPurposeMissing, "Name the purpose of this call in the accord-purpose header.");
    case kPurpose:
      break;
  }
  return Refuse(rules::kPurposeNotPermitted, "The actor's roles may not call this method for that purpose.");
}

}  // namespace accord
