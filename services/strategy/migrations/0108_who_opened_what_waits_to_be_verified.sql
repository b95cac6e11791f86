-- title: who opened what waits to be verified
-- older versions cannot run: no
--
-- A person who verifies must have opened the version that was submitted, which the etag identifies.

create table observation_opened (
  observation {text} not null, etag {text} not null, agency {text} not null, person {text} not null,
  opened_at bigint not null, primary key (observation, etag, agency, person))
