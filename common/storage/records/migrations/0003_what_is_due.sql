-- title: what is due
-- older versions cannot run: no

create table due (
  kind {text} not null, name {text} not null, at_us bigint not null,
  primary key (kind, name));
create index due_at on due (at_us)
