-- title: organisations by their folded names
-- older versions cannot run: no

create table organisation_key (key {text} not null primary key, name text not null)
