-- title: cases listed for each seat
-- older versions cannot run: yes
--
-- The version before removes a case that it changes from the lists of the seats.

insert into unplaced (kind, name) select kind, name from resource where kind = 'case'
