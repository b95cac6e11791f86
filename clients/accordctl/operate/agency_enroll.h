// This registers an agency's system and its people, and issues the system's certificate.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_AGENCY_ENROLL_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_AGENCY_ENROLL_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

struct Enrolment {
  std::string agency, system = "main", display_name, out, csr, context_name;
  // People are written as `ACTOR=ROLE,ROLE`.
  std::vector<std::string> people;
  int days = 90;
};

// This may be repeated: what is registered already is reported and stays as it is. Without a signing request
// of the agency, in the file `csr`, a key is made in the folder `out`, and a context is written.
absl::Status EnrollAgency(CommandSession* session, const Enrolment& enrolment);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_AGENCY_ENROLL_H_
