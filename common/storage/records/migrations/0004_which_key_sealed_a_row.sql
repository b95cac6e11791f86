-- title: which key sealed a row
-- older versions cannot run: no

alter table resource add column seal_key text not null default '';
alter table revision add column seal_key text not null default '';
alter table idempotency add column seal_key text not null default '';
create index resource_seal_key on resource (seal_key);
create index revision_seal_key on revision (seal_key);
create index idempotency_seal_key on idempotency (seal_key)
