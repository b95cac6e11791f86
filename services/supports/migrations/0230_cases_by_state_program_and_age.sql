-- title: cases by state, program and age
-- older versions cannot run: yes
--
-- The older version writes no rows by which cases are filtered and ordered.

update resource set listed = 0 where kind = 'support_case'
