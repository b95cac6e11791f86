// The tables that every service has, version by version.
#include <iterator>
#include <utility>

#include "common/storage/records/resources.h"

namespace accord::storage {

std::vector<Migration> CoreMigrations() {
  return {
      {1, "resources", R"sql(
create table resource (
  kind {text} not null, name {text} not null, owner text not null, state text not null, version bigint not null,
  create_us bigint not null, update_us bigint not null, body text not null,
  primary key (kind, name));
create table visible (
  kind {text} not null, agency {text} not null, field {text} not null, value {text} not null, name {text} not null,
  primary key (kind, agency, field, value, name));
create index visible_name on visible (kind, name);
create table revision (
  kind text not null, name text not null, version bigint not null, at_us bigint not null, agency text not null,
  actor text not null, request_id text not null, body text not null,
  primary key (kind, name, version));
create index revision_request on revision (request_id);
create table event (
  seq {autoinc}, kind text not null, name text not null, owner text not null, state text not null,
  at_us bigint not null, request_id text not null, tx bigint not null);
create table idempotency (
  agency text not null, actor text not null, request_id text not null, method text not null,
  request_hash text not null, response text not null, at_us bigint not null,
  primary key (agency, actor, request_id))
)sql"},
      {2, "leases", R"sql(
create table lease (name {text} not null primary key, holder text not null, expires_us bigint not null)
)sql"},
      {3, "what is due", R"sql(
create table due (
  kind {text} not null, name {text} not null, at_us bigint not null,
  primary key (kind, name));
create index due_at on due (at_us)
)sql"},
      {4, "which key sealed a row", R"sql(
alter table resource add column seal_key text not null default '';
alter table revision add column seal_key text not null default '';
alter table idempotency add column seal_key text not null default '';
create index resource_seal_key on resource (seal_key);
create index revision_seal_key on revision (seal_key);
create index idempotency_seal_key on idempotency (seal_key)
)sql"},
      {5, "ends of records", R"sql(
create table tombstone (
  owner {text} not null, name {text} not null, kind text not null, at_us bigint not null, reason text not null,
  purged bigint not null, digest text not null, primary key (owner, name));
create table legal_hold (
  name {text} not null primary key, reason text not null, agency text not null, actor text not null,
  at_us bigint not null)
)sql"},
      // With two columns alone SQLite took the primary key, whose first column every row of a kind shares.
      {6, "where a record is visible", R"sql(
drop index visible_name;
create index visible_by_name on visible (kind, name, agency, field, value)
)sql"},
      {7, "what is due of a kind", R"sql(
drop index due_at;
create index due_by_kind on due (kind, at_us)
)sql"},
      // Answers from before mention what their requests changed.
      {8, "what stored answers mention", R"sql(
alter table idempotency add column withheld text not null default '';
alter table idempotency add column gone text not null default '';
create index idempotency_age on idempotency (gone, at_us);
create table answer_resource (
  agency {text} not null, actor {text} not null, request_id {text} not null, position bigint not null,
  kind {text} not null, name {text} not null, seen bigint not null,
  primary key (agency, actor, request_id, position));
create index answer_resource_name on answer_resource (name);
insert into answer_resource (agency, actor, request_id, position, kind, name, seen)
  select i.agency, i.actor, i.request_id, row_number() over
    (partition by i.agency, i.actor, i.request_id order by r.kind, r.name) - 1, r.kind, r.name, 1
  from idempotency i join
    (select distinct agency, actor, request_id, kind, name from revision) r on r.request_id = i.request_id and
    r.agency = i.agency and r.actor = i.actor;
grant update on lease to {app};
grant update, delete on idempotency to {app};
grant delete on answer_resource to {app}
)sql"},
      // 0 in what was written before: then the request and the instant tell which revision an event is of.
      {9, "which version an event is of", R"sql(
alter table event add column version bigint not null default 0
)sql"},
      // The version before stores events without one; who serves the feed numbers them.
      {10, "the order in which changes took effect", R"sql(
alter table event add column position bigint;
update event set position = seq;
create unique index event_position on event (position);
create index event_unnumbered on event (seq) where position is null;
grant update on event to {app}
)sql"},
      // The version before reads JSON alone.
      {11, "bodies in binary", "", true},
      {12, "when what failed is tried again", R"sql(
alter table due add column retry_us bigint not null default 0;
grant update on due to {app}
)sql"},
      {13, "counts that are kept", R"sql(
create table counted (kind {text} not null, field {text} not null, primary key (kind, field));
create table count_total (
  kind {text} not null, agency {text} not null, field {text} not null, value {text} not null, n bigint not null,
  primary key (kind, agency, field, value));
create table count_change (
  seq {autoinc}, kind {text} not null, agency {text} not null, field {text} not null, value {text} not null,
  n bigint not null);
create index count_change_of on count_change (kind, agency, field);
{postgres}create function count_visible() returns trigger language plpgsql as $$ begin if tg_op = 'INSERT' then insert into count_change (kind, agency, field, value, n) values (new.kind, new.agency, new.field, new.value, 1); else insert into count_change (kind, agency, field, value, n) values (old.kind, old.agency, old.field, old.value, -1); end if; return null; end $$;
grant update on count_total to {app};
grant delete on count_change to {app}
)sql"},
      // What services did before this is in their own steps, as far as revisions tell it.
      {14, "who did which act on a record", R"sql(
create table contribution (
  record {text} not null, agency {text} not null, actor {text} not null, act {text} not null,
  primary key (record, agency, actor, act))
)sql"},
      // What serves the log deletes no event and no version, and nobody compares its own.
      {15, "how far the log has compared", R"sql(
create table settled (log {text} not null primary key, position bigint not null);
grant update on settled to {app}
)sql"},
      {16, "ages of events", R"sql(
create index {concurrently} event_age on event (at_us)
)sql"},
      {17, "ages of versions", R"sql(
create index {concurrently} revision_age on revision (at_us, kind, name, version)
)sql"},
      {20, "each agency holds for itself", R"sql(
create table held (
  name {text} not null, agency {text} not null, reason text not null, actor text not null, at_us bigint not null,
  primary key (name, agency));
grant delete on held to {app}
)sql"},
      // A request has one row, however much it changed, and the row is swept with its stored answer.
      {21, "what a gateway signed of a request", R"sql(
alter table idempotency add column assertion text not null default ''
)sql"},
      {22, "which fields all rows have sealed", R"sql(
create table sealed_classes (classes {text} not null primary key, at_us bigint not null);
grant delete on sealed_classes to {app}
)sql"},
      // What the version before stores has a version that is not listed.
      {23, "which version lists know", R"sql(
alter table resource add column listed bigint not null default 0
)sql"},
      {24, "what lists do not know", R"sql(
create index {concurrently} resource_unlisted on resource (kind, name) where listed <> version
)sql"},
      // Both are empty in what the version before stores.
      {25, "whose change an event tells of", R"sql(
alter table event add column agency text not null default '';
alter table event add column act text not null default ''
)sql"},
      // Both are empty until the office puts a rule set in force, and in services that go by none.
      {26, "the law in force", R"sql(
create table law_in_force (
  law {text} not null primary key, name text not null, digest text not null, at_us bigint not null,
  looked_kind text not null, looked_name text not null, looked_all bigint not null);
create table law_replica (
  replica {text} not null primary key, digest text not null, version text not null, at_us bigint not null);
grant update on law_in_force to {app};
grant update, delete on law_replica to {app}
)sql"}};
}

std::vector<Migration> WithCore(std::vector<Migration> own) {
  std::vector<Migration> all = CoreMigrations();
  std::move(own.begin(), own.end(), std::back_inserter(all));
  return all;
}

}  // namespace accord::storage
