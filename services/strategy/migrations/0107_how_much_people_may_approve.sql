-- title: how much people may approve
-- older versions cannot run: no
--
-- No record says who approved a payment, because only the office may read that.

create table approval_limit (
  agency {text} not null, person {text} not null, cents bigint not null, primary key (agency, person));
create table payment_approver (
  payment {text} not null primary key, agency {text} not null, person {text} not null)
