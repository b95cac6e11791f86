// This file says who gets a product.
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/intelligence/products/product_agreements.h"
#include "services/intelligence/products/product_sanitising.h"
#include "services/intelligence/products/product_service.h"
#include "services/intelligence/sharing/copy_placement.h"

namespace accord::intelligence {

using v1::Product;
using v1::ProductCopy;
using v1::Report;

absl::Status ProductService::CheckRecipient(Tx& tx, const Product& product, const std::string& agency,
                                            Moment moment, absl::Time now) {
  if (Sanitised(product)) ACCORD_RETURN_IF_ERROR(CheckAgreements(product));
  // Every originator agreed to a sanitised text going as far as the product's own handling.
  if (Sanitised(product) && product.handling() == v1::HANDLING_H5) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const bool allowed,
                          control_.HandlingAllows(tx, product.handling(), product.recipients(), agency));
  if (!allowed && !control_.IsBureau(agency)) {
    return Refuse(rules::kProductHandlingForbids, "The product's handling does not let this agency have it.");
  }
  if (Sanitised(product)) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const bool police, control_.LawEnforcement(tx, product.handling(), agency));
  if (!police && !control_.IsBureau(agency)) {
    return Refuse(rules::kSanitisedOnly,
                  "An agency that is not of category I or II has products only when they are sanitised.");
  }
  for (const auto& name : product.inputs()) {
    Report report;
    ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, name, &report));
    const std::string maker = OwnerOf(product.name());
    ACCORD_ASSIGN_OR_RETURN(const bool holds, control_.Holds(tx, report, maker, now));
    // The maker must not learn whether somebody else gave the report to the agency.
    ACCORD_ASSIGN_OR_RETURN(const bool may, moment == Moment::kIssue
                                                ? control_.MayGive(tx, report, maker, agency, now)
                                                : control_.MayHave(tx, report, maker, agency, now));
    if (!holds || !may) {
      return Refuse(rules::kNoRelease, "An input's originator does not let this agency have what it says.");
    }
  }
  return absl::OkStatus();
}

absl::Status ProductService::LogDisclosures(host::Call& call, Tx& tx, const Product& product,
                                            const ProductCopy& copy, const Write& write) {
  for (const auto& name : product.inputs()) {
    Report report;
    ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, name, &report));
    v1::ReportCopy log;
    log.set_name(absl::StrCat(name, "/copies/", NewId(call.now())));
    log.set_report(name);
    log.set_product(product.name());
    log.set_from_agency(call.caller().agency);
    log.set_from(call.caller().actor);
    log.set_to_agency(copy.to_agency());
    log.set_handling(product.handling());
    log.set_digest(report.digest());
    log.set_disclosure_officer(copy.disclosure_officer());
    log.set_sanitised(Sanitised(product));
    ACCORD_RETURN_IF_ERROR(report_copies_.Insert(tx, &log, write, PlacementOf(log)));
  }
  return absl::OkStatus();
}

ProductService::Result ProductService::Issue(host::Call& call, Tx& tx, const Write& write,
                                             const v1::IssueProductRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Product product, Open(call, tx, request.name(), "issue"));
  ACCORD_RETURN_IF_ERROR(CheckInputsStand(tx, product, call.now(), Purged::kEnds));
  const std::string& maker = call.caller().agency;
  for (const auto& agency : request.recipients()) {
    if (agency == maker) {
      return Refuse(rules::kRecipientHasIt, "The maker has the product.");
    }
    ACCORD_RETURN_IF_ERROR(CheckRecipient(tx, product, agency, Moment::kIssue, call.now()));
    if (!Sanitised(product) && control_.IsCrown(agency) && request.disclosure_officer().empty()) {
      return Refuse(rules::kDisclosureOfficerMissing,
                    "A Crown has it through a disclosure officer: name yours in disclosure_officer.");
    }
    ProductCopy copy;
    copy.set_name(absl::StrCat(product.name(), "/copies/", agency));
    copy.set_product(product.name());
    copy.set_to_agency(agency);
    copy.set_from(call.caller().actor);
    copy.set_handling(product.handling());
    copy.set_disclosure_officer(request.disclosure_officer());
    storage::Placement placement{maker, "", {maker, agency}, {}};
    placement.fields["given@" + agency] = "yes";
    ACCORD_RETURN_IF_ERROR(copies_.Insert(tx, &copy, write, placement));
    ACCORD_RETURN_IF_ERROR(LogDisclosures(call, tx, product, copy, write));
  }
  return Keep(call, tx, write, request.etag(), std::move(product));
}

}  // namespace accord::intelligence
