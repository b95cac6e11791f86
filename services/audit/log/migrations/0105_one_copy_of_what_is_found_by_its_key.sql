-- title: one copy of what is found by its key
-- older versions cannot run: no
--
-- A table whose rows are their key has SQLite keep each row twice, under a number of its own and in the index of the
-- key, unless the key is all there is. Half the pages are changed for each entry then.

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
