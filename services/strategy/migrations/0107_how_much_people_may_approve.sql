-- title: how much people may approve
-- older versions cannot run: no
--
-- Who approved a payment is in no record, because nobody but the office is to read it.

create table approval_limit (
  agency {text} not null, person {text} not null, cents bigint not null, primary key (agency, person));
create table payment_approver (
  payment {text} not null primary key, agency {text} not null, person {text} not null)
