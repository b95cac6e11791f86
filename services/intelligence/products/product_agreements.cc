#include "services/intelligence/products/product_agreements.h"

#include <algorithm>

#include "common/access/names.h"
#include "common/base/error.h"

namespace accord::intelligence {
namespace {

using v1::Product;

}  // namespace

std::set<std::string> OriginatorsOf(const Product& product) {
  std::set<std::string> originators;
  for (const auto& input : product.inputs()) originators.insert(OwnerOf(input));
  originators.erase(OwnerOf(product.name()));
  return originators;
}

bool DropAgreements(const std::string& originator, Product* product) {
  auto* agreements = product->mutable_agreements();
  const auto gone = std::remove_if(agreements->begin(), agreements->end(),
                                   [&](const auto& each) { return each.agency() == originator; });
  const bool any = gone != agreements->end();
  agreements->erase(gone, agreements->end());
  return any;
}

absl::Status CheckAgreements(const Product& product) {
  for (const auto& originator : OriginatorsOf(product)) {
    const bool agreed =
        std::any_of(product.agreements().begin(), product.agreements().end(), [&](const auto& each) {
          return each.agency() == originator && each.digest() == product.sanitised_digest();
        });
    if (!agreed) {
      return Refuse(rules::kAgreementMissing,
                    "Each originator agrees to the sanitised text first: `agree product`.");
    }
  }
  return absl::OkStatus();
}

Product ProductForAgreement(const Product& product, const std::string& originator) {
  Product seen = product;
  seen.clear_text();
  seen.clear_inputs();
  seen.clear_recipients();
  seen.clear_agreements();
  for (const auto& input : product.inputs()) {
    if (OwnerOf(input) == originator) seen.add_inputs(input);
  }
  for (const auto& agreement : product.agreements()) {
    if (agreement.agency() == originator) *seen.add_agreements() = agreement;
  }
  return seen;
}

}  // namespace accord::intelligence
