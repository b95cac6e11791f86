-- title: what is due of a kind
-- older versions cannot run: no

drop index due_at;
create index due_by_kind on due (kind, at_us)
