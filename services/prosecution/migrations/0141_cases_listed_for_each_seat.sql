-- title: cases listed for each seat
-- older versions cannot run: yes
--
-- The version before takes a case that it changes from the seats again.

insert into unplaced (kind, name) select kind, name from resource where kind = 'case'
