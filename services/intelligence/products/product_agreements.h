// This file says which originators must agree to the sanitised text of a product, and whether they do.
#ifndef ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_AGREEMENTS_H_
#define ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_AGREEMENTS_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "accord/intelligence/v1/resources.pb.h"

namespace accord::intelligence {

// This gives the originators of the inputs, without the maker: each must agree to a sanitised text.
std::set<std::string> OriginatorsOf(const v1::Product& product);
// This removes an originator's agreements; it returns false if there was none.
bool DropAgreements(const std::string& originator, v1::Product* product);
// This fails with AGREEMENT_MISSING unless every originator agreed to the text as it is.
absl::Status CheckAgreements(const v1::Product& product);
// This gives what an originator must agree to: its own inputs, the title and the sanitised text.
v1::Product ProductForAgreement(const v1::Product& product, const std::string& originator);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_AGREEMENTS_H_
