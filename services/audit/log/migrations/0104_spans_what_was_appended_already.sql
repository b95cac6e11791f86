-- title: spans, what was appended already
-- older versions cannot run: yes
--
-- A span of entries is a range of indexes: on PostgreSQL a partition of each table that grows with the log. What grows
-- with something else, or must be unique whatever the index, is in tables of its own. Tables that hold entries already
-- become the first span.

create table log_span (first bigint primary key, beyond bigint not null, moved_us bigint not null default 0);
create table moved_tile (idx bigint primary key, hashes text not null);
create table appended (
  call_id {text} not null, phase bigint not null, part bigint not null, at_us bigint not null,
  primary key (call_id, phase, part));
create index appended_by_time on appended (at_us);
grant delete on appended to {app};
{postgres} insert into appended (call_id, phase, part, at_us)
  select call_id, phase, part, cast(extract(epoch from now()) * 1000000 as bigint) from entry
  where idx >= (select size - 1000000 from log_head where id = 1);
{sqlite} insert into appended (call_id, phase, part, at_us)
  select call_id, phase, part, cast(strftime('%s', 'now') as integer) * 1000000 from entry
  where idx >= (select size - 1000000 from log_head where id = 1);
{sqlite} drop index entry_by_call;
insert into log_span (first, beyond)
  select 0, (size / 1048576 + 1) * 1048576 from log_head where id = 1 and size > 0;
{postgres} do $$
declare t text; key text; room bigint;
begin
  select coalesce(max(beyond), 0) into room from log_span;
  for t, key in select * from (values ('entry', 'idx'), ('concerned', 'agency, as_owner, idx'),
      ('touched_by', 'agency, as_owner, resource, idx'), ('requested', 'agency, request_id, idx')) as v loop
    execute format('alter table %I rename to %I', t, t || '_0');
    execute format('create table %I (like %I including defaults) partition by range (idx)', t, t || '_0');
    execute format('alter table %I add primary key (%s)', t, key);
    if room > 0 then
      execute format('alter table %I attach partition %I for values from (0) to (%s)', t, t || '_0', room);
    else
      execute format('drop table %I', t || '_0');
    end if;
  end loop;
end $$;
{postgres} create function log_extend(wanted bigint, span bigint) returns bigint
language plpgsql security definer as $$
declare t text; room bigint;
begin
  select coalesce(max(beyond), 0) into room from log_span;
  while room < wanted loop
    foreach t in array array['entry', 'concerned', 'touched_by', 'requested'] loop
      execute format('create table %I (like %I including defaults including constraints)', t || '_' || room, t);
      execute format('alter table %I attach partition %I for values from (%s) to (%s)',
        t, t || '_' || room, room, room + greatest(span, 256));
    end loop;
    insert into log_span (first, beyond) values (room, room + greatest(span, 256));
    room = room + greatest(span, 256);
  end loop;
  return room;
end $$;
{postgres} do $$
begin
  execute format('alter function log_extend(bigint, bigint) set search_path = %I, pg_temp', current_schema());
end $$;
{postgres} revoke all on function log_extend(bigint, bigint) from public;
grant execute on function log_extend(bigint, bigint) to {app}
