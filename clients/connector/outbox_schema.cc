#include "clients/connector/outbox_schema.h"

namespace accord::connector {

std::vector<storage::Migration> OutboxSchema() {
  return {
      // `room` has one row: how many acts there are, and how many bytes they have with their outcomes.
      {1, "outbox", R"sql(
create table call (
  number {autoinc}, id {text} not null, caller text not null, client_key text, digest text not null,
  lane text not null, state text not null, attempts bigint not null, bytes bigint not null, sealed text not null,
  outcome text, erase_ms bigint);
create unique index call_id on call (id);
create unique index call_client_key on call (caller, client_key);
create index call_waiting on call (state, number);
create index call_erase on call (erase_ms);
create table room (calls bigint not null, bytes bigint not null);
insert into room (calls, bytes) values (0, 0)
)sql"},
      // An act with `once` leaves its key behind when it is erased.
      {2, "keys that hold for ever", R"sql(
alter table call add column once bigint not null default 0;
create table spent (caller {text} not null, client_key {text} not null, primary key (caller, client_key))
)sql"},
  };
}

}  // namespace accord::connector
