-- title: resources
-- older versions cannot run: no

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
