-- title: money for benefits, and what is approved of it
-- older versions cannot run: no

create table fund_line (
  name {text} not null primary key, allocation {text} not null unique, agency {text} not null,
  fund {text} not null, fiscal_year {text} not null, amount bigint not null, reserved bigint not null,
  paid bigint not null);
create index fund_line_for on fund_line (agency, fund, fiscal_year, name);
create table benefit_used (
  case_name {text} not null, benefit {text} not null, used bigint not null, primary key (case_name, benefit));
create table paid_invoice (
  payee {text} not null, invoice {text} not null, primary key (payee, invoice))
