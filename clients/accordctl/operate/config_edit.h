// This changes configuration files without changing comments, order and layout.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_CONFIG_EDIT_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_CONFIG_EDIT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace accord::ctl {

// This gives a text format in which the string field `field` has these values, at its first place. It returns
// INVALID_ARGUMENT unless the field is present, its name occurs nowhere else in the configuration, and each
// value is written as `field: "value"`.
absl::StatusOr<std::string> WithFieldStrings(const std::string& text, const std::string& field,
                                             const std::vector<std::string>& values);

// This does the same in a file, which is replaced in one step and keeps its owner and mode.
absl::Status EditFieldStrings(const std::string& file, const std::string& field,
                              const std::vector<std::string>& values);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_CONFIG_EDIT_H_
