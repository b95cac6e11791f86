-- title: request ids, cosignatures
-- older versions cannot run: no

create table requested (
  agency {text} not null, request_id {text} not null, idx bigint not null,
  primary key (agency, request_id, idx));
create table cosignature (
  size bigint not null, witness {text} not null, note text not null, line text not null,
  primary key (size, witness))
