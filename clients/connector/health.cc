#include "clients/connector/health.h"

namespace accord::connector {

Health HealthOf(const nlohmann::json& status) {
  nlohmann::json reasons = nlohmann::json::array();
  for (const nlohmann::json& each : status.at("troubles")) {
    if (each.at("stops").get<bool>()) reasons.push_back({{"what", each.at("what")}, {"do", each.at("do")}});
  }
  const bool healthy = reasons.empty();
  return {healthy ? 200 : 503, {{"healthy", healthy}, {"reasons", reasons}}};
}

}  // namespace accord::connector
