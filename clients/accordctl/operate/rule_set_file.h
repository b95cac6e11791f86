// This reads a file of dated rows of law, before any service does.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_RULE_SET_FILE_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_RULE_SET_FILE_H_

#include <google/protobuf/message.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/base/law_check.h"

namespace accord::ctl {

// This reads the rule set in a file in protobuf text format, which names its message in a line `#
// proto-message:`. It returns INVALID_ARGUMENT if that is not a rule set with dated rows, or if the file is
// not valid.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ReadRuleSet(const std::string& file);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_RULE_SET_FILE_H_
