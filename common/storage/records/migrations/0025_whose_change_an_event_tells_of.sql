-- title: whose change an event tells of
-- older versions cannot run: no
--
-- Both are empty in what the version before stores.

alter table event add column agency text not null default '';
alter table event add column act text not null default ''
