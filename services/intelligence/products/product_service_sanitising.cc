// This is the handler of ProductService by which a product is sanitised.
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "services/intelligence/products/product_sanitising.h"
#include "services/intelligence/products/product_service.h"
#include "services/intelligence/report_checks.h"

namespace accord::intelligence {
namespace {

using v1::Product;

}  // namespace

absl::Status ProductService::CheckSanitised(Tx& tx, const Product& product, absl::Time now) {
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(*rules_, product.sanitised_text()));
  const std::string said = Folded(absl::StrCat(product.title(), "\n", product.sanitised_text()));
  ACCORD_ASSIGN_OR_RETURN(const auto inputs, Inputs(tx, product, now));
  for (const auto& input : inputs) {
    for (const auto& entity : input.entities()) {
      if (entity.kind() == v1::ENTITY_KIND_PERSON_VICTIM && absl::StrContains(said, Folded(entity.value()))) {
        return Refuse(rules::kVictimIdentified,
                      "The sanitised text, or the title, names a victim of an input.");
      }
    }
  }
  return absl::OkStatus();
}

ProductService::Result ProductService::Sanitise(host::Call& call, Tx& tx, const Write& write,
                                                const v1::SanitiseProductRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Product product, Open(call, tx, request.name(), "sanitise"));
  ACCORD_RETURN_IF_ERROR(CheckNoneRecalled(tx, product, call.now()));
  ACCORD_RETURN_IF_ERROR(CheckChecklist(request.checklist()));
  product.set_sanitised_text(request.sanitised_text());
  *product.mutable_checklist() = request.checklist();
  product.set_sanitiser(call.caller().actor);
  ACCORD_RETURN_IF_ERROR(CheckSanitised(tx, product, call.now()));
  product.set_sanitised_digest(SanitisedDigest(product));
  // Originators agree to this very text, so that agreements to an earlier text that is equal do not count.
  product.clear_agreements();
  return Keep(call, tx, write, request.etag(), std::move(product));
}

}  // namespace accord::intelligence
