-- title: what the office counts
-- older versions cannot run: no

create table office_count (tally {text} not null primary key, n bigint not null, at_us bigint not null);
insert into due (kind, name, at_us) values ('prosecution_counts', 'prosecution_counts', 0);
grant delete on office_count to {app}
