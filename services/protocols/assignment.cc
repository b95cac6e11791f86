#include "services/protocols/assignment.h"

#include "common/base/error.h"

namespace accord::protocols {

absl::Status CheckMayAssign(const Caller& caller, const std::string& assignee, const std::string& next) {
  using namespace annotations::v1;
  const bool supervises = caller.Has(ROLE_CAS_SUPERVISOR) || caller.Has(ROLE_CAS_DIRECTOR) ||
                          caller.Has(ROLE_POLICE_SUPERVISOR) || caller.Has(ROLE_POLICE_CHIEF);
  const bool own = assignee == caller.actor || (assignee.empty() && next == caller.actor);
  if (supervises || own) return absl::OkStatus();
  return Refuse(rules::kNotTheAssignee,
                "A worker takes what is free or hands over what is theirs; a supervisor assigns.");
}

}  // namespace accord::protocols
