// This class answers what a worker asks of many referrals: it counts them, and keeps filters.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_QUERIES_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_QUERIES_H_

#include "accord/protocols/v1/referral_service.pb.h"
#include "common/aggregates/office_counts.h"
#include "common/host/calls/handlers.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// This gives the viewer of a filter, which only the actor who kept it sees.
std::string FilterViewer(const Caller& caller);
// This says whether the `filter` of a list is the name of a kept filter. No such name is a valid expression.
bool NamesKeptFilter(const std::string& filter);

class ReferralQueries {
 public:
  ReferralQueries(const storage::PageTokens* tokens, RulesNow rules)
      : referrals_("referral", tokens), filters_("referral_filter", tokens), rules_(rules) {}
  void Register(host::Handlers* handlers);
  // This gives what the office counts: all referrals by kind, state and outcome.
  absl::StatusOr<Tallies> CountAll(storage::Transaction& tx);

 private:
  using Tx = storage::Transaction;
  absl::StatusOr<v1::CountReferralsResponse> Count(host::Call&, Tx&, const v1::CountReferralsRequest&);
  // This counts the referrals that the agency sent or received from one day to another, as they stand now.
  static absl::StatusOr<Tallies> CountWithinPeriod(Tx&, const std::string& agency,
                                                   const v1::CountReferralsRequest&);
  absl::StatusOr<v1::ReferralFilter> CreateFilter(host::Call&, Tx&, const storage::Write&,
                                                  const v1::CreateReferralFilterRequest&);
  absl::StatusOr<v1::ListReferralFiltersResponse> ListFilters(host::Call&, Tx&,
                                                              const v1::ListReferralFiltersRequest&);
  absl::StatusOr<v1::ReferralFilter> DeleteFilter(host::Call&, Tx&, const storage::Write&,
                                                  const v1::DeleteReferralFilterRequest&);

  storage::Resources referrals_;
  storage::Resources filters_;
  RulesNow rules_;
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERRALS_REFERRAL_QUERIES_H_
