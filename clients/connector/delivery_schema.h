// The table of changes that are to be delivered to webhooks.
#ifndef ACCORD_CLIENTS_CONNECTOR_DELIVERY_SCHEMA_H_
#define ACCORD_CLIENTS_CONNECTOR_DELIVERY_SCHEMA_H_

#include "common/storage/database/database.h"

namespace accord::connector {

// This gives the step of this version, in the database of the positions.
storage::Migration DeliverySchema(int version);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_DELIVERY_SCHEMA_H_
