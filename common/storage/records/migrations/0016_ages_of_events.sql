-- title: ages of events
-- older versions cannot run: no

create index {concurrently} event_age on event (at_us)
