// This file says what must hold of the inputs of a product, and what its maker learns about inputs that
// were recalled.
#include <string>
#include <vector>

#include "common/access/names.h"
#include "common/base/error.h"
#include "services/intelligence/products/product_service.h"
#include "services/intelligence/report_use.h"

namespace accord::intelligence {
namespace {

using v1::Product;
using v1::Report;

absl::Status RefuseInputNotInUse() {
  return Refuse(rules::kReportNotActive,
                "A product is made of reports that were admitted and are in use, all of them.");
}

}  // namespace

absl::StatusOr<std::vector<Report>> ProductService::Inputs(Tx& tx, const Product& product, absl::Time now) {
  std::vector<Report> inputs;
  for (const auto& name : product.inputs()) {
    ACCORD_ASSIGN_OR_RETURN(Report report, control_.HeldReport(tx, name, OwnerOf(product.name()), now));
    inputs.push_back(std::move(report));
  }
  // The originator and the bureau hold a report in any state, so that holding it is not enough.
  for (const Report& report : inputs) {
    if (!Circulates(report, now)) return RefuseInputNotInUse();
  }
  return inputs;
}

absl::Status ProductService::CheckInputsStand(Tx& tx, const Product& product, absl::Time now, Purged purged) {
  for (const auto& name : product.inputs()) {
    Report report;
    ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, name, &report));
    if (report.name().empty() && purged == Purged::kStands) continue;
    if (!Circulates(report, now)) return RefuseInputNotInUse();
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> ProductService::InputsStand(Tx& tx, const Product& product, absl::Time now) {
  const absl::Status stand = CheckInputsStand(tx, product, now, Purged::kStands);
  if (!stand.ok() && !absl::IsFailedPrecondition(stand)) return stand;
  return stand.ok();
}

absl::Status ProductService::CheckHandling(Tx& tx, const Product& product, absl::Time now) {
  if (product.handling() != v1::HANDLING_H2 && !product.recipients().empty()) {
    return Refuse(rules::kHandlingInvalid, "Recipients are named for H2 only.");
  }
  ACCORD_ASSIGN_OR_RETURN(const auto inputs, Inputs(tx, product, now));
  // H5 is for products that will be sanitised, and none leaves under H5 before that.
  if (product.handling() == v1::HANDLING_H5) return absl::OkStatus();
  for (const auto& input : inputs) {
    if (product.handling() > input.handling()) {
      return Refuse(rules::kProductLooserThanInput,
                    "A product is as strict as the strictest of its inputs, or sanitised.");
    }
  }
  return absl::OkStatus();
}

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
