-- title: ages of versions
-- older versions cannot run: no

create index {concurrently} revision_age on revision (at_us, kind, name, version)
