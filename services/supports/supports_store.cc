#include "services/supports/supports_store.h"

#include <cstdint>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/storage/database/migration_files.h"

namespace accord::supports {

using storage::Transaction;

// cmake/Embed.cmake writes this: the files of the folder `migrations`.
std::vector<storage::MigrationFile> MigrationFiles();

std::vector<storage::Migration> SupportsMigrations() { return storage::MigrationsIn(MigrationFiles()); }

absl::Status PutLiveConsent(Transaction& tx, const LiveConsent& consent) {
  return tx
      .Exec(
          "insert into live_consent (name, case_name, purpose, program, expires_on) "
          "values (:p1, :p2, :p3, :p4, :p5)",
          consent.name, consent.case_name, consent.purpose, consent.program, consent.expires_on)
      .status();
}

absl::Status DropLiveConsent(Transaction& tx, const std::string& name) {
  return tx.Exec("delete from live_consent where name = :p1", name).status();
}

absl::StatusOr<bool> HasLiveConsent(Transaction& tx, const std::string& case_name, const std::string& purpose,
                                    const std::string& day) {
  ACCORD_ASSIGN_OR_RETURN(const auto rows,
                          tx.Query<std::string>("select name from live_consent where case_name = :p1 and "
                                                "purpose = :p2 and expires_on >= :p3 limit 1",
                                                case_name, purpose, day));
  return !rows.empty();
}

absl::Status PutResting(Transaction& tx, const Resting& resting) {
  return tx
      .Exec(
          "insert into resting (referral, consent, case_name, kind, receiver, expires_on, shown) "
          "values (:p1, :p2, :p3, :p4, :p5, :p6, 1)",
          resting.referral, resting.consent, resting.case_name, resting.kind, resting.receiver,
          resting.expires_on)
      .status();
}

absl::Status HideResting(Transaction& tx, const std::string& referral) {
  return tx.Exec("update resting set shown = 0 where referral = :p1", referral).status();
}

absl::StatusOr<std::vector<std::string>> RestingOn(Transaction& tx, const std::string& consent) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select referral from resting where consent = :p1 order by referral", consent));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

absl::StatusOr<std::vector<std::string>> RestingOf(Transaction& tx, const std::string& case_name,
                                                   const std::string& kind) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, tx.Query<std::string>(
                     "select referral from resting where case_name = :p1 and kind = :p2 order by referral",
                     case_name, kind));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

absl::Status PutOutcome(Transaction& tx, const std::string& referral, const std::string& case_name,
                        const std::string& outcome) {
  return tx
      .Exec("insert into referral_outcome (referral, case_name, outcome) values (:p1, :p2, :p3)", referral,
            case_name, outcome)
      .status();
}

std::string ReceivedSql(const std::vector<std::string>& receivers, const std::string& day,
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

absl::Status PutNotice(Transaction& tx, const std::string& notice, const std::string& case_name) {
  return tx
      .Exec("insert into survivor_notice (name, case_name, waits) values (:p1, :p2, 1)", notice, case_name)
      .status();
}

absl::Status CloseNotice(Transaction& tx, const std::string& notice) {
  return tx.Exec("update survivor_notice set waits = 0 where name = :p1", notice).status();
}

absl::StatusOr<std::string> CaseOfNotice(Transaction& tx, const std::string& notice) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, tx.Query<std::string>("select case_name from survivor_notice where name = :p1", notice));
  if (rows.empty()) return NotFound();
  return std::get<0>(std::move(rows[0]));
}

std::string NoticesSql(const std::vector<std::string>& cases, bool open, const storage::Bind& bind,
                       const std::string& after, int limit) {
  std::vector<std::string> bound;
  for (const std::string& each : cases) bound.push_back(bind(each));
  std::string sql =
      absl::StrCat("select name from survivor_notice where case_name in (", absl::StrJoin(bound, ", "), ")");
  if (open) absl::StrAppend(&sql, " and waits = 1");
  if (!after.empty()) absl::StrAppend(&sql, " and name > ", bind(after));
  absl::StrAppend(&sql, " order by name limit ", bind(static_cast<long long>(limit)));
  return sql;
}

absl::Status PutCatchment(Transaction& tx, const Catchment& catchment) {
  return tx
      .Exec("insert into catchment (code, partner, funded_from, funded_to) values (:p1, :p2, :p3, :p4)",
            catchment.code, catchment.partner, catchment.from, catchment.to)
      .status();
}

absl::Status EndCatchments(Transaction& tx, const std::string& partner, const std::string& to) {
  return tx.Exec("update catchment set funded_to = :p1 where partner = :p2", to, partner).status();
}

std::string ServingSql(const std::string& code, const std::string& day, const storage::Bind& bind,
                       const std::string& after, int limit) {
  std::string sql = absl::StrCat("select partner as name from catchment where code = ", bind(code));
  absl::StrAppend(&sql, " and funded_from <= ", bind(day));
  absl::StrAppend(&sql, " and (funded_to = '' or funded_to >= ", bind(day), ")");
  if (!after.empty()) absl::StrAppend(&sql, " and partner > ", bind(after));
  absl::StrAppend(&sql, " order by partner limit ", bind(static_cast<long long>(limit)));
  return sql;
}

absl::StatusOr<std::vector<std::string>> PartnersFrom(Transaction& tx, const std::string& code,
                                                      const std::string& day) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          tx.Query<std::string>("select partner from catchment where code = :p1 and "
                                                "(funded_to = '' or funded_to >= :p2) order by partner",
                                                code, day));
  std::vector<std::string> names;
  for (auto& [name] : rows) names.push_back(std::move(name));
  return names;
}

absl::StatusOr<int64_t> CountPartners(Transaction& tx, const std::string& day) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select count(distinct partner) from catchment where funded_from <= :p1 and "
                        "(funded_to = '' or funded_to >= :p2)",
                        day, day));
  return std::get<0>(rows.at(0));
}

absl::StatusOr<bool> TakeSite(Transaction& tx, const std::string& program, const std::string& site,
                              const std::string& position) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t taken,
      tx.Exec(
          "insert into taken_site (program, site, position) values (:p1, :p2, :p3) on conflict do nothing",
          program, site, position));
  return taken == 1;
}

absl::Status LeaveSite(Transaction& tx, const std::string& position) {
  return tx.Exec("delete from taken_site where position = :p1", position).status();
}

absl::StatusOr<Tallies> CountConsenting(Transaction& tx, const std::string& day, int64_t few) {
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
