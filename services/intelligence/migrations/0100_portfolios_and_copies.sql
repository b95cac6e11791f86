-- title: portfolios and copies
-- older versions cannot run: no

create table portfolio (police_service {text} not null primary key, position text not null);
create table copy (
  report {text} not null, agency {text} not null, name {text} not null, release text not null,
  primary key (report, agency, name))
