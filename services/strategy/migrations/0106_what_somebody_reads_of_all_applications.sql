-- title: what somebody reads of all applications
-- older versions cannot run: no

create index funding_reader_by_person on funding_reader (agency, person)
