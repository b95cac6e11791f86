// This file is about the values and places of the fields that a service refused. A service never quotes a
// request, but the person who wrote it may see the values again.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_GIVEN_FIELDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_GIVEN_FIELDS_H_

#include <string>

#include "absl/status/status.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/yaml_parser.h"

namespace accord::ctl {

// This gives the path of a field as people write it: `parties.0.agency` for a service's `parties[0].agency`.
std::string TypedFieldPath(const std::string& path);

// This attaches to the refusal of `request` what GivenFieldIn reads. `line.text` holds the file that the
// line names.
absl::Status WithGivenFields(absl::Status status, const Command& command, const RequestLine& line,
                             const Json& request);

// This gives, for a path in the BadRequest of a status, an object with those of these keys that are known:
// `place`, where the field is in its file (`plan.yaml:3:1`); `value`, if it is short; `option`, the option on
// the command line; and `names`, the forms of the names that the field takes.
Json GivenFieldIn(const absl::Status& status, const std::string& field);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_GIVEN_FIELDS_H_
