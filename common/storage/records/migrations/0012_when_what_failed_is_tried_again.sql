-- title: when what failed is tried again
-- older versions cannot run: no

alter table due add column retry_us bigint not null default 0;
grant update on due to {app}
