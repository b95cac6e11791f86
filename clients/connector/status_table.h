// This file is about the status of the connector as people read it.
#ifndef ACCORD_CLIENTS_CONNECTOR_STATUS_TABLE_H_
#define ACCORD_CLIENTS_CONNECTOR_STATUS_TABLE_H_

#include <nlohmann/json.hpp>
#include <string>

namespace accord::connector {

// This is made of what StatusOf tells.
std::string StatusTable(const nlohmann::json& status);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_STATUS_TABLE_H_
