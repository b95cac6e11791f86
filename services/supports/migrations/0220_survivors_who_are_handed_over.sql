-- title: survivors who are handed over
-- older versions cannot run: no

create table benefit_account (case_name {text} not null primary key, account {text} not null);
create index resting_of_case on resting (case_name, kind, referral)
