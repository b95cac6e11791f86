-- title: changes of counts
-- older versions cannot run: no

create table completion_change (
  seq {autoinc}, key {text} not null, course {text} not null, agency {text} not null, n bigint not null);
create index completion_change_of on completion_change (key)
