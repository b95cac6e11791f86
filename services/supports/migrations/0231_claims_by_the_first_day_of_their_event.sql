-- title: claims by the first day of their event as well
-- older versions cannot run: no
--
-- `event_on` is the last day of the event. Where no first one stands, the version before has written the
-- row, and it is the only day that is known.

alter table sought_claim add column event_first {text} not null default ''
