-- title: changes of counts of accused
-- older versions cannot run: no
-- stored line ends: after

insert into counted (kind, field) values ('accused', 'stage');
insert into counted (kind, field) values ('accused', 'region');
insert into counted (kind, field) values ('accused', 'restitution');
{postgres}create trigger count_accused_added after insert on visible for each row when (new.kind = 'accused' and new.field in ('stage', 'region', 'restitution')) execute function count_visible();
{sqlite}create trigger count_accused_added after insert on visible for each row when (new.kind = 'accused' and new.field in ('stage', 'region', 'restitution')) begin insert into count_change (kind, agency, field, value, n) values (new.kind, new.agency, new.field, new.value, 1); end;
{postgres}create trigger count_accused_gone after delete on visible for each row when (old.kind = 'accused' and old.field in ('stage', 'region', 'restitution')) execute function count_visible();
{sqlite}create trigger count_accused_gone after delete on visible for each row when (old.kind = 'accused' and old.field in ('stage', 'region', 'restitution')) begin insert into count_change (kind, agency, field, value, n) values (old.kind, old.agency, old.field, old.value, -1); end;
