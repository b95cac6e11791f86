-- title: each agency holds for itself
-- older versions cannot run: no

create table held (
  name {text} not null, agency {text} not null, reason text not null, actor text not null, at_us bigint not null,
  primary key (name, agency));
grant delete on held to {app}
