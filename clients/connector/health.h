// This file is about what the connector answers to those who look after it: /healthz, /metrics
// and /v1/status.
#ifndef ACCORD_CLIENTS_CONNECTOR_HEALTH_H_
#define ACCORD_CLIENTS_CONNECTOR_HEALTH_H_

#include <nlohmann/json.hpp>

namespace accord::connector {

struct Health {
  // This is 200, or 503 while no act is taken or sent.
  int http_status;
  // This is {"healthy", "reasons"}: each reason has `what` and `do`.
  nlohmann::json body;
};

// This is made of what StatusOf tells. A gateway that is away is no reason: acts are taken meanwhile, and to
// begin the connector anew would help nobody.
Health HealthOf(const nlohmann::json& status);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_HEALTH_H_
