-- title: counts that are kept
-- older versions cannot run: no

create table counted (kind {text} not null, field {text} not null, primary key (kind, field));
create table count_total (
  kind {text} not null, agency {text} not null, field {text} not null, value {text} not null, n bigint not null,
  primary key (kind, agency, field, value));
create table count_change (
  seq {autoinc}, kind {text} not null, agency {text} not null, field {text} not null, value {text} not null,
  n bigint not null);
create index count_change_of on count_change (kind, agency, field);
{postgres}create function count_visible() returns trigger language plpgsql as $$ begin if tg_op = 'INSERT' then insert into count_change (kind, agency, field, value, n) values (new.kind, new.agency, new.field, new.value, 1); else insert into count_change (kind, agency, field, value, n) values (old.kind, old.agency, old.field, old.value, -1); end if; return null; end $$;
grant update on count_total to {app};
grant delete on count_change to {app}
