// What was given in the fields that a service refused, and where it stands. A service never quotes a request;
// whoever wrote it may see it again.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_GIVEN_FIELDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_GIVEN_FIELDS_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/document.h"
#include "clients/accordctl/core/request_line.h"

namespace accord::ctl {

// The path of a field as people write it: `parties.0.agency` for the `parties[0].agency` of a service.
std::string TypedPath(const std::string& path);

// Hangs on a refusal of `request` what GivenIn reads. `line.text` holds the file that the line names.
absl::Status WithGivenFields(absl::Status status, const Command& command, const Line& line,
                             const Json& request);

// Gives, for a path of the BadRequest of a status, an object with those of these keys that are known:
// `place`, the place in the file that it came from (`plan.yaml:3:1`); `value`, a short value as it was given;
// `option`, the option that it is on the line; and `names`, the forms of the names that the field takes.
Json GivenIn(const absl::Status& status, const std::string& field);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_GIVEN_FIELDS_H_
