// This file is about the spelling of words on the command line.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_KEBAB_CASE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_KEBAB_CASE_H_

#include <string>

namespace accord::ctl {

// This turns CamelCase or snake_case into kebab-case.
std::string KebabCase(const std::string& text);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_KEBAB_CASE_H_
