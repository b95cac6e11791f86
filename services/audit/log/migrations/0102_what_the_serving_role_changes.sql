-- title: what the serving role changes
-- older versions cannot run: no
-- stored line ends: none
--
-- On PostgreSQL the role that serves inserts; entries and hashes it can neither change nor delete.

grant update on log_head, cosignature to {app}
