// This file is about the names of records that the caller may list.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_LISTED_NAMES_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_LISTED_NAMES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/resource_types.h"

namespace accord::ctl {

// This gives the list in which a short name of the command's resource is looked up, which must not require
// another record first; it is null if there is none.
const Command* ListForNames(const Command& command);
// This gives the names of the command's resource that the caller may list, from the first pages. It returns
// NOT_FOUND if the resource has no list.
absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const Command& command);
absl::StatusOr<std::vector<std::string>> ListedNames(CommandSession* session, const ResourceType& resource);

// This gives the etag of a record from the list of the command's resource, for resources that no method gets
// by name. It returns INVALID_ARGUMENT if there is no list; it returns NOT_FOUND if its first pages do not
// have the record.
absl::StatusOr<std::string> ListedEtag(CommandSession* session, const Command& command,
                                       const std::string& name);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_LISTED_NAMES_H_
