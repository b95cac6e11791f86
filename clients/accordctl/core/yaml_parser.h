// This reads documents that people write or that come from elsewhere, within limits, so that none of them can
// end the process.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_YAML_PARSER_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_YAML_PARSER_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// This parses one YAML document; JSON is YAML too. Every scalar is a string, except true, false and null; a
// quoted one is always a string. It returns INVALID_ARGUMENT with `path:line:column` if the text is not a
// document or not UTF-8, holds a second document, exceeds the limits, has a key twice or a tag of its own, or
// contains an alias, which could refer to itself.
absl::StatusOr<Json> ParseYaml(const std::string& text, const std::string& path);

// This gives the place of a field (`parties.0.agency`, spelt as in the text) in a text that ParseYaml
// accepts, as `path:line:column`; it is empty if it is not in the text.
std::string PlaceInYaml(const std::string& field, const std::string& text, const std::string& path);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_YAML_PARSER_H_
