// These are the handlers of CertificateService.
#ifndef ACCORD_SERVICES_TRAINING_CERTIFICATES_COMPLETION_CERTIFICATE_SERVICE_H_
#define ACCORD_SERVICES_TRAINING_CERTIFICATES_COMPLETION_CERTIFICATE_SERVICE_H_

#include <string>

#include "accord/training/v1/certificate_service.pb.h"
#include "accord/training/v1/rules.pb.h"
#include "common/host/calls/handlers.h"

namespace accord::training {

// This gives the text whose SHA-256 is the `digest` of the certificate.
std::string CertificateDigestText(const v1::CompletionCertificate& certificate);

class CompletionCertificateService {
 public:
  CompletionCertificateService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : enrolments_("enrolment", tokens),
        offerings_("offering", tokens),
        certificates_("certificate", tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  // The sweeper calls this to move a certificate from valid to expiring to expired.
  absl::Status PassTime(storage::Transaction& tx, const std::string& name, absl::Time now);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::CompletionCertificate>;

  Result Issue(host::Call&, Tx&, const storage::Write&, const v1::IssueCompletionCertificateRequest&);
  Result Revoke(host::Call&, Tx&, const storage::Write&, const v1::RevokeCompletionCertificateRequest&);
  Result Get(host::Call&, Tx&, const v1::GetCompletionCertificateRequest&);
  absl::StatusOr<v1::ListCompletionCertificatesResponse> List(host::Call&, Tx&,
                                                              const v1::ListCompletionCertificatesRequest&);
  absl::StatusOr<v1::VerifyCompletionCertificateResponse> Verify(
      host::Call&, Tx&, const v1::VerifyCompletionCertificateRequest&);

  v1::CertificateStatus StatusOn(const v1::CompletionCertificate&, absl::Time now) const;
  // This adds what falls due next to the answer: a recertification that is near or past.
  absl::Status AddNextDue(host::Call&, Tx&, v1::CompletionCertificate*);
  // Schedules the next change of the status.
  absl::Status ScheduleStatusChange(Tx&, const v1::CompletionCertificate&, absl::Time now);

  storage::Resources enrolments_;
  storage::Resources offerings_;
  storage::Resources certificates_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_CERTIFICATES_COMPLETION_CERTIFICATE_SERVICE_H_
