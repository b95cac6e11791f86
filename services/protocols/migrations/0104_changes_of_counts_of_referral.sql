-- title: changes of counts of referral
-- older versions cannot run: no
-- stored line ends: after

insert into counted (kind, field) values ('referral', 'tally');
{postgres}create trigger count_referral_added after insert on visible for each row when (new.kind = 'referral' and new.field in ('tally')) execute function count_visible();
{sqlite}create trigger count_referral_added after insert on visible for each row when (new.kind = 'referral' and new.field in ('tally')) begin insert into count_change (kind, agency, field, value, n) values (new.kind, new.agency, new.field, new.value, 1); end;
{postgres}create trigger count_referral_gone after delete on visible for each row when (old.kind = 'referral' and old.field in ('tally')) execute function count_visible();
{sqlite}create trigger count_referral_gone after delete on visible for each row when (old.kind = 'referral' and old.field in ('tally')) begin insert into count_change (kind, agency, field, value, n) values (old.kind, old.agency, old.field, old.value, -1); end;
