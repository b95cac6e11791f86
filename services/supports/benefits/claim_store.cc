#include "services/supports/benefits/claim_store.h"

#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/ids.h"
#include "common/base/name_key.h"
#include "services/supports/supports_store.h"

namespace accord::supports {
namespace {

using ClaimTx = storage::Transaction;

std::string ClaimDigest(const std::string& text) { return Hex(Sha256(text)); }

// Gives the name under which a case's benefits are counted: its own, unless the survivor was handed over.
absl::StatusOr<std::string> BenefitAccountOf(ClaimTx& tx, const std::string& case_name) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select account from benefit_account where case_name = :p1", case_name));
  if (rows.empty()) return case_name;
  return std::get<0>(std::move(rows[0]));
}

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

absl::StatusOr<std::vector<std::string>> ClaimsOn(ClaimTx& tx, const std::string& consent) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select claim from asked_claim where consent = :p1 order by claim", consent));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

std::string AskedSql(const std::string& asked, const std::string& day, const storage::Bind& bind,
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
  ACCORD_ASSIGN_OR_RETURN(const std::string account, BenefitAccountOf(tx, claim.case_name));
  ACCORD_ASSIGN_OR_RETURN(
      const auto handed_over,
      tx.Query<std::string>("select case_name from benefit_account where account = :p1", account));
  std::vector<std::string> cases = {account};
  for (const auto& [name] : handed_over) cases.push_back(name);
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

absl::StatusOr<bool> TakeBenefit(ClaimTx& tx, const std::string& case_name, const std::string& benefit,
                                 int64_t amount, std::optional<int64_t> limit) {
  ACCORD_ASSIGN_OR_RETURN(const std::string account, BenefitAccountOf(tx, case_name));
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into benefit_used (case_name, benefit, used) values (:p1, :p2, 0) on conflict do "
              "nothing",
              account, benefit)
          .status());
  if (!limit) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("update benefit_used set used = used + :p1 where case_name = :p2 and benefit = :p3", amount,
                account, benefit)
            .status());
    return true;
  }
  ACCORD_ASSIGN_OR_RETURN(const int64_t taken,
                          tx.Exec("update benefit_used set used = used + :p1 where case_name = :p2 and "
                                  "benefit = :p3 and used + :p4 <= :p5",
                                  amount, account, benefit, amount, *limit));
  return taken == 1;
}

absl::Status GiveBackBenefit(ClaimTx& tx, const std::string& case_name, const std::string& benefit,
                             int64_t amount) {
  ACCORD_ASSIGN_OR_RETURN(const std::string account, BenefitAccountOf(tx, case_name));
  return tx
      .Exec("update benefit_used set used = used - :p1 where case_name = :p2 and benefit = :p3", amount,
            account, benefit)
      .status();
}

absl::Status ShareBenefits(ClaimTx& tx, const std::string& from_case, const std::string& to_case) {
  ACCORD_ASSIGN_OR_RETURN(const std::string account, BenefitAccountOf(tx, from_case));
  return tx.Exec("insert into benefit_account (case_name, account) values (:p1, :p2)", to_case, account)
      .status();
}

absl::StatusOr<bool> IsInvoicePaid(ClaimTx& tx, const PayeeKeys& payee, const std::string& invoice) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<std::string>("select invoice from paid_invoice where payee in (:p1, :p2) and "
                            "invoice in (:p3, :p4) limit 1",
                            ClaimDigest(payee.now), ClaimDigest(payee.before),
                            ClaimDigest(NumberKey(invoice)), ClaimDigest(FoldedBefore(invoice))));
  return !rows.empty();
}

absl::StatusOr<bool> TakeInvoice(ClaimTx& tx, const PayeeKeys& payee, const std::string& invoice) {
  ACCORD_ASSIGN_OR_RETURN(const bool paid, IsInvoicePaid(tx, payee, invoice));
  if (paid) return false;
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t taken,
      tx.Exec("insert into paid_invoice (payee, invoice) values (:p1, :p2) on conflict do nothing",
              ClaimDigest(payee.now), ClaimDigest(NumberKey(invoice))));
  if (taken != 1) return false;
  // The version before looks for this row alone while both serve.
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into paid_invoice (payee, invoice) values (:p1, :p2) on conflict do nothing",
              ClaimDigest(payee.before), ClaimDigest(FoldedBefore(invoice)))
          .status());
  return true;
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
