-- title: who contributed before it was kept
-- older versions cannot run: no
--
-- A person of the originator's or the maker's agency who stored a version had a hand in it.

insert into contribution (record, agency, actor, act)
  select distinct name, agency, actor, 'accord.intelligence.v1.ReportService.CreateReport' from revision
  where kind = 'report' and name like 'agencies/' || agency || '/%';
insert into contribution (record, agency, actor, act)
  select distinct name, agency, actor, 'accord.intelligence.v1.ProductService.SanitiseProduct' from revision
  where kind = 'product' and name like 'agencies/' || agency || '/%'
