// This writes YAML that every parser reads back byte for byte, including those of YAML 1.1, which read `no`,
// `0123`, `1e3`, `12:30` and a day as something other than text (https://yaml.org/type/).
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_YAML_WRITER_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_YAML_WRITER_H_

#include <string>

#include "clients/accordctl/core/json.h"

namespace accord::ctl {

// This gives the document as YAML, without a line end at its end. ParseYaml and readers of YAML 1.1 and 1.2
// read every string unchanged. Hidden characters (visible_text.h) are written as escapes.
std::string ToYaml(const Json& json);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_YAML_WRITER_H_
