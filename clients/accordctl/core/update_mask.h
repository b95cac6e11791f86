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
absl::Status CheckFixed(CommandSession* session, const Command& command, const std::string& name,
                        const Json& json);
// The same against the resource as it is.
absl::Status CheckFixed(const Json& json, const google::protobuf::Message& present);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_UPDATE_MASK_H_
