#include "services/supports/benefits/claim_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"
#include "services/supports/benefits/benefit_account_store.h"
#include "services/supports/survivor_counts.h"

namespace accord::supports {
namespace {

using ClaimTx = storage::Transaction;

std::string ClaimDigest(const std::string& text) { return Hex(Sha256(text)); }

}  // namespace

absl::Status PutAskedClaim(ClaimTx& tx, const AskedClaim& claim) {
  return tx
      .Exec(
          "insert into asked_claim (claim, consent, asked, expires_on, shown) "
          "values (:p1, :p2, :p3, :p4, 1)",
          claim.claim, claim.consent, claim.asked, claim.expires_on)
      .status();
}

absl::Status HideAskedClaim(ClaimTx& tx, const std::string& claim) {
  return tx.Exec("update asked_claim set shown = 0 where claim = :p1", claim).status();
}

absl::StatusOr<std::vector<std::string>> ClaimsUnderConsent(ClaimTx& tx, const std::string& consent) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select claim from asked_claim where consent = :p1 order by claim", consent));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

std::string AskedClaimsSql(const std::string& asked, const std::string& day, const storage::Bind& bind,
                           const std::string& after, int limit) {
  std::string sql = absl::StrCat("select claim as name from asked_claim where asked = ", bind(asked));
  absl::StrAppend(&sql, " and shown = 1 and expires_on >= ", bind(day));
  if (!after.empty()) absl::StrAppend(&sql, " and claim > ", bind(after));
  absl::StrAppend(&sql, " order by claim limit ", bind(static_cast<long long>(limit)));
  return sql;
}

absl::Status PutSoughtClaim(ClaimTx& tx, const SoughtClaim& claim) {
  return tx
      .Exec(
          "insert into sought_claim (claim, case_name, benefit, event_first, event_on, payee) "
          "values (:p1, :p2, :p3, :p4, :p5, :p6)",
          claim.claim, claim.case_name, claim.benefit, claim.event_first, claim.event_last,
          ClaimDigest(claim.payee.now))
      .status();
}

absl::Status DropSoughtClaim(ClaimTx& tx, const std::string& claim) {
  return tx.Exec("delete from sought_claim where claim = :p1", claim).status();
}

absl::StatusOr<bool> IsSoughtTwice(ClaimTx& tx, const SoughtClaim& claim) {
  ACCORD_ASSIGN_OR_RETURN(const auto cases, CasesOfBenefitAccount(tx, claim.case_name));
  // Each case is read by itself, because PostgreSQL would otherwise read the claims of all cases.
  for (const std::string& each : cases) {
    ACCORD_ASSIGN_OR_RETURN(
        const auto rows,
        tx.Query<std::string>(
            "select claim from sought_claim where case_name = :p1 and benefit = :p2 and event_on >= :p3 and "
            "case event_first when '' then event_on else event_first end <= :p4 and payee in (:p5, :p6) and "
            "claim <> :p7 limit 1",
            each, claim.benefit, claim.event_first, claim.event_last, ClaimDigest(claim.payee.now),
            ClaimDigest(claim.payee.before), claim.claim));
    if (!rows.empty()) return true;
  }
  return false;
}

absl::Status PutPaidClaim(ClaimTx& tx, const std::string& claim, const std::string& case_name,
                          const std::string& benefit, const std::string& fiscal_year) {
  return tx
      .Exec("insert into paid_claim (claim, case_name, benefit, fiscal_year) values (:p1, :p2, :p3, :p4)",
            claim, case_name, benefit, fiscal_year)
      .status();
}

absl::Status DropPaidClaim(ClaimTx& tx, const std::string& claim) {
  return tx.Exec("delete from paid_claim where claim = :p1", claim).status();
}

absl::StatusOr<Tallies> CountPaidClaims(ClaimTx& tx, const std::string& day, int64_t few) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      (tx.Query<std::string, std::string, int64_t>(
          absl::StrCat("select benefit, fiscal_year, ", kRowsOrSurvivors,
                       " from paid_claim where exists (select 1 from live_consent where "
                       "live_consent.case_name = paid_claim.case_name and live_consent.purpose = 'counting' "
                       "and live_consent.expires_on >= :p2) group by benefit, fiscal_year "
                       "order by benefit, fiscal_year"),
          few, day)));
  Tallies tallies;
  for (const auto& [benefit, year, n] : rows) {
    tallies.emplace_back(absl::StrCat("benefit/", benefit, "/", year), n);
  }
  return tallies;
}

}  // namespace accord::supports
