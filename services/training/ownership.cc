#include "services/training/ownership.h"

#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::training {

absl::Status CheckParentIsCallers(const Caller& caller, const std::string& parent) {
  return parent == "agencies/" + caller.agency ? absl::OkStatus() : NotFound();
}

absl::Status CheckOwnedByCaller(const Caller& caller, const std::string& name) {
  if (OwnerOf(name) == caller.agency) return absl::OkStatus();
  return Refuse(rules::kNotTheOwner, "The agency that owns the course does this.");
}

}  // namespace accord::training
