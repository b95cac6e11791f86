// The agencies that exist from the start.
#ifndef ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCIES_CSV_H_
#define ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCIES_CSV_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/registry/v1/resources.pb.h"

namespace accord::registry {

// RFC 4180 with the columns id,name,kind,region,indigenous,notes,valid_from,valid_to and, if the header has
// them, about_from,about_to: years or months, where no source prints a day; and after these successor: the id
// of who took the agency's place when it ended, and names: other names as NAME|FROM|TO|SOURCE with `;`
// between them. An error names the line.
absl::StatusOr<std::vector<v1::Agency>> ParseAgencies(const std::string& csv);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCIES_CSV_H_
