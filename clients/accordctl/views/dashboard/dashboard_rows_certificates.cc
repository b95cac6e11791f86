// This file is about the lines for certificates that must be renewed: of people who completed a course, and
// of systems.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/certificate_files.h"
#include "clients/accordctl/core/next_step.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/dashboard/waiting_line.h"
#include "common/access/names.h"
#include "common/base/ids.h"

namespace accord::ctl {
void AddWaiting(const Viewer& viewer, const training::v1::CompletionCertificate& certificate,
                std::vector<Waiting>* waiting) {
  if (!certificate.has_next_due() || certificate.learner_agency() != viewer.agency) return;
  Waiting line = WaitingLineOf(certificate, "completion-certificate",
                               ShortName(training::v1::CertificateStatus_descriptor(), certificate.status()));
  line.assignee = certificate.learner();
  line.turn = TurnOfAssignee(viewer, certificate.learner());
  line.note = certificate.course_title();
  AddOwnTurn(std::move(line), "renew", "get", waiting);
}

void AddWaiting(const Viewer& viewer, const pki::Issued& certificate, std::vector<Waiting>* waiting) {
  if (viewer.now < RenewalDue(certificate)) return;
  // The URI is spiffe://DOMAIN/agency/AGENCY/system/SYSTEM.
  const std::vector<std::string> parts = absl::StrSplit(certificate.uri, '/');
  Waiting line;
  line.kind = "certificate";
  line.name = parts.size() != 7 ? ""
                                : absl::StrCat("agencies/", parts[4], "/systems/", parts[6], "/certificates/",
                                               Hex(certificate.fingerprint).substr(0, 32));
  line.what = "renew";
  line.state = "in force";
  line.due = certificate.not_after;
  line.next = "certificate renew";
  waiting->push_back(std::move(line));
}

}  // namespace accord::ctl
