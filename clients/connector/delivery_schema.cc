#include "clients/connector/delivery_schema.h"

namespace accord::connector {

storage::Migration DeliverySchema(int version) {
  // `state` is waiting, dead or discarded. What was delivered has no row, and what was discarded has none
  // once the log has told of it.
  return {version, "changes for webhooks", R"sql(
create table delivery (
  number {autoinc}, id {text} not null, webhook text not null, lane text not null, state text not null,
  attempts bigint not null, since_ms bigint not null, due_ms bigint not null, problem text not null,
  sealed text not null);
create unique index delivery_id on delivery (id);
create index delivery_due on delivery (webhook, state, due_ms);
create index delivery_lane on delivery (lane, state, number)
)sql"};
}

}  // namespace accord::connector
