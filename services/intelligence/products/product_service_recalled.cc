// What the maker of a product learns about inputs that their originators recalled.
#include <string>
#include <vector>

#include "common/access/names.h"
#include "common/base/error.h"
#include "services/intelligence/products/product_service.h"

namespace accord::intelligence {

using v1::Product;
using v1::Report;

absl::StatusOr<std::vector<std::string>> ProductService::RecalledInputs(Tx& tx, const Product& product,
                                                                        absl::Time now) {
  const std::string maker = OwnerOf(product.name());
  std::vector<std::string> recalled;
  for (const auto& name : product.inputs()) {
    Report report;
    ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, name, &report));
    if (report.state() != v1::REPORT_STATE_RECALLED) continue;
    // A maker that had lost the report before, by its handling or with a release, learns nothing more of it.
    report.set_state(v1::REPORT_STATE_ACTIVE);
    bool had = control_.IsBureau(maker);
    if (!had) {
      ACCORD_ASSIGN_OR_RETURN(had, control_.Holds(tx, report, maker, now));
    }
    if (had) recalled.push_back(name);
  }
  return recalled;
}

absl::Status ProductService::CheckNoneRecalled(Tx& tx, const Product& product, absl::Time now) {
  ACCORD_ASSIGN_OR_RETURN(const auto recalled, RecalledInputs(tx, product, now));
  if (recalled.empty()) return absl::OkStatus();
  return Refuse(rules::kReportNotActive,
                "The originator of an input has recalled it: recalled_inputs of the product says which.");
}

}  // namespace accord::intelligence
