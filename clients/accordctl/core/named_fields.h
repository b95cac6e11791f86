// The names that the fields of a request hold, as people write them: the last part of a name is enough in a
// field as it is on the line.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_NAMED_FIELDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_NAMED_FIELDS_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/commands.h"

namespace accord::ctl {

// Puts the whole name for every short one that a field of the request holds, however deep. The `name` of the
// command's own record is left: WholeName (short_names.h) completes it. Refused, with the place, is a short
// name that nothing or several things have, that the caller may not look up, or that stands where a record
// of any kind may be named.
absl::Status CompleteNames(CommandSession* session, const Command& command, Json* request);

// Whether the field may name an agency, and so may mean the caller's own where nothing is given: the parent
// of what agencies hold. True, too, of a field that does not say what it names.
bool IsBelowAgencies(const FieldDescriptor& parent);
// The forms of the names that a field holds: `agencies/AGENCY_ID/cases/CASE_ID`.
std::string ShownNameForms(const FieldDescriptor& field);

// INVALID_ARGUMENT, with `place` before it, for a short name where a record of any kind may be named.
absl::Status CheckIsWholeName(const std::string& place, const std::string& typed);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_NAMED_FIELDS_H_
