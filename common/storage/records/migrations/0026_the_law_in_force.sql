-- title: the law in force
-- older versions cannot run: no
--
-- Both are empty until the office puts a rule set in force, and in services that go by none.

create table law_in_force (
  law {text} not null primary key, name text not null, digest text not null, at_us bigint not null,
  looked_kind text not null, looked_name text not null, looked_all bigint not null);
create table law_replica (
  replica {text} not null primary key, digest text not null, version text not null, at_us bigint not null);
grant update on law_in_force to {app};
grant update, delete on law_replica to {app}
