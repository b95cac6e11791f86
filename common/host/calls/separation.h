// Enforces the separation of duties at every call: the table of common/access/separation.h, by
// person, over everybody who contributed to the record.
#ifndef ACCORD_COMMON_HOST_CALLS_SEPARATION_H_
#define ACCORD_COMMON_HOST_CALLS_SEPARATION_H_

#include <google/protobuf/message.h>

#include <string>

#include "absl/status/status.h"
#include "common/storage/records/resources.h"

namespace accord::host {

// Runs before the handler of `path`. It fails with PERMISSION_DENIED, with the rule of the separation, if it
// bars the writer.
absl::Status CheckSeparation(storage::Transaction& tx, const storage::Write& write, const std::string& path,
                             const google::protobuf::Message& request);
// Runs after the handler, in the same transaction, and stores the writer's act if it bars anybody
// from anything.
absl::Status KeepContribution(storage::Transaction& tx, const storage::Write& write, const std::string& path,
                              const google::protobuf::Message& request,
                              const google::protobuf::Message& response);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_CALLS_SEPARATION_H_
