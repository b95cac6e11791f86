// This says how people are written in an enrolment, and what is said of one who was there before.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_ENROLLED_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_ENROLLED_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/registry/v1/resources.pb.h"

namespace accord::ctl {

struct Person {
  std::string id;
  // Short, such as `cas_worker`.
  std::vector<std::string> roles;
};

// `ACTOR=ROLE,ROLE`. INVALID_ARGUMENT for another form, or for a role that there is not, with those near it.
absl::StatusOr<Person> ParsePerson(const std::string& text);

// One line, or two where the roles that were wanted are not those that the person has: then the second one
// says how they are changed. `present` is null if the caller may not read it.
std::string PresentPerson(const std::string& name, const std::vector<std::string>& wanted,
                          const registry::v1::Actor* present);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_ENROLLED_H_
