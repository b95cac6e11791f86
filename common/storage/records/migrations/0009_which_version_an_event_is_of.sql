-- title: which version an event is of
-- older versions cannot run: no
--
-- The version is 0 in what was written before. There the request and the instant tell which revision an event is of.

alter table event add column version bigint not null default 0
