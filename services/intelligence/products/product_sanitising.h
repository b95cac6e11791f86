// This file says whether a product is sanitised, and what its sanitised text is.
#ifndef ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_SANITISING_H_
#define ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_SANITISING_H_

#include <string>

#include "absl/status/status.h"
#include "accord/intelligence/v1/resources.pb.h"

namespace accord::intelligence {

// This says whether recipients read the sanitised text of the product and not what it was made from.
inline bool Sanitised(const v1::Product& product) { return !product.sanitised_digest().empty(); }
// This gives the SHA-256, in hex, of title and sanitised text, to which originators agree.
std::string SanitisedDigest(const v1::Product& product);
// This fails with CHECKLIST_INCOMPLETE unless the sanitiser made sure of every line.
absl::Status CheckChecklist(const v1::SanitisingChecklist& checklist);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_SANITISING_H_
