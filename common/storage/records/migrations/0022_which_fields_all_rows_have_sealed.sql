-- title: which fields all rows have sealed
-- older versions cannot run: no

create table sealed_classes (classes {text} not null primary key, at_us bigint not null);
grant delete on sealed_classes to {app}
