-- title: turns at calls
-- older versions cannot run: no

create table funding_call_lock (funding_call {text} not null primary key, taken bigint not null)
