-- title: the order in which changes took effect
-- older versions cannot run: no
--
-- The version before stores events without one; who serves the feed numbers them.

alter table event add column position bigint;
update event set position = seq;
create unique index event_position on event (position);
create index event_unnumbered on event (seq) where position is null;
grant update on event to {app}
