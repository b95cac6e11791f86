-- title: referrals sent, to be counted
-- older versions cannot run: no

create table sending (seq {autoinc}, agency {text} not null, hour bigint not null)
