-- title: reports that are not in use end too
-- older versions cannot run: no
--
-- This is what the version before left in these states for ever; PassTime says when each ends.

insert into due (kind, name, at_us)
  select 'report', r.name, 0 from resource r where r.kind = 'report' and
    r.state in ('draft', 'submitted', 'evaluated', 'returned', 'rejected', 'recalled') and
    not exists (select 1 from due d where d.kind = 'report' and d.name = r.name)
