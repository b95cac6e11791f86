-- title: holds by who placed them
-- older versions cannot run: no

create index {concurrently} held_by on held (agency, name)
