-- title: who works where
-- older versions cannot run: no

create table taken_site (
  program {text} not null, site {text} not null, position {text} not null, primary key (program, site));
create index taken_site_by on taken_site (position)
