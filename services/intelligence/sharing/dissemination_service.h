// These are the handlers of DisseminationService, which enforces originator control. A copy opens by what the
// originator allows now, and not by what was allowed when it was given.
#ifndef ACCORD_SERVICES_INTELLIGENCE_SHARING_DISSEMINATION_SERVICE_H_
#define ACCORD_SERVICES_INTELLIGENCE_SHARING_DISSEMINATION_SERVICE_H_

#include <string>

#include "accord/intelligence/v1/dissemination_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/intelligence/sharing/originator_control.h"

namespace accord::intelligence {

class DisseminationService {
 public:
  DisseminationService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : reports_("report", tokens),
        copies_("report_copy", tokens),
        releases_("release_request", tokens),
        control_(tokens, rules),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  // A request that nobody answers in time is refused. The sweeper calls this.
  absl::Status PassTime(storage::Transaction& tx, const std::string& name, absl::Time now);

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::ReportCopy> Share(host::Call&, Tx&, const storage::Write&,
                                       const v1::ShareReportRequest&);
  absl::StatusOr<v1::ReportCopy> Get(host::Call&, Tx&, const v1::GetReportCopyRequest&);
  absl::StatusOr<v1::ListReportCopiesResponse> List(host::Call&, Tx&, const v1::ListReportCopiesRequest&);
  absl::StatusOr<v1::ListDisclosuresResponse> ListDisclosures(host::Call&, Tx&,
                                                              const v1::ListDisclosuresRequest&);
  absl::StatusOr<v1::ReleaseRequest> RequestRelease(host::Call&, Tx&, const storage::Write&,
                                                    const v1::CreateReleaseRequestRequest&);
  absl::StatusOr<v1::ReleaseRequest> DecideRelease(host::Call&, Tx&, const storage::Write&,
                                                   const v1::DecideReleaseRequestRequest&);
  absl::StatusOr<v1::ReleaseRequest> GetRelease(host::Call&, Tx&, const v1::GetReleaseRequestRequest&);
  absl::StatusOr<v1::ListReleaseRequestsResponse> ListReleases(host::Call&, Tx&,
                                                               const v1::ListReleaseRequestsRequest&);
  absl::StatusOr<v1::ReleaseRequest> ProposeEmergency(host::Call&, Tx&, const storage::Write&,
                                                      const v1::ProposeEmergencyReleaseRequest&);
  absl::StatusOr<v1::ReleaseRequest> ConfirmEmergency(host::Call&, Tx&, const storage::Write&,
                                                      const v1::ConfirmEmergencyReleaseRequest&);

  // This gives a report that the caller's agency holds; its originator needs no copy.
  absl::StatusOr<v1::Report> HeldReport(host::Call&, Tx&, const std::string& name);
  absl::Status KeepRelease(Tx&, v1::ReleaseRequest*, const std::string& etag, const storage::Write&);
  // This gives the version of the report that has the digest of the copy.
  absl::StatusOr<v1::Report> VersionOf(Tx&, const v1::ReportCopy&);

  storage::Resources reports_;
  storage::Resources copies_;
  storage::Resources releases_;
  OriginatorControl control_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_SHARING_DISSEMINATION_SERVICE_H_
