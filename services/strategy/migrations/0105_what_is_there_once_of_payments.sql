-- title: what is there once of payments
-- older versions cannot run: no

create table payment_instalment (
  allocation {text} not null, instalment bigint not null, payment {text} not null,
  primary key (allocation, instalment));
create table payment_invoice (
  recipient {text} not null, invoice_ref {text} not null, payment {text} not null,
  primary key (recipient, invoice_ref))
