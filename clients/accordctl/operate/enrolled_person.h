// This file is about how people are written on the command line of an enrolment, and what is printed about a
// person who exists already.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_ENROLLED_PERSON_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_ENROLLED_PERSON_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/registry/v1/resources.pb.h"

namespace accord::ctl {

struct EnrolledPerson {
  std::string id;
  // Short names, such as `cas_worker`.
  std::vector<std::string> roles;
};

// This parses `ACTOR=ROLE,ROLE`. It returns INVALID_ARGUMENT for another form, or, with similar ones, for a
// role that does not exist.
absl::StatusOr<EnrolledPerson> ParseEnrolledPerson(const std::string& text);

// This gives one line; or two if the wanted roles are not those that the person has, where the second says
// how to change them. `present` is null if the caller may not read it.
std::string EnrolledPersonText(const std::string& name, const std::vector<std::string>& wanted,
                               const registry::v1::Actor* present);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_ENROLLED_PERSON_H_
