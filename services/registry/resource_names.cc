#include "services/registry/resource_names.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace accord::registry {

std::string PartOf(const std::string& name, int part) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  return part < static_cast<int>(parts.size()) ? parts[part] : "";
}

std::string ActorNameOf(const std::string& actor) {
  return absl::StrCat("agencies/", PartOf(actor, 1), "/actorNames/", PartOf(actor, 3));
}

}  // namespace accord::registry
