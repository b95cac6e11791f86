-- title: break-glass
-- older versions cannot run: no

create table emergency (agency {text} not null, name {text} not null, until_us bigint not null,
  primary key (agency, name))
