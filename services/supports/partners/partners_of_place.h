// This says which partners serve a place.
#ifndef ACCORD_SERVICES_SUPPORTS_PARTNERS_PARTNERS_OF_PLACE_H_
#define ACCORD_SERVICES_SUPPORTS_PARTNERS_PARTNERS_OF_PLACE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/records/resources.h"

namespace accord::supports {

// This gives the ids of the agencies that a program funds for the survivors of a place, by the place's
// code, on a day `YYYY-MM-DD`. Each id comes once, and there is at most a page of them. No agency serves an
// empty code.
absl::StatusOr<std::vector<std::string>> PartnerAgenciesOfPlace(storage::Transaction& tx,
                                                                storage::Resources* partners,
                                                                const std::string& viewer,
                                                                const std::string& code,
                                                                const std::string& day);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_PARTNERS_PARTNERS_OF_PLACE_H_
