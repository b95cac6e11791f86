-- title: one row of the index of resources for many entries
-- older versions cannot run: yes
--
-- Lists of the same records touch the same names again and again. A row has the first entry that touched its
-- resource, and in `further` how far behind it the others are that were indexed with it (",3,7"). The rows of one
-- agency and resource do not overlap, so they stand in the order of all their entries. The version before would
-- see the first entry of each row alone.

alter table touched_by add column further {text} not null default ''
