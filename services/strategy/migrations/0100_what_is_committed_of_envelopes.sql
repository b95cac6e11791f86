-- title: what is committed of envelopes
-- older versions cannot run: no
--
-- The row of the whole envelope has no fiscal year.

create table envelope_balance (
  envelope {text} not null, fiscal_year {text} not null, ceiling bigint, committed bigint not null,
  primary key (envelope, fiscal_year))
