#include "services/intelligence/products/product_placement.h"

#include "common/access/names.h"
#include "services/intelligence/products/product_agreements.h"
#include "services/intelligence/products/product_sanitising.h"

namespace accord::intelligence {
namespace {

using v1::Product;

}  // namespace

storage::Placement PlacementOf(const Product& product) {
  const std::string maker = OwnerOf(product.name());
  storage::Placement placement{maker, ShortName(v1::ProductState_descriptor(), product.state()), {maker}, {}};
  if (Sanitised(product)) {
    for (const auto& originator : OriginatorsOf(product)) placement.parties.push_back(originator);
  }
  return placement;
}

}  // namespace accord::intelligence
