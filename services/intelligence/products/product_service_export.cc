// This file exports a product as a file, which is a STIX bundle.
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/intelligence/products/product_agreements.h"
#include "services/intelligence/products/product_sanitising.h"
#include "services/intelligence/products/product_service.h"
#include "services/intelligence/stix/stix.h"

namespace accord::intelligence {

using v1::Product;

absl::StatusOr<v1::ExportProductBundleResponse> ProductService::Export(
    host::Call& call, Tx& tx, const v1::ExportProductBundleRequest& request) {
  Product product;
  ACCORD_RETURN_IF_ERROR(products_.Get(tx, request.name(), call.caller().agency, &product));
  // Other agencies have a copy, which is another record.
  if (OwnerOf(product.name()) != call.caller().agency) {
    return Refuse(rules::kNotTheMaker, "The agency that made the product does this.");
  }
  ACCORD_RETURN_IF_ERROR(CheckInputsStand(tx, product, call.now(), Purged::kStands));
  if (Sanitised(product)) {
    ACCORD_RETURN_IF_ERROR(CheckAgreements(product));
    // A file has no recipients that a handling could name.
    if (product.handling() != v1::HANDLING_H5) {
      return Refuse(rules::kProductHandlingForbids,
                    "Its originators agreed to its handling, and only what is handled H5 leaves as a file.");
    }
  }
  const bool bureau = control_.IsBureau(call.caller().agency);
  v1::ExportProductBundleResponse response;
  ACCORD_ASSIGN_OR_RETURN(
      *response.mutable_bundle(),
      StixBundle(product, bureau ? rules_->bureau_name() : call.caller().agency, rules_->sanitised_tlp()));
  // The recipients of a file are unknown here, so each originator is told that it left.
  call.Disclose(product.name());
  for (const auto& input : product.inputs()) call.Disclose(input);
  return response;
}

}  // namespace accord::intelligence
