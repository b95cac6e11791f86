// This is what a product is by its content: whether it is sanitised, who sees it, what its sanitised text is.
#ifndef ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCTS_H_
#define ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCTS_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "accord/intelligence/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::intelligence {

// Recipients read the sanitised text of such a product, not what it was made from.
inline bool Sanitised(const v1::Product& product) { return !product.sanitised_digest().empty(); }
// SHA-256, in hex, of title and sanitised text: what originators agree to.
std::string SanitisedDigest(const v1::Product& product);

// The originators of its inputs, without the maker: each must agree to a sanitised text.
std::set<std::string> OriginatorsOf(const v1::Product& product);
// CHECKLIST_INCOMPLETE unless the sanitiser made sure of every line.
absl::Status CheckChecklist(const v1::SanitisingChecklist& checklist);
// Takes an originator's agreements away; false if there was none.
bool DropAgreements(const std::string& originator, v1::Product* product);
// AGREEMENT_MISSING unless every originator agreed to the text as it is.
absl::Status CheckAgreements(const v1::Product& product);

// The maker's agency sees it; once sanitised the originators of its inputs do too.
storage::Placement PlacementOf(const v1::Product& product);
// Gives what an originator must agree to: its own inputs, the title and the sanitised text.
v1::Product ForAgreement(const v1::Product& product, const std::string& originator);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCTS_H_
