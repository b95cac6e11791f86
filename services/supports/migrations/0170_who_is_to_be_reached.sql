-- title: who is to be reached
-- older versions cannot run: no

create table survivor_notice (
  name {text} not null primary key, case_name {text} not null, waits bigint not null);
create index survivor_notice_of_case on survivor_notice (case_name, waits, name)
