-- title: audit log
-- older versions cannot run: no

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
