// Changes to configuration files that leave comments, order and layout as they are.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_CONFIG_EDIT_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_CONFIG_EDIT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::ctl {

// A text format with the string field `field` set to `values`, where it stood first. For a field that is
// nowhere else in the configuration and that is there, with each value written as `field: "value"`;
// otherwise INVALID_ARGUMENT.
absl::StatusOr<std::string> WithStrings(const std::string& text, const std::string& field,
                                        const std::vector<std::string>& values);

// The same in a file, which is replaced in one step and keeps its owner and mode.
absl::Status EditStrings(const std::string& file, const std::string& field,
                         const std::vector<std::string>& values);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_CONFIG_EDIT_H_
