// This file is about fields that only the service writes. If a request has such a field, it is left out with
// a warning, because otherwise it would look as if a change had been made.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_ONLY_FIELDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_ONLY_FIELDS_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_parser.h"

namespace accord::ctl {

// This gives the paths of such fields that a record has, as people write them. Fields that equal those of
// `present` are left out, because they came from the output of `get`. `present` is null if there is no record
// yet, or if it was not read. Name and etag are not such fields.
std::vector<std::string> OutputOnlyFields(const google::protobuf::Message& given,
                                          const google::protobuf::Message* present);

// This names those fields of a request on standard error. `present` is the record that the request changes.
void WarnOfOutputOnlyFields(const Command& command, const Json& request,
                            const google::protobuf::Message* present);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_OUTPUT_ONLY_FIELDS_H_
