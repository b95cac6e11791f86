-- title: protocols in force and coverage
-- older versions cannot run: no

create table operative (
  kind bigint not null, society {text} not null, police {text} not null, territory {text} not null,
  name {text} not null,
  primary key (kind, society, police, territory));
create index operative_name on operative (name);
create table coverage (
  name {text} not null, society {text} not null, police {text} not null, state bigint not null,
  review_due text not null,
  primary key (name, society, police))
