#include "services/training/training_store.h"

#include <algorithm>
#include <bit>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/aggregates/office_counts.h"
#include "common/base/error.h"
#include "common/storage/records/resources.h"
#include "services/training/completions/completion_counts.h"

namespace accord::training {
namespace {

using storage::Transaction;
using storage::Value;

// Completions that were not imported.
constexpr int64_t kNoBatch = 0;

struct Batch {
  int64_t id;
  std::string owner;
};

absl::StatusOr<Batch> BatchOf(Transaction& tx, const std::string& import) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.Query<int64_t, std::string>("select id, owner from batch where name = :p1 and open = 1", import)));
  if (rows.empty()) {
    return Refuse(rules::kStateNotPermitted, "This import has ended.");
  }
  return Batch{std::get<0>(rows[0]), std::get<1>(rows[0])};
}

}  // namespace

std::vector<storage::Migration> TrainingMigrations() {
  std::vector<storage::Migration> migrations;
  migrations.push_back({100, "seats, completions and imports", R"sql(
create table seats (offering {text} not null primary key, capacity bigint not null, taken bigint not null);
create table seated (
  offering {text} not null, learner {text} not null, name text not null, primary key (offering, learner));
create table waiting (seq {autoinc}, offering {text} not null, name {text} not null);
create index waiting_offering on waiting (offering, seq);
create table batch (id {autoinc}, name {text} not null unique, owner {text} not null, open bigint not null);
create unique index batch_open on batch (owner) where open = 1;
create table completion (
  owner {text} not null, course {text} not null, learner_agency {text} not null, learner {text} not null,
  completed_on {text} not null, batch bigint not null, line bigint not null,
  primary key (owner, course, learner_agency, learner, completed_on));
create index completion_learner on completion (learner_agency, learner, owner, course, completed_on);
create table batch_count (
  key {text} not null, course {text} not null, agency {text} not null, n bigint not null,
  primary key (key, course, agency));
create table completion_count (
  key {text} not null, course {text} not null, agency {text} not null, n bigint not null,
  primary key (key, course, agency));
create table serial (serial {text} not null primary key, name text not null);
create table import_error (
  import {text} not null, line bigint not null, rule text not null, message text not null,
  primary key (import, line))
)sql"});
  // Whoever of the owner's agency stored a version may have marked.
  migrations.push_back({101, "who contributed before it was kept", R"sql(
insert into contribution (record, agency, actor, act)
  select distinct name, agency, actor, 'accord.training.v1.OfferingService.CompleteEnrolment' from revision
  where kind = 'enrolment' and name like 'agencies/' || agency || '/%'
)sql"});
  migrations.push_back({110, "changes of counts", R"sql(
create table completion_change (
  seq {autoinc}, key {text} not null, course {text} not null, agency {text} not null, n bigint not null);
create index completion_change_of on completion_change (key)
)sql"});
  KeepOfficeCounts(120, kTrainingCounts, &migrations);
  // Which learner a record is of stands in it since the first version, as `#learner/AGENCY/LEARNER`.
  migrations.push_back({130, "whose people records are of", R"sql(
{postgres} create index {concurrently} visible_by_employer on visible (
  kind, split_part(substr(agency, 10), '/', 1), field, value, name) where agency like '#learner/%';
{sqlite} create index visible_by_employer on visible (
  kind, substr(agency, 10, instr(substr(agency, 10), '/') - 1), field, value, name)
  where agency like '#learner/%'
)sql"});
  return migrations;
}

absl::Status MakeSeats(Transaction& tx, const std::string& offering, int capacity) {
  return tx.Exec("insert into seats (offering, capacity, taken) values (:p1, :p2, 0)", offering, capacity)
      .status();
}

absl::StatusOr<int> SeatsTaken(Transaction& tx, const std::string& offering) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          tx.Query<int64_t>("select taken from seats where offering = :p1", offering));
  return rows.empty() ? 0 : static_cast<int>(std::get<0>(rows[0]));
}

absl::StatusOr<bool> TakeSeat(Transaction& tx, const std::string& offering, const std::string& learner_key,
                              const std::string& enrolment) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t fresh,
      tx.Exec("insert into seated (offering, learner, name) values (:p1, :p2, :p3) on conflict do nothing",
              offering, learner_key, enrolment));
  if (fresh == 0) {
    return Refuse(rules::kAlreadyEnrolled, "This learner is enrolled or waits in this offering already.");
  }
  // One statement: two who come at once cannot both take the last one.
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t taken,
      tx.Exec("update seats set taken = taken + 1 where offering = :p1 and taken < capacity", offering));
  if (taken == 1) return true;
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into waiting (offering, name) values (:p1, :p2)", offering, enrolment).status());
  return false;
}

absl::StatusOr<std::optional<std::string>> LeaveSeat(Transaction& tx, const std::string& offering,
                                                     const std::string& learner_key,
                                                     const std::string& enrolment, bool had_seat) {
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from seated where offering = :p1 and learner = :p2", offering, learner_key).status());
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from waiting where offering = :p1 and name = :p2", offering, enrolment).status());
  if (!had_seat) return std::nullopt;
  // Held while the seat changes hands, so that two who leave do not call the same one.
  ACCORD_RETURN_IF_ERROR(tx.Exec("update seats set taken = taken where offering = :p1", offering).status());
  ACCORD_ASSIGN_OR_RETURN(
      auto next, (tx.Query<int64_t, std::string>(
                     "select seq, name from waiting where offering = :p1 order by seq limit 1", offering)));
  if (next.empty()) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("update seats set taken = taken - 1 where offering = :p1", offering).status());
    return std::nullopt;
  }
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from waiting where seq = :p1", std::get<0>(next[0])).status());
  return std::get<1>(next[0]);
}

absl::Status AddCompletion(Transaction& tx, const CompletionRow& row) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t added,
      tx.Exec("insert into completion (owner, course, learner_agency, learner, completed_on, "
              "batch, line) values (:p1, :p2, :p3, :p4, :p5, :p6, 0) on conflict do nothing",
              row.owner, row.course, row.learner_agency, row.learner, row.completed_on, kNoBatch));
  if (added == 1) return NoteCompletion(tx, row, 1);
  // A line of an open import may say so too. It is no longer that import's: dropped, it would take it along.
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t taken,
      tx.Exec("update completion set batch = :p1, line = 0 where owner = :p2 and course = :p3 and "
              "learner_agency = :p4 and learner = :p5 and completed_on = :p6 and batch in (select id from "
              "batch where open = 1)",
              kNoBatch, row.owner, row.course, row.learner_agency, row.learner, row.completed_on));
  if (taken == 0) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("update batch_count set n = n - 1 where course = :p1 and agency = :p2 and key in (select name "
              "from batch where owner = :p3 and open = 1)",
              row.course, row.learner_agency, row.owner)
          .status());
  return NoteCompletion(tx, row, 1);
}

absl::Status RemoveCompletion(Transaction& tx, const CompletionRow& row) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t removed,
      tx.Exec("delete from completion where owner = :p1 and course = :p2 and learner_agency = :p3 "
              "and learner = :p4 and completed_on = :p5",
              row.owner, row.course, row.learner_agency, row.learner, row.completed_on));
  if (removed == 0) return absl::OkStatus();
  return NoteCompletion(tx, row, -1);
}

absl::StatusOr<std::string> LastCompletion(Transaction& tx, const CompletionRow& of) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows, tx.Query<std::string>(
                     "select completed_on from completion where owner = :p1 and course = :p2 and "
                     "learner_agency = :p3 and learner = :p4 and batch not in (select id from batch where "
                     "open = 1) order by completed_on desc limit 1",
                     of.owner, of.course, of.learner_agency, of.learner));
  return rows.empty() ? "" : std::get<0>(rows[0]);
}

absl::Status PutSerial(Transaction& tx, const std::string& serial, const std::string& name) {
  return tx.Exec("insert into serial (serial, name) values (:p1, :p2)", serial, name).status();
}

absl::StatusOr<std::string> NameOfSerial(Transaction& tx, const std::string& serial) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          tx.Query<std::string>("select name from serial where serial = :p1", serial));
  return rows.empty() ? "" : std::get<0>(rows[0]);
}

absl::Status OpenBatch(Transaction& tx, const std::string& owner, const std::string& import) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t opened,
      tx.Exec("insert into batch (name, owner, open) values (:p1, :p2, 1) on conflict do nothing", import,
              owner));
  if (opened == 1) return absl::OkStatus();
  return Refuse(rules::kImportOpen,
                "Another import of your agency is open: go on with it, or finish it without committing.");
}

absl::StatusOr<Refused> AddToBatch(Transaction& tx, const std::string& import,
                                   const std::vector<CompletionRow>& rows) {
  ACCORD_ASSIGN_OR_RETURN(const Batch batch, BatchOf(tx, import));
  Refused refused;
  std::map<std::pair<std::string, std::string>, int64_t> counts;
  // So many rows in one statement keep the number of its parameters small; what is left goes in powers of
  // two. A database session keeps every statement that it has prepared, and one for each number of rows that
  // somebody chooses to send would be two hundred large ones.
  constexpr std::size_t kRows = 200;
  std::string sql;
  std::size_t sql_rows = 0;
  for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    end = begin + std::min(kRows, std::bit_floor(rows.size() - begin));
    if (sql_rows != end - begin) {
      sql_rows = end - begin;
      sql =
          "insert into completion (owner, course, learner_agency, learner, completed_on, batch, line) "
          "values ";
      for (std::size_t i = 0; i < sql_rows; ++i) {
        absl::StrAppend(&sql, i == 0 ? "" : ", ", "(:p1, :p", 3 + i * 5, ", :p", 4 + i * 5, ", :p", 5 + i * 5,
                        ", :p", 6 + i * 5, ", :p2, :p", 7 + i * 5, ")");
      }
      absl::StrAppend(&sql, " on conflict do nothing");
    }
    std::vector<Value> params = {batch.owner, static_cast<long long>(batch.id)};
    for (std::size_t i = begin; i < end; ++i) {
      for (const std::string* text :
           {&rows[i].course, &rows[i].learner_agency, &rows[i].learner, &rows[i].completed_on}) {
        params.emplace_back(*text);
      }
      params.emplace_back(static_cast<long long>(rows[i].line));
    }
    ACCORD_ASSIGN_OR_RETURN(const int64_t added, tx.ExecValues(sql, params));
    std::set<int64_t> left_out;
    // Rare: which of these lines were there already, and from where.
    for (std::size_t i = begin; i < end && added != static_cast<int64_t>(end - begin); ++i) {
      ACCORD_ASSIGN_OR_RETURN(
          auto there,
          (tx.Query<int64_t, int64_t>(
              "select batch, line from completion where owner = :p1 and course = :p2 and learner_agency = "
              ":p3 and learner = :p4 and completed_on = :p5",
              batch.owner, rows[i].course, rows[i].learner_agency, rows[i].learner, rows[i].completed_on)));
      if (there.empty() || there[0] == std::tuple(batch.id, rows[i].line)) continue;
      left_out.insert(rows[i].line);
      if (std::get<0>(there[0]) == batch.id) {
        refused.repeated.push_back(rows[i].line);
      } else {
        ++refused.known;
      }
    }
    for (std::size_t i = begin; i < end; ++i) {
      if (!left_out.contains(rows[i].line)) ++counts[{rows[i].course, rows[i].learner_agency}];
    }
  }
  ACCORD_RETURN_IF_ERROR(CountMore(tx, "batch_count", import, counts));
  return refused;
}

absl::StatusOr<bool> BatchHolds(Transaction& tx, const std::string& import, const std::string& agency,
                                const std::string& learner) {
  ACCORD_ASSIGN_OR_RETURN(const Batch batch, BatchOf(tx, import));
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>("select line from completion where learner_agency = :p1 and learner = :p2 and "
                        "owner = :p3 and batch = :p4 limit 1",
                        agency, learner, batch.owner, batch.id));
  return !rows.empty();
}

absl::Status CommitBatch(Transaction& tx, const std::string& import) {
  ACCORD_ASSIGN_OR_RETURN(const Batch batch, BatchOf(tx, import));
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<std::string, std::string, int64_t>(
                              "select course, agency, n from batch_count where key = :p1", import)));
  std::map<std::pair<std::string, std::string>, int64_t> counts;
  for (const auto& [course, agency, n] : rows) counts[{course, agency}] = n;
  ACCORD_RETURN_IF_ERROR(CountMore(tx, "completion_count", batch.owner, counts));
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from batch_count where key = :p1", import).status());
  return tx.Exec("update batch set open = 0 where id = :p1", batch.id).status();
}

absl::Status DropBatch(Transaction& tx, const std::string& import) {
  ACCORD_ASSIGN_OR_RETURN(const Batch batch, BatchOf(tx, import));
  // By the owner's range of the primary key: an index of batches would cost every import to serve the
  // rare one.
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from completion where owner = :p1 and batch = :p2", batch.owner, batch.id).status());
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from batch_count where key = :p1", import).status());
  return tx.Exec("update batch set open = 0 where id = :p1", batch.id).status();
}

absl::Status AddErrors(Transaction& tx, const std::string& import, const std::vector<LineError>& errors) {
  for (const LineError& error : errors) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("insert into import_error (import, line, rule, message) values (:p1, :p2, :p3, :p4) "
                "on conflict do nothing",
                import, error.line, error.rule, error.message)
            .status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<LineError>> ErrorsAfter(Transaction& tx, const std::string& import, int64_t line,
                                                   int limit) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          (tx.Query<int64_t, std::string, std::string>(
                              "select line, rule, message from import_error where import = :p1 and "
                              "line > :p2 order by line limit :p3",
                              import, line, limit)));
  std::vector<LineError> errors;
  for (auto& [at, rule, message] : rows) errors.push_back({at, std::move(rule), std::move(message)});
  return errors;
}

std::string LearnerRecordsSql(const LearnerRecords& of, bool postgres, const storage::Bind& bind,
                              const std::string& after, int limit) {
  const auto range = [&](const std::string& whose) {
    std::string sql = absl::StrCat("select v.name as name from visible v where v.kind = ", bind(of.kind));
    absl::StrAppend(&sql, " and ", whose, " and v.field = ", bind(of.field));
    absl::StrAppend(&sql, " and v.value = ", bind(of.value));
    if (!after.empty()) absl::StrAppend(&sql, " and v.name > ", bind(after));
    absl::StrAppend(&sql, " order by v.name limit ", bind(static_cast<long long>(limit)));
    return sql;
  };
  // In the words of the index visible_by_employer, or it is not used.
  const char* employer = postgres ? "split_part(substr(v.agency, 10), '/', 1)"
                                  : "substr(v.agency, 10, instr(substr(v.agency, 10), '/') - 1)";
  if (!of.employer.empty()) {
    return range(absl::StrCat("v.agency like '#learner/%' and ", employer, " = ", bind(of.employer)));
  }
  // A zero comes right after a slash.
  std::string owned = absl::StrCat("v.agency = ", bind(of.owner));
  absl::StrAppend(&owned, " and v.name > ", bind(absl::StrCat("agencies/", of.owner, "/")));
  absl::StrAppend(&owned, " and v.name < ", bind(absl::StrCat("agencies/", of.owner, "0")));
  const std::string own = absl::StrCat("v.agency = ", bind(of.learner));
  return absl::StrCat("select * from (", range(owned), ") taught union select * from (", range(own),
                      ") learnt");
}

std::string CompletionSql(const CompletionQuery& query, std::vector<Value>* params) {
  const auto bind = [&](Value value) {
    params->push_back(std::move(value));
    return absl::StrCat(":p", params->size());
  };
  // The columns in the order of the index that answers.
  std::vector<std::string> order = {"owner", "course", "learner_agency", "learner", "completed_on"};
  if (query.owner.empty()) order = {"learner_agency", "learner", "owner", "course", "completed_on"};
  std::vector<std::string> where;
  for (const auto& [column, value] :
       std::map<std::string, std::string>{{"owner", query.owner},
                                          {"course", query.course},
                                          {"learner_agency", query.learner_agency},
                                          {"learner", query.learner}}) {
    if (!value.empty()) where.push_back(absl::StrCat(column, " = ", bind(value)));
  }
  if (query.after) {
    const CompletionRow& after = *query.after;
    const std::map<std::string, std::string> values = {{"owner", after.owner},
                                                       {"course", after.course},
                                                       {"learner_agency", after.learner_agency},
                                                       {"learner", after.learner},
                                                       {"completed_on", after.completed_on}};
    std::vector<std::string> bound;
    for (const auto& column : order) bound.push_back(bind(values.at(column)));
    where.push_back(absl::StrCat("(", absl::StrJoin(order, ", "), ") > (", absl::StrJoin(bound, ", "), ")"));
  }
  where.push_back("batch not in (select id from batch where open = 1)");
  return absl::StrCat("select owner, course, learner_agency, learner, completed_on from completion where ",
                      absl::StrJoin(where, " and "), " order by ", absl::StrJoin(order, ", "), " limit ",
                      bind(static_cast<long long>(query.limit)));
}

absl::StatusOr<std::vector<CompletionRow>> ReadCompletions(Transaction& tx, const CompletionQuery& query) {
  std::vector<Value> params;
  const std::string sql = CompletionSql(query, &params);
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      (tx.QueryValues<std::string, std::string, std::string, std::string, std::string>(sql, params)));
  std::vector<CompletionRow> completions;
  for (auto& [owner, course, agency, learner, day] : rows)
    completions.push_back({owner, course, agency, learner, day});
  return completions;
}

}  // namespace accord::training
