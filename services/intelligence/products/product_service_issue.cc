// Who gets a product, and who reads it from then on.
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/shown.h"
#include "services/intelligence/intelligence_store.h"
#include "services/intelligence/products/product_service.h"
#include "services/intelligence/products/products.h"
#include "services/intelligence/sharing/copies.h"
#include "services/intelligence/stix/stix.h"

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

absl::StatusOr<bool> ProductService::Fill(Tx& tx, ProductCopy* copy, absl::Time now) {
  Product product;
  ACCORD_RETURN_IF_ERROR(products_.GetAny(tx, copy->product(), &product));
  if (product.state() != v1::PRODUCT_STATE_ISSUED) return false;
  ACCORD_ASSIGN_OR_RETURN(const bool stands, Stands(tx, product, now));
  if (!stands) return false;
  const absl::Status may = CheckRecipient(tx, product, copy->to_agency(), Moment::kReading, now);
  if (absl::IsFailedPrecondition(may)) return false;
  ACCORD_RETURN_IF_ERROR(may);
  copy->set_title(product.title());
  copy->set_text(Sanitised(product) ? product.sanitised_text() : product.text());
  return true;
}

absl::StatusOr<ProductCopy> ProductService::GetCopy(host::Call& call, Tx& tx,
                                                    const v1::GetProductCopyRequest& request) {
  ProductCopy copy;
  ACCORD_RETURN_IF_ERROR(copies_.Get(tx, request.name(), call.caller().agency, &copy));
  if (copy.to_agency() != call.caller().agency) return copy;  // The maker reads that it was given.
  ACCORD_ASSIGN_OR_RETURN(const bool open, Fill(tx, &copy, call.now()));
  if (!open) return NotFound();
  return copy;
}

absl::StatusOr<v1::ListProductCopiesResponse> ProductService::ListCopies(
    host::Call& call, Tx& tx, const v1::ListProductCopiesRequest& request) {
  const std::string& agency = call.caller().agency;
  storage::ListQuery query{agency, {{"given", "yes"}}, request.page_size(), request.page_token(), ""};
  query.names = [agency](const storage::Bind& bind, const std::string& after, int limit) {
    return IssuedCopiesSql(agency, bind, after, limit);
  };
  // For each copy it is checked whether the inputs of the product still stand.
  return storage::ListShown(copies_, tx, query, &v1::ListProductCopiesResponse::mutable_product_copies,
                            [&](ProductCopy* copy) { return Fill(tx, copy, call.now()); });
}

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
