-- title: who reads which application
-- older versions cannot run: no

create table funding_reader (
  application {text} not null, agency {text} not null, person {text} not null,
  primary key (application, agency, person))
