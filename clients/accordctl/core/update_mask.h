// This is what a document asks an update to change.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_UPDATE_MASK_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_UPDATE_MASK_H_

#include <string>
#include <vector>

#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

// Names of the .proto, in the document's order.
struct UpdateFields {
  // Fields that an update may change. Fields that only the service sets are not among them.
  std::vector<std::string> mask;
  // These fields stay as they were made.
  std::vector<std::string> fixed;
};
// So that what `get -o yaml` printed can be given to `update -f` as it is.
UpdateFields FieldsToUpdate(const Descriptor* type, const Json& json);

// INVALID_ARGUMENT with rule FIELD_IMMUTABLE if the document says something else of a fixed field than the
// resource has: leaving it out in silence would look like a change that was made.
absl::Status CheckFixed(const Json& json, const google::protobuf::Message& present);
// The fields of the mask in which the document differs from the resource, in the document's order.
absl::StatusOr<std::vector<std::string>> Differing(const Json& json,
                                                   const google::protobuf::Message& present);
// Holds an update against the resource as it is, where it says more than what is to change, as what `get`
// printed does: fixed fields are checked, and the mask has only what differs, so that no field has to be one
// that may be changed because it was printed. Where nothing differs an update is sent as it is, and a
// correction is INVALID_ARGUMENT. What only the service writes is named on standard error where it differs.
absl::Status HoldAgainstPresent(CommandSession* session, const Command& command, const std::string& name,
                                Json* request);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_UPDATE_MASK_H_
