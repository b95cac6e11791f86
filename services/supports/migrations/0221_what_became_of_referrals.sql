-- title: what became of referrals
-- older versions cannot run: no

create table referral_outcome (
  referral {text} not null primary key, case_name {text} not null, outcome {text} not null);
create index referral_outcome_by on referral_outcome (outcome, case_name)
