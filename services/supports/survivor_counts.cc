#include "services/supports/survivor_counts.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::supports {

absl::StatusOr<Tallies> CountConsentingSurvivors(storage::Transaction& tx, const std::string& day,
                                                 int64_t few) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto programs,
      (tx.Query<std::string, int64_t>("select program, count(distinct case_name) from live_consent where "
                                      "purpose = 'counting' and expires_on >= :p1 "
                                      "group by program order by program",
                                      day)));
  ACCORD_ASSIGN_OR_RETURN(
      const auto kinds,
      (tx.Query<std::string, int64_t>(
          absl::StrCat("select kind, ", kRowsOrSurvivors,
                       " from resting where exists (select 1 from live_consent where "
                       "live_consent.case_name = resting.case_name and live_consent.purpose = 'counting' and "
                       "live_consent.expires_on >= :p2) group by kind order by kind"),
          few, day)));
  ACCORD_ASSIGN_OR_RETURN(
      const auto outcomes,
      (tx.Query<std::string, int64_t>(
          absl::StrCat("select outcome, ", kRowsOrSurvivors,
                       " from referral_outcome where exists (select 1 from live_consent where "
                       "live_consent.case_name = referral_outcome.case_name and live_consent.purpose = "
                       "'counting' and live_consent.expires_on >= :p2) group by outcome order by outcome"),
          few, day)));
  Tallies tallies;
  for (const auto& [program, n] : programs) tallies.emplace_back(absl::StrCat("program/", program), n);
  for (const auto& [kind, n] : kinds) tallies.emplace_back(absl::StrCat("referral/", kind), n);
  for (const auto& [outcome, n] : outcomes) tallies.emplace_back(absl::StrCat("outcome/", outcome), n);
  return tallies;
}

}  // namespace accord::supports
