// These are the handlers of SupportCaseService, which keeps whom an agency supports, and which of its workers
// do so.
#ifndef ACCORD_SERVICES_SUPPORTS_CASES_SUPPORT_CASE_SERVICE_H_
#define ACCORD_SERVICES_SUPPORTS_CASES_SUPPORT_CASE_SERVICE_H_

#include <string>

#include "accord/supports/v1/support_case_service.pb.h"
#include "common/aggregates/office_counts.h"
#include "common/base/clock.h"
#include "common/host/calls/handlers.h"
#include "services/supports/law.h"

namespace accord::supports {

class SupportCaseService {
 public:
  // All arguments outlive the service.
  SupportCaseService(const storage::PageTokens* tokens, const Clock* clock, RulesNow rules)
      : cases_("support_case", tokens),
        consents_("consent", tokens),
        partners_("crisis_partner", tokens),
        referrals_("support_referral", tokens),
        clock_(clock),
        rules_(rules) {}
  void Register(host::Handlers* handlers);
  // This counts the survivors who agree to be counted today.
  absl::StatusOr<Tallies> CountAll(storage::Transaction& tx);

 private:
  using Tx = storage::Transaction;
  using Result = absl::StatusOr<v1::SupportCase>;

  Result Create(host::Call&, Tx&, const storage::Write&, const v1::CreateSupportCaseRequest&);
  Result Get(host::Call&, Tx&, const v1::GetSupportCaseRequest&);
  absl::StatusOr<v1::ListSupportCasesResponse> List(host::Call&, Tx&, const v1::ListSupportCasesRequest&);
  Result Assign(host::Call&, Tx&, const storage::Write&, const v1::AssignSupportCaseWorkerRequest&);
  Result Remove(host::Call&, Tx&, const storage::Write&, const v1::RemoveSupportCaseWorkerRequest&);
  Result RecordContact(host::Call&, Tx&, const storage::Write&, const v1::RecordSupportCaseContactRequest&);
  Result Advance(host::Call&, Tx&, const storage::Write&, const v1::AdvanceSupportCaseRequest&);
  absl::StatusOr<v1::CountSupportsResponse> Count(host::Call&, Tx&, const v1::CountSupportsRequest&);
  // This stores a changed case, and masks what the caller may not read.
  Result Keep(host::Call& call, Tx&, const storage::Write&, const std::string& etag, v1::SupportCase item);

  storage::Resources cases_;
  storage::Resources consents_;
  storage::Resources partners_;
  storage::Resources referrals_;
  const Clock* const clock_;
  const RulesNow rules_;
};

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_CASES_SUPPORT_CASE_SERVICE_H_
