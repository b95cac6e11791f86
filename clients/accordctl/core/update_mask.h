// This file is about which fields of a document an update should change.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_UPDATE_MASK_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_UPDATE_MASK_H_

#include <string>
#include <vector>

#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// Field names of the .proto, in the document's order.
struct UpdateFields {
  // These are fields that an update may change. Fields that only the service sets are left out.
  std::vector<std::string> mask;
  // These are immutable fields, which keep the values with which they were made.
  std::vector<std::string> fixed;
};
// This divides the document's fields, so that the output of `get -o yaml` can be given to `update
// -f` unchanged.
UpdateFields FieldsToUpdate(const Descriptor* type, const Json& json);

// This returns INVALID_ARGUMENT with rule FIELD_IMMUTABLE if the document has another value for an immutable
// field than the resource: ignoring it silently would look as if the change had been made.
absl::Status CheckImmutableFields(const Json& json, const google::protobuf::Message& present);
// This gives the fields of the mask in which the document differs from the resource, in the document's order.
absl::StatusOr<std::vector<std::string>> DifferingFields(const Json& json,
                                                         const google::protobuf::Message& present);
// This compares an update with the present resource if the document has more than what should change, as the
// output of `get` does. Immutable fields are checked, and the mask is reduced to fields that differ, so that
// a printed field need not be changeable. If nothing differs, an update is sent unchanged, and a correction
// is INVALID_ARGUMENT. Differing fields that only the service writes are named on standard error.
absl::Status CompareWithPresent(CommandSession* session, const Command& command, const std::string& name,
                                Json* request);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_UPDATE_MASK_H_
