// This tells what is wrong with a deployment, and what to do about it.
#ifndef ACCORD_CLIENTS_ACCORDCTL_OPERATE_DOCTOR_H_
#define ACCORD_CLIENTS_ACCORDCTL_OPERATE_DOCTOR_H_

#include <string>
#include <vector>

#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/audit/audit_trust.h"
#include "clients/accordctl/core/deployment.h"
#include "clients/accordctl/operate/status.h"

namespace accord::ctl {

// A finding is one thing that was looked at.
struct Finding {
  std::string what;
  // This is what to do; empty: it is as it should be.
  std::string remedy = {};
  // This is what to look into though nothing is wrong yet; empty: nothing.
  std::string warning = {};
};
using Findings = std::vector<Finding>;

// Configuration, certificates, keys, databases and disks of processes whose files are on this machine.
Findings CheckFiles(const Deployment& deployment, absl::Time now);
// The certificate in a pair of files: that it is one, signed by the authority in `authority_file` unless that
// is empty, and for how long.
Findings CheckCertificate(const std::string& whose, const std::string& certificate_file,
                          const std::string& key_file, const std::string& authority_file, absl::Time now);

// Gives what the services say of themselves.
Findings CheckAnswers(const std::vector<ServiceAnswer>& answers);
// Gives the audit log through the gateway: it grows, its checkpoint is signed by the key that is trusted, and
// it goes on from what was seen last.
Findings CheckLog(CommandSession* session, const Trust& trust);
// Agencies' systems whose last certificate ends within 30 days, or has ended.
Findings CheckAgencies(CommandSession* session, absl::Time now);
// This checks one system of an agency of this kind by all its certificates.
Findings CheckSystem(const std::string& system, annotations::v1::AgencyKind kind,
                     const std::vector<registry::v1::Certificate>& certificates, absl::Time now);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_OPERATE_DOCTOR_H_
