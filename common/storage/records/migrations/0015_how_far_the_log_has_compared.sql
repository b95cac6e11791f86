-- title: how far the log has compared
-- older versions cannot run: no
--
-- What serves the log deletes no event and no version, and nobody compares its own.

create table settled (log {text} not null primary key, position bigint not null);
grant update on settled to {app}
