-- title: cases by state, program and age
-- older versions cannot run: yes
--
-- The version before writes no rows by which cases are narrowed and ordered.

update resource set listed = 0 where kind = 'support_case'
