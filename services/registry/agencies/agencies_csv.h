// This reads the agencies that exist from the start.
#ifndef ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCIES_CSV_H_
#define ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCIES_CSV_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/registry/v1/resources.pb.h"

namespace accord::registry {

// This reads RFC 4180 with the columns id,name,kind,region,indigenous,notes,valid_from,valid_to. The header
// may have further columns: about_from,about_to, which are years or months where no source prints a day; then
// successor, the id of the agency that took the place of one that ended; and names, the other names as
// NAME|FROM|TO|SOURCE with `;` between them. An error names the line.
absl::StatusOr<std::vector<v1::Agency>> ParseAgencies(const std::string& csv);

}  // namespace accord::registry

#endif  // ACCORD_SERVICES_REGISTRY_AGENCIES_AGENCIES_CSV_H_
