-- title: what is there once for an application
-- older versions cannot run: no

create table funding_once (
  application {text} not null, what {text} not null, agency {text} not null, person {text} not null,
  record {text} not null, primary key (application, what, agency, person))
