// The fields that only the service writes. What a person gives of them is left out of a request, and that is
// said: it would look like a change that was made.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_WRITTEN_FIELDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_WRITTEN_FIELDS_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/document.h"

namespace accord::ctl {

// Gives the paths of such fields of a record that are given, as people write them. What `present` has alike
// is not among them: it came from what `get` printed. Null if there is no record yet, or it was not read. The
// name and the etag are given back, and are none of them.
std::vector<std::string> WrittenFields(const google::protobuf::Message& given,
                                       const google::protobuf::Message* present);

// Names those of a request on standard error. `present` is the record that the request changes.
void TellWrittenFields(const Command& command, const Json& request, const google::protobuf::Message* present);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_WRITTEN_FIELDS_H_
