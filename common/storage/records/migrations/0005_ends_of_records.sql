-- title: ends of records
-- older versions cannot run: no

create table tombstone (
  owner {text} not null, name {text} not null, kind text not null, at_us bigint not null, reason text not null,
  purged bigint not null, digest text not null, primary key (owner, name));
create table legal_hold (
  name {text} not null primary key, reason text not null, agency text not null, actor text not null,
  at_us bigint not null)
