// What an enrolment says of a person who was there before it.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_ENROLLED_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_ENROLLED_H_

#include <string>
#include <vector>

#include "accord/registry/v1/resources.pb.h"

namespace accord::ctl {

// One line, or two where the roles that were wanted are not those that the person has: then the second one
// says how they are changed. `present` is null if the caller may not read it.
std::string PresentPerson(const std::string& name, const std::vector<std::string>& wanted,
                          const registry::v1::Actor* present);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_ENROLLED_H_
