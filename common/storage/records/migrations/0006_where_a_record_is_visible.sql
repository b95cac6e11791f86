-- title: where a record is visible
-- older versions cannot run: no
--
-- With two columns alone SQLite took the primary key, whose first column every row of a kind shares.

drop index visible_name;
create index visible_by_name on visible (kind, name, agency, field, value)
