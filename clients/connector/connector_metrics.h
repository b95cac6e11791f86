// This file is about the numbers of the connector for Prometheus.
#ifndef ACCORD_CLIENTS_CONNECTOR_CONNECTOR_METRICS_H_
#define ACCORD_CLIENTS_CONNECTOR_CONNECTOR_METRICS_H_

#include <nlohmann/json.hpp>
#include <string>

namespace accord::connector {

// This gives the page in Prometheus' text format, of what StatusOf tells. Its labels are names of the
// configuration, and nothing of an act or a person.
std::string MetricsOf(const nlohmann::json& status);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_CONNECTOR_METRICS_H_
