-- title: claims by whom they ask, what they are for, and when they were paid
-- older versions cannot run: no

create table asked_claim (
  claim {text} not null primary key, consent {text} not null, asked {text} not null,
  expires_on {text} not null, shown bigint not null);
create index asked_claim_on on asked_claim (consent, claim);
create index asked_claim_of on asked_claim (asked, shown, claim);
create table sought_claim (
  claim {text} not null primary key, case_name {text} not null, benefit {text} not null,
  event_on {text} not null, payee {text} not null);
create index sought_claim_for on sought_claim (case_name, benefit, event_on, payee);
create table paid_claim (
  claim {text} not null primary key, case_name {text} not null, benefit {text} not null,
  fiscal_year {text} not null);
create index paid_claim_in on paid_claim (benefit, fiscal_year, case_name)
