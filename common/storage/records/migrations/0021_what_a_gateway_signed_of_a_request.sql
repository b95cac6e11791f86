-- title: what a gateway signed of a request
-- older versions cannot run: no
--
-- A request has one row, however much it changed, and the row is swept with its stored answer.

alter table idempotency add column assertion text not null default ''
