-- title: consents that stand, and what rests on them
-- older versions cannot run: no

create table live_consent (
  name {text} not null primary key, case_name {text} not null, purpose {text} not null,
  program {text} not null, expires_on {text} not null);
create index live_consent_of_case on live_consent (case_name, purpose, expires_on);
create index live_consent_for on live_consent (purpose, expires_on);
create table resting (
  referral {text} not null primary key, consent {text} not null, case_name {text} not null,
  kind {text} not null, receiver {text} not null, expires_on {text} not null, shown bigint not null);
create index resting_on on resting (consent, referral);
create index resting_with on resting (receiver, shown, referral)
