// These are the handlers of ProductService by which an originator agrees to a sanitised text, or takes
// that back.
#include <string>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/products/product_agreements.h"
#include "services/intelligence/products/product_service.h"

namespace accord::intelligence {
namespace {

using v1::Product;

}  // namespace

ProductService::Result ProductService::OpenForAgreement(host::Call& call, Tx& tx, const std::string& name,
                                                        const std::string& event) {
  Product product;
  ACCORD_RETURN_IF_ERROR(products_.Get(tx, name, call.caller().agency, &product));
  ACCORD_RETURN_IF_ERROR(ProductLifecycle().Next(product.state(), event).status());
  return product;
}

ProductService::Result ProductService::Agree(host::Call& call, Tx& tx, const Write& write,
                                             const v1::AgreeProductRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Product product, OpenForAgreement(call, tx, request.name(), "agree"));
  ACCORD_RETURN_IF_ERROR(CheckInputsStand(tx, product, call.now(), Purged::kEnds));
  if (request.sanitised_digest() != product.sanitised_digest()) {
    return Refuse(rules::kDigestMismatch, "Agree to the text as it is: read it again.");
  }
  auto* agreement = product.add_agreements();
  agreement->set_agency(call.caller().agency);
  agreement->set_by(call.caller().actor);
  agreement->set_on(FormatDay(OntarioDay(call.now())));
  agreement->set_digest(request.sanitised_digest());
  return Keep(call, tx, write, request.etag(), std::move(product));
}

ProductService::Result ProductService::WithdrawAgreement(host::Call& call, Tx& tx, const Write& write,
                                                         const v1::WithdrawProductAgreementRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Product product, OpenForAgreement(call, tx, request.name(), "withdraw_agreement"));
  if (!DropAgreements(call.caller().agency, &product)) {
    return Refuse(rules::kAgreementMissing, "Your agency agrees to nothing here.");
  }
  return Keep(call, tx, write, request.etag(), std::move(product));
}

}  // namespace accord::intelligence
