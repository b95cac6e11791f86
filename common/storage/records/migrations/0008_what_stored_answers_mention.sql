-- title: what stored answers mention
-- older versions cannot run: no
--
-- Answers from before mention what their requests changed.

alter table idempotency add column withheld text not null default '';
alter table idempotency add column gone text not null default '';
create index idempotency_age on idempotency (gone, at_us);
create table answer_resource (
  agency {text} not null, actor {text} not null, request_id {text} not null, position bigint not null,
  kind {text} not null, name {text} not null, seen bigint not null,
  primary key (agency, actor, request_id, position));
create index answer_resource_name on answer_resource (name);
insert into answer_resource (agency, actor, request_id, position, kind, name, seen)
  select i.agency, i.actor, i.request_id, row_number() over
    (partition by i.agency, i.actor, i.request_id order by r.kind, r.name) - 1, r.kind, r.name, 1
  from idempotency i join
    (select distinct agency, actor, request_id, kind, name from revision) r on r.request_id = i.request_id and
    r.agency = i.agency and r.actor = i.actor;
grant update on lease to {app};
grant update, delete on idempotency to {app};
grant delete on answer_resource to {app}
