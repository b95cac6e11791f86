// This file is about names in the fields of a request as people write them: as on the command line, the last
// part of a name is enough.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_NAMED_FIELDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_NAMED_FIELDS_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// This replaces every short name in a field of the request, at any depth, by the whole name. The `name` of
// the command's own record is left to WholeName (short_names.h). It returns INVALID_ARGUMENT, with the place,
// if a short name matches none or several, if the caller may not look it up, or if the field takes records of
// any kind.
absl::Status CompleteNames(CommandSession* session, const Command& command, Json* request);

// This says whether the field may name an agency, so that it means the caller's own agency if it is not
// given: the parent of records that agencies own. It is also true for a field that does not declare what
// it names.
bool IsBelowAgencies(const FieldDescriptor& parent);
// This gives the forms of the names that a field takes: `agencies/AGENCY_ID/cases/CASE_ID`.
std::string ShownNameForms(const FieldDescriptor& field);

// This returns INVALID_ARGUMENT, beginning with `place`, for a short name in a field that takes records of
// any kind.
absl::Status CheckIsWholeName(const std::string& place, const std::string& typed);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_NAMED_FIELDS_H_
