-- title: copies by who has them
-- older versions cannot run: no

create index {concurrently} copy_by_agency on copy (agency, name)
