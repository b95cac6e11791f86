#include "services/intelligence/products/product_sanitising.h"

#include "absl/strings/str_cat.h"
#include "common/base/digest.h"
#include "common/base/encoding.h"
#include "common/base/error.h"

namespace accord::intelligence {
namespace {

using v1::Product;

}  // namespace

std::string SanitisedDigest(const Product& product) {
  // The length keeps title and text apart.
  return Hex(
      Sha256(absl::StrCat(product.title().size(), "\n", product.title(), "\n", product.sanitised_text())));
}

absl::Status CheckChecklist(const v1::SanitisingChecklist& list) {
  if (list.no_source() && list.no_method() && list.no_victim() && list.no_live_operation()) {
    return absl::OkStatus();
  }
  return Refuse(rules::kChecklistIncomplete,
                "No source, no method, no victim and no live operation may show: make sure of each.");
}

}  // namespace accord::intelligence
