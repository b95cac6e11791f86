// This file loads the dated rules, territories and model agreement that the services go by.
#ifndef ACCORD_SERVICES_PROTOCOLS_REFERENCE_DATA_H_
#define ACCORD_SERVICES_PROTOCOLS_REFERENCE_DATA_H_

#include <string>

#include "absl/status/statusor.h"
#include "accord/protocols/v1/rules.pb.h"
#include "services/protocols/attachments/attachment_limits.h"
#include "services/protocols/coverage/territories.h"
#include "services/protocols/rules.h"

namespace accord::protocols {

// This is the data that the services go by.
struct ReferenceData {
  Rules rules;
  Territories territories;
  v1::Template model;
  // These limits come with the configuration and not from a data file.
  AttachmentLimits attachments = {};
  static absl::StatusOr<ReferenceData> Load(const std::string& rules_file,
                                            const std::string& territories_file,
                                            const std::string& template_file);
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_REFERENCE_DATA_H_
