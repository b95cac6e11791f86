#include "services/strategy/strategy_store.h"

namespace accord::strategy {

std::vector<storage::Migration> StrategyMigrations() {
  std::vector<storage::Migration> migrations;
  // The row of the whole envelope has no fiscal year.
  migrations.push_back({100, "what is committed of envelopes", R"sql(
create table envelope_balance (
  envelope {text} not null, fiscal_year {text} not null, ceiling bigint, committed bigint not null,
  primary key (envelope, fiscal_year))
)sql"});
  migrations.push_back({101, "organisations by their folded names", R"sql(
create table organisation_key (key {text} not null primary key, name text not null)
)sql"});
  migrations.push_back({102, "turns at calls", R"sql(
create table funding_call_lock (funding_call {text} not null primary key, taken bigint not null)
)sql"});
  migrations.push_back({103, "who reads which application", R"sql(
create table funding_reader (
  application {text} not null, agency {text} not null, person {text} not null,
  primary key (application, agency, person))
)sql"});
  migrations.push_back({104, "what is there once for an application", R"sql(
create table funding_once (
  application {text} not null, what {text} not null, agency {text} not null, person {text} not null,
  record {text} not null, primary key (application, what, agency, person))
)sql"});
  migrations.push_back({105, "what is there once of payments", R"sql(
create table payment_instalment (
  allocation {text} not null, instalment bigint not null, payment {text} not null,
  primary key (allocation, instalment));
create table payment_invoice (
  recipient {text} not null, invoice_ref {text} not null, payment {text} not null,
  primary key (recipient, invoice_ref))
)sql"});
  migrations.push_back({106, "what somebody reads of all applications", R"sql(
create index funding_reader_by_person on funding_reader (agency, person)
)sql"});
  // Who approved a payment is in no record, because nobody but the office is to read it.
  migrations.push_back({107, "how much people may approve", R"sql(
create table approval_limit (
  agency {text} not null, person {text} not null, cents bigint not null, primary key (agency, person));
create table payment_approver (
  payment {text} not null primary key, agency {text} not null, person {text} not null)
)sql"});
  // Whoever verifies has opened the version that was submitted, which its etag tells from any other one.
  migrations.push_back({108, "who opened what waits to be verified", R"sql(
create table observation_opened (
  observation {text} not null, etag {text} not null, agency {text} not null, person {text} not null,
  opened_at bigint not null, primary key (observation, etag, agency, person))
)sql"});
  return migrations;
}

}  // namespace accord::strategy
