-- title: whether changes have older keys
-- older versions cannot run: no
--
-- A version before wrote the key of a change that the log tells of without the name of its service. Where no such key is
-- left, an append relies on the primary key of `revised` alone, and looks nothing up.

alter table log_head add column old_keys bigint not null default 0;
update log_head set old_keys = 1 where exists (select 1 from revised where digest not like '%.%')
