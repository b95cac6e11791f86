// This file is about the tables of the outbox, version by version.
#ifndef ACCORD_CLIENTS_CONNECTOR_OUTBOX_SCHEMA_H_
#define ACCORD_CLIENTS_CONNECTOR_OUTBOX_SCHEMA_H_

#include <vector>

#include "common/storage/database/database.h"

namespace accord::connector {

std::vector<storage::Migration> OutboxSchema();

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_OUTBOX_SCHEMA_H_
