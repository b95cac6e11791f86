-- title: counts of accused
-- older versions cannot run: no
-- stored line ends: before
--
-- This is a step of its own, taken once every writer's changes are noted: it reads for long, and holds up no writer.

insert into count_change (kind, agency, field, value, n)
select kind, agency, field, value, sum(n) from (
  select v.kind, v.agency, v.field, v.value, count(*) as n from visible v
    join counted c on c.kind = v.kind and c.field = v.field
    where v.kind = 'accused' group by v.kind, v.agency, v.field, v.value
  union all select kind, agency, field, value, -n from count_total where kind = 'accused'
  union all select kind, agency, field, value, -n from count_change where kind = 'accused') as difference
group by kind, agency, field, value having sum(n) <> 0
