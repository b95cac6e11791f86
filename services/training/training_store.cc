#include "services/training/training_store.h"

#include "absl/strings/str_cat.h"
#include "common/aggregates/office_counts.h"
#include "common/base/error.h"
#include "common/storage/records/resources.h"

namespace accord::training {
namespace {

using storage::Transaction;

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

absl::Status PutSerial(Transaction& tx, const std::string& serial, const std::string& name) {
  return tx.Exec("insert into serial (serial, name) values (:p1, :p2)", serial, name).status();
}

absl::StatusOr<std::string> NameOfSerial(Transaction& tx, const std::string& serial) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          tx.Query<std::string>("select name from serial where serial = :p1", serial));
  return rows.empty() ? "" : std::get<0>(rows[0]);
}

std::string LearnerRecordsSql(const LearnerRecords& of, bool postgres, const storage::Bind& bind,
                              const std::string& after, int limit) {
  // A zero comes right after a slash, here and below.
  const auto range = [&](const std::string& whose) {
    std::string sql = absl::StrCat("select v.name as name from visible v where v.kind = ", bind(of.kind));
    absl::StrAppend(&sql, " and ", whose, " and v.field = ", bind(of.field));
    absl::StrAppend(&sql, " and v.value = ", bind(of.value));
    if (!after.empty()) absl::StrAppend(&sql, " and v.name > ", bind(after));
    if (!of.prefix.empty()) {
      absl::StrAppend(&sql, " and v.name > ", bind(of.prefix));
      absl::StrAppend(&sql, " and v.name < ", bind(of.prefix.substr(0, of.prefix.size() - 1) + "0"));
    }
    absl::StrAppend(&sql, " order by v.name limit ", bind(static_cast<long long>(limit)));
    return sql;
  };
  // In the words of the index visible_by_employer, or it is not used.
  const char* employer = postgres ? "split_part(substr(v.agency, 10), '/', 1)"
                                  : "substr(v.agency, 10, instr(substr(v.agency, 10), '/') - 1)";
  if (!of.employer.empty()) {
    return range(absl::StrCat("v.agency like '#learner/%' and ", employer, " = ", bind(of.employer)));
  }
  std::string owned = absl::StrCat("v.agency = ", bind(of.owner));
  absl::StrAppend(&owned, " and v.name > ", bind(absl::StrCat("agencies/", of.owner, "/")));
  absl::StrAppend(&owned, " and v.name < ", bind(absl::StrCat("agencies/", of.owner, "0")));
  const std::string own = absl::StrCat("v.agency = ", bind(of.learner));
  return absl::StrCat("select * from (", range(owned), ") taught union select * from (", range(own),
                      ") learnt");
}

}  // namespace accord::training
