// This file is about the definition by which a figure of an indicator was counted.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_DEFINITION_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_DEFINITION_H_

#include <string>

#include "accord/strategy/v1/resources.pb.h"

namespace accord::ctl {

// This gives the definition of this version; it is empty if it was not kept.
inline std::string IndicatorDefinitionOf(const strategy::v1::Indicator& indicator, int version) {
  if (version == indicator.definition_version()) return indicator.definition();
  for (const auto& definition : indicator.definitions()) {
    if (definition.version() == version) return definition.text();
  }
  return "";
}

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_INDICATOR_DEFINITION_H_
