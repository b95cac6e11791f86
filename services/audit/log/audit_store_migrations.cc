// The tables of the log, version by version.
#include "services/audit/log/audit_store.h"

namespace accord::audit {

std::vector<storage::Migration> AuditMigrations() {
  return {
      {100, "audit log", R"sql(
create table log_head (id bigint primary key, size bigint not null, root text not null);
create table entry (
  idx bigint primary key, call_id text not null, phase bigint not null, salt text not null, record text not null,
  leaf text not null);
create unique index entry_call on entry (call_id, phase);
create table concerned (
  agency {text} not null, as_owner bigint not null, idx bigint not null, primary key (agency, as_owner, idx));
create table touched (resource {text} not null, idx bigint not null, primary key (resource, idx));
create table node (level bigint not null, idx bigint not null, hash text not null, primary key (level, idx));
insert into log_head (id, size, root) values (1, 0, '')
)sql"},
      {101, "request ids, cosignatures", R"sql(
create table requested (
  agency {text} not null, request_id {text} not null, idx bigint not null,
  primary key (agency, request_id, idx));
create table cosignature (
  size bigint not null, witness {text} not null, note text not null, line text not null,
  primary key (size, witness))
)sql"},
      // On PostgreSQL the role that serves inserts; entries and hashes it can neither change nor delete.
      {102, "what the serving role changes", "grant update on log_head, cosignature to {app}"},
      // The version before goes on appending beside this one; what it does not index is indexed by the
      // next who appends. It fills `touched`, which nobody reads any more.
      {103, "parts of a record, what changed, who touched what", R"sql(
alter table entry add column part bigint not null default 0;
drop index entry_call;
create unique index entry_by_call on entry (call_id, phase, part);
create table touched_by (
  agency {text} not null, as_owner bigint not null, resource {text} not null, idx bigint not null,
  primary key (agency, as_owner, resource, idx));
insert into touched_by (agency, as_owner, resource, idx)
  select c.agency, c.as_owner, t.resource, t.idx from touched t join concerned c on c.idx = t.idx
  where c.as_owner = 0 or t.resource = 'agencies/' || c.agency
  or substr(t.resource, 1, length(c.agency) + 10) = 'agencies/' || c.agency || '/';
create table revised (digest {text} not null primary key, idx bigint not null);
create table revising (service {text} not null primary key, idx bigint not null);
create table reconciled (service {text} not null primary key, seq bigint not null, digest text not null);
alter table log_head add column indexed bigint not null default 0;
update log_head set indexed = size;
grant update on reconciled to {app}
)sql"},
      // A span of entries is a range of indexes: on PostgreSQL a partition of each table that grows with
      // the log. What grows with something else, or must be unique whatever the index, is in tables of
      // its own. Tables that hold entries already become the first span.
      {104, "spans, what was appended already", R"sql(
create table log_span (first bigint primary key, beyond bigint not null, moved_us bigint not null default 0);
create table moved_tile (idx bigint primary key, hashes text not null);
create table appended (
  call_id {text} not null, phase bigint not null, part bigint not null, at_us bigint not null,
  primary key (call_id, phase, part));
create index appended_by_time on appended (at_us);
grant delete on appended to {app};
{postgres} insert into appended (call_id, phase, part, at_us)
  select call_id, phase, part, cast(extract(epoch from now()) * 1000000 as bigint) from entry
  where idx >= (select size - 1000000 from log_head where id = 1);
{sqlite} insert into appended (call_id, phase, part, at_us)
  select call_id, phase, part, cast(strftime('%s', 'now') as integer) * 1000000 from entry
  where idx >= (select size - 1000000 from log_head where id = 1);
{sqlite} drop index entry_by_call;
insert into log_span (first, beyond)
  select 0, (size / 1048576 + 1) * 1048576 from log_head where id = 1 and size > 0;
{postgres} do $$
declare t text; key text; room bigint;
begin
  select coalesce(max(beyond), 0) into room from log_span;
  for t, key in select * from (values ('entry', 'idx'), ('concerned', 'agency, as_owner, idx'),
      ('touched_by', 'agency, as_owner, resource, idx'), ('requested', 'agency, request_id, idx')) as v loop
    execute format('alter table %I rename to %I', t, t || '_0');
    execute format('create table %I (like %I including defaults) partition by range (idx)', t, t || '_0');
    execute format('alter table %I add primary key (%s)', t, key);
    if room > 0 then
      execute format('alter table %I attach partition %I for values from (0) to (%s)', t, t || '_0', room);
    else
      execute format('drop table %I', t || '_0');
    end if;
  end loop;
end $$;
{postgres} create function log_extend(wanted bigint, span bigint) returns bigint
language plpgsql security definer as $$
declare t text; room bigint;
begin
  select coalesce(max(beyond), 0) into room from log_span;
  while room < wanted loop
    foreach t in array array['entry', 'concerned', 'touched_by', 'requested'] loop
      execute format('create table %I (like %I including defaults including constraints)', t || '_' || room, t);
      execute format('alter table %I attach partition %I for values from (%s) to (%s)',
        t, t || '_' || room, room, room + greatest(span, 256));
    end loop;
    insert into log_span (first, beyond) values (room, room + greatest(span, 256));
    room = room + greatest(span, 256);
  end loop;
  return room;
end $$;
{postgres} do $$
begin
  execute format('alter function log_extend(bigint, bigint) set search_path = %I, pg_temp', current_schema());
end $$;
{postgres} revoke all on function log_extend(bigint, bigint) from public;
grant execute on function log_extend(bigint, bigint) to {app}
)sql",
       true},
      // A table whose rows are their key has SQLite keep each row twice, under a number of its own and in the
      // index of the key, unless the key is all there is. Half the pages are changed for each entry then.
      {105, "one copy of what is found by its key", R"sql(
{sqlite} create table concerned_by_key (
  agency {text} not null, as_owner bigint not null, idx bigint not null,
  primary key (agency, as_owner, idx)) without rowid;
{sqlite} insert into concerned_by_key (agency, as_owner, idx)
  select agency, as_owner, idx from concerned order by agency, as_owner, idx;
{sqlite} drop table concerned;
{sqlite} alter table concerned_by_key rename to concerned;
{sqlite} create table touched_by_key (
  agency {text} not null, as_owner bigint not null, resource {text} not null, idx bigint not null,
  primary key (agency, as_owner, resource, idx)) without rowid;
{sqlite} insert into touched_by_key (agency, as_owner, resource, idx)
  select agency, as_owner, resource, idx from touched_by order by agency, as_owner, resource, idx;
{sqlite} drop table touched_by;
{sqlite} alter table touched_by_key rename to touched_by;
{sqlite} create table requested_by_key (
  agency {text} not null, request_id {text} not null, idx bigint not null,
  primary key (agency, request_id, idx)) without rowid;
{sqlite} insert into requested_by_key (agency, request_id, idx)
  select agency, request_id, idx from requested order by agency, request_id, idx;
{sqlite} drop table requested;
{sqlite} alter table requested_by_key rename to requested;
{sqlite} create table revised_by_key (
  digest {text} not null, idx bigint not null, primary key (digest)) without rowid;
{sqlite} insert into revised_by_key (digest, idx)
  select digest, idx from revised order by digest;
{sqlite} drop table revised;
{sqlite} alter table revised_by_key rename to revised;
{sqlite} create table appended_by_key (
  call_id text not null, phase bigint not null, part bigint not null, at_us bigint not null,
  primary key (call_id, phase, part)) without rowid;
{sqlite} insert into appended_by_key (call_id, phase, part, at_us)
  select call_id, phase, part, at_us from appended order by call_id, phase, part;
{sqlite} drop table appended;
{sqlite} alter table appended_by_key rename to appended;
{sqlite} create index appended_by_time on appended (at_us)
)sql"}};
}

}  // namespace accord::audit
