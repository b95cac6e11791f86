// This says who sees a product.
#ifndef ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_PLACEMENT_H_
#define ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_PLACEMENT_H_

#include "accord/intelligence/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::intelligence {

// The maker's agency sees the product. Once it is sanitised, the originators of its inputs see it too.
storage::Placement PlacementOf(const v1::Product& product);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_PLACEMENT_H_
