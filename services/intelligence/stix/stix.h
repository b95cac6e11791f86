// This exports a sanitised product as STIX 2.1 (OASIS Standard, 10 June 2021).
#ifndef ACCORD_SERVICES_INTELLIGENCE_STIX_STIX_H_
#define ACCORD_SERVICES_INTELLIGENCE_STIX_STIX_H_

#include <string>

#include "absl/status/statusor.h"
#include "accord/intelligence/v1/resources.pb.h"

namespace accord::intelligence {

// This gives a bundle, as JSON in UTF-8, of the TLP marking, the maker's identity and one report that holds
// the title and the sanitised text. Nothing else of the product leaves except its kind and its times. The
// same arguments give the same bytes. `maker_name` is the agency's public name; `tlp_color` is white, green,
// amber or red (section 7.2.1.4). It refuses PRODUCT_NOT_SANITISED, PRODUCT_NOT_ISSUED and TLP_UNKNOWN.
absl::StatusOr<std::string> StixBundle(const v1::Product& product, const std::string& maker_name,
                                       const std::string& tlp_color);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_STIX_STIX_H_
