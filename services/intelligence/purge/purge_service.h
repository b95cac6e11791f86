// These are the handlers of PurgeService. A purge takes two people, and leaves a tombstone and notices
// (docs/domain.md 3.2).
#ifndef ACCORD_SERVICES_INTELLIGENCE_PURGE_PURGE_SERVICE_H_
#define ACCORD_SERVICES_INTELLIGENCE_PURGE_PURGE_SERVICE_H_

#include <string>

#include "accord/intelligence/v1/purge_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/intelligence/purge/derived_products.h"
#include "services/intelligence/purge/purge_notices.h"

namespace accord::intelligence {

class PurgeService {
 public:
  PurgeService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : reports_("report", tokens),
        derived_(tokens, rules),
        notices_(tokens, rules),
        tokens_(tokens),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  PurgeNotices& notices() { return notices_; }

 private:
  using Tx = storage::Transaction;

  absl::StatusOr<v1::Report> Propose(host::Call&, Tx&, const storage::Write&,
                                     const v1::ProposeReportPurgeRequest&);
  absl::StatusOr<v1::ReportTombstone> Confirm(host::Call&, Tx&, const storage::Write&,
                                              const v1::ConfirmReportPurgeRequest&);
  absl::StatusOr<v1::ListReportTombstonesResponse> ListTombstones(host::Call&, Tx&,
                                                                  const v1::ListReportTombstonesRequest&);
  absl::StatusOr<v1::PurgeNotice> GetNotice(host::Call&, Tx&, const v1::GetPurgeNoticeRequest&);
  absl::StatusOr<v1::ListPurgeNoticesResponse> ListNotices(host::Call&, Tx&,
                                                           const v1::ListPurgeNoticesRequest&);
  absl::StatusOr<v1::PurgeNotice> ConfirmNotice(host::Call&, Tx&, const storage::Write&,
                                                const v1::ConfirmPurgeNoticeRequest&);

  // This gives a report that the lifecycle lets be purged, by this caller's agency: the originator purges
  // what it recalled, and the bureau purges the rest.
  absl::StatusOr<v1::Report> Purgeable(host::Call&, Tx&, const std::string& name);

  storage::Resources reports_;
  DerivedProducts derived_;
  PurgeNotices notices_;
  const storage::PageTokens* tokens_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PURGE_PURGE_SERVICE_H_
