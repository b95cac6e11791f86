// This file is about paths of fields, such as `parties.0.agency`, as `--set` takes them.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_FIELD_PATHS_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_FIELD_PATHS_H_

#include <string>
#include <vector>

#include "clients/accordctl/core/resource_types.h"

namespace accord::ctl {

// This gives the field to which a path such as `counts.0.section` leads in a resource or a request; it is
// null if there is none.
const FieldDescriptor* FieldAtPath(const Descriptor* type, const std::string& path);

// This gives the `--set` paths for what a person can give in a field, such as `handed.safe_contact.channel`;
// 0 stands for an element of a list. With `required` it gives only the paths of required fields.
std::vector<std::string> GivenFieldPaths(const FieldDescriptor* field, bool required = false);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_FIELD_PATHS_H_
