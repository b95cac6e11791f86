-- title: parts of a record, what changed, who touched what
-- older versions cannot run: no
--
-- The version before goes on appending beside this one; what it does not index is indexed by the next who appends. It
-- fills `touched`, which nobody reads any more.

alter table entry add column part bigint not null default 0;
drop index entry_call;
create unique index entry_by_call on entry (call_id, phase, part);
create table touched_by (
  agency {text} not null, as_owner bigint not null, resource {text} not null, idx bigint not null,
  primary key (agency, as_owner, resource, idx));
insert into touched_by (agency, as_owner, resource, idx)
  select c.agency, c.as_owner, t.resource, t.idx from touched t join concerned c on c.idx = t.idx
  where c.as_owner = 0 or t.resource = 'agencies/' || c.agency
  or substr(t.resource, 1, length(c.agency) + 10) = 'agencies/' || c.agency || '/';
create table revised (digest {text} not null primary key, idx bigint not null);
create table revising (service {text} not null primary key, idx bigint not null);
create table reconciled (service {text} not null primary key, seq bigint not null, digest text not null);
alter table log_head add column indexed bigint not null default 0;
update log_head set indexed = size;
grant update on reconciled to {app}
