// `accord-connector status [-o table|json]` tells how the connector goes, in words for people or as JSON.
#ifndef ACCORD_CLIENTS_CONNECTOR_STATUS_COMMAND_H_
#define ACCORD_CLIENTS_CONNECTOR_STATUS_COMMAND_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/connector/config.pb.h"

namespace accord::connector {

struct StatusWords {
  // This is what stands after -o.
  std::string format = "table";
};

// This takes `status` and `-o FORMAT` out of a command line, so that its flags are left. It gives nothing,
// and takes nothing out, if the command line begins with another word.
std::optional<StatusWords> TakeStatusWords(std::vector<char*>* arguments);

// This gives what is to be printed: it is asked of the connector that runs, by the token of the first caller
// that can be read, or else read from the folder of state, in which no act is changed. It returns
// INVALID_ARGUMENT for another format. `troubled` is told whether somebody has to do something.
absl::StatusOr<std::string> TellStatus(const ConnectorConfig& config, const StatusWords& words,
                                       bool* troubled = nullptr);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_STATUS_COMMAND_H_
