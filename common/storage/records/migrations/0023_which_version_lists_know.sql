-- title: which version lists know
-- older versions cannot run: no
--
-- What the version before stores has a version that is not listed.

alter table resource add column listed bigint not null default 0
