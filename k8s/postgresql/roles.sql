-- This makes the database, and a schema and two roles for each service. Run it with psql as a superuser, again after
-- each change of it:
--   psql -f roles.sql [-v database=accord]
-- accord_<service>_owner owns the schema and runs --migrate; accord_<service> serves: it reads and writes rows, and
-- changes no table. Roles log in with a certificate whose common name is the role's (pg_hba.conf: hostssl ... cert).
\set ON_ERROR_STOP on
\set QUIET on
\if :{?database} \else \set database accord \endif
select format('create database %I', :'database')
where not exists (select from pg_database where datname = :'database') \gexec
\connect :"database"
set client_min_messages = warning;

-- The one list of services. What serves the audit adds: entries and hashes it can neither change nor delete;
-- migrations name the few tables that it updates, none of them with what is recorded.
create temporary table service (name text, rows text);
insert into service values
  ('audit', 'select, insert'),
  ('intelligence', 'select, insert, update, delete'),
  ('prosecution', 'select, insert, update, delete'),
  ('protocols', 'select, insert, update, delete'),
  ('registry', 'select, insert, update, delete'),
  ('strategy', 'select, insert, update, delete'),
  ('supports', 'select, insert, update, delete'),
  ('training', 'select, insert, update, delete');
create temporary view role as
  select name as schema, 'accord_' || name as app, 'accord_' || name || '_owner' as owner, rows from service;

-- Two databases of one server may be made at once.
select pg_advisory_lock(7237240) \g /dev/null
select format('create role %I login', new) from role, unnest(array[app, owner]) new
where not exists (select from pg_roles where rolname = new) \gexec
-- A statement that hangs ends before its caller's patience; a migration may take what it takes.
select format('alter role %I set %s', app, setting) from role, unnest(array[
  'statement_timeout = ''15s''', 'lock_timeout = ''5s''', 'idle_in_transaction_session_timeout = ''30s''']) setting \gexec
-- Replicas of the audit take turns at one lock: one that freezes holds up every call.
alter role accord_audit set idle_in_transaction_session_timeout = '3s';
select format('alter role %I set statement_timeout = 0', owner) from role \gexec
select format('alter role %I set search_path = %I', one, schema) from role, unnest(array[app, owner]) one \gexec
select pg_advisory_unlock(7237240) \g /dev/null

select format('revoke all on database %I from public', :'database') \gexec
revoke all on schema public from public;
select format('grant connect on database %I to %I, %I', :'database', app, owner) from role \gexec
select format('create schema if not exists %I authorization %I', schema, owner) from role \gexec
select format('grant usage on schema %I to %I', schema, app) from role \gexec
select format('alter default privileges for role %I in schema %I grant %s on tables to %I', owner, schema, rows, app)
from role \gexec
select format('alter default privileges for role %I in schema %I grant usage, select on sequences to %I', owner, schema, app)
from role \gexec
