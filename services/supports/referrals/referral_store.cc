#include "services/supports/referrals/referral_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"

namespace accord::supports {

absl::Status PutSentReferral(storage::Transaction& tx, const SentReferral& sent) {
  return tx
      .Exec(
          "insert into resting (referral, consent, case_name, kind, receiver, expires_on, shown) "
          "values (:p1, :p2, :p3, :p4, :p5, :p6, 1)",
          sent.referral, sent.consent, sent.case_name, sent.kind, sent.receiver, sent.expires_on)
      .status();
}

absl::Status HideSentReferral(storage::Transaction& tx, const std::string& referral) {
  return tx.Exec("update resting set shown = 0 where referral = :p1", referral).status();
}

absl::StatusOr<std::vector<std::string>> ReferralsUnderConsent(storage::Transaction& tx,
                                                               const std::string& consent) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select referral from resting where consent = :p1 order by referral", consent));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

absl::StatusOr<std::vector<std::string>> ReferralsOfCase(storage::Transaction& tx,
                                                         const std::string& case_name,
                                                         const std::string& kind) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, tx.Query<std::string>(
                     "select referral from resting where case_name = :p1 and kind = :p2 order by referral",
                     case_name, kind));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

absl::Status PutReferralOutcome(storage::Transaction& tx, const std::string& referral,
                                const std::string& case_name, const std::string& outcome) {
  return tx
      .Exec("insert into referral_outcome (referral, case_name, outcome) values (:p1, :p2, :p3)", referral,
            case_name, outcome)
      .status();
}

std::string ReceivedReferralsSql(const std::vector<std::string>& receivers, const std::string& day,
                                 const storage::Bind& bind, const std::string& after, int limit) {
  std::vector<std::string> bound;
  for (const std::string& each : receivers) bound.push_back(bind(each));
  std::string sql = absl::StrCat("select referral as name from resting where receiver in (",
                                 absl::StrJoin(bound, ", "), ")");
  absl::StrAppend(&sql, " and shown = 1 and expires_on >= ", bind(day));
  if (!after.empty()) absl::StrAppend(&sql, " and referral > ", bind(after));
  absl::StrAppend(&sql, " order by referral limit ", bind(static_cast<long long>(limit)));
  return sql;
}

}  // namespace accord::supports
