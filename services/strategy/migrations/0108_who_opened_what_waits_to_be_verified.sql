-- title: who opened what waits to be verified
-- older versions cannot run: no
--
-- Whoever verifies has opened the version that was submitted, which its etag tells from any other one.

create table observation_opened (
  observation {text} not null, etag {text} not null, agency {text} not null, person {text} not null,
  opened_at bigint not null, primary key (observation, etag, agency, person))
