// These functions diagnose a deployment: what is wrong with it, and what to do about it.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_DOCTOR_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_DOCTOR_H_

#include <string>
#include <vector>

#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/audit/audit_trust.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/deployment.h"
#include "clients/accordctl/operate/status_answers.h"

namespace accord::ctl {

// This is the result of one check.
struct Finding {
  std::string what;
  // This says what to do; it is empty if nothing is wrong.
  std::string remedy = {};
  // This says what to look into although nothing is wrong yet; it is empty if there is nothing.
  std::string warning = {};
};
using Findings = std::vector<Finding>;

// This checks configuration, certificates, keys, databases and disks of processes whose files are on
// this machine.
Findings CheckFiles(const Deployment& deployment, absl::Time now);
// This checks the certificate in a pair of files: whether it is valid, for how long, and whether the
// authority in `authority_file` signed it, unless that is empty.
Findings CheckCertificate(const std::string& whose, const std::string& certificate_file,
                          const std::string& key_file, const std::string& authority_file, absl::Time now);

// This checks what the services report about themselves.
Findings CheckAnswers(const std::vector<ServiceAnswer>& answers);
// This checks the audit log through the gateway: whether it grows, whether its checkpoint is signed by the
// trusted key, and whether it extends what was last seen.
Findings CheckLog(CommandSession* session, const Trust& trust);
// This checks agencies' systems whose last certificate has expired or expires within 30 days.
Findings CheckAgencies(CommandSession* session, absl::Time now);
// This checks one system of an agency of this kind by all its certificates.
Findings CheckSystem(const std::string& system, annotations::v1::AgencyKind kind,
                     const std::vector<registry::v1::Certificate>& certificates, absl::Time now);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_DOCTOR_H_
