#include "services/intelligence/products/products.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::intelligence {

using v1::Product;

std::string SanitisedDigest(const Product& product) {
  // The length keeps title and text apart.
  return Hex(
      Sha256(absl::StrCat(product.title().size(), "\n", product.title(), "\n", product.sanitised_text())));
}

std::set<std::string> OriginatorsOf(const Product& product) {
  std::set<std::string> originators;
  for (const auto& input : product.inputs()) originators.insert(OwnerOf(input));
  originators.erase(OwnerOf(product.name()));
  return originators;
}

absl::Status CheckChecklist(const v1::SanitisingChecklist& list) {
  if (list.no_source() && list.no_method() && list.no_victim() && list.no_live_operation()) {
    return absl::OkStatus();
  }
  return Refuse(rules::kChecklistIncomplete,
                "No source, no method, no victim and no live operation may show: make sure of each.");
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

storage::Placement PlacementOf(const Product& product) {
  const std::string maker = OwnerOf(product.name());
  storage::Placement placement{maker, ShortName(v1::ProductState_descriptor(), product.state()), {maker}, {}};
  if (Sanitised(product)) {
    for (const auto& originator : OriginatorsOf(product)) placement.parties.push_back(originator);
  }
  return placement;
}

Product ForAgreement(const Product& product, const std::string& originator) {
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
