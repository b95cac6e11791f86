-- title: claims by the first day of their event as well
-- older versions cannot run: no
--
-- `event_on` is the last day of the event. If the first day is empty, the older version has written the row,
-- and the last day is the only known one.

alter table sought_claim add column event_first {text} not null default ''
