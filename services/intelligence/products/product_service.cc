#include "services/intelligence/products/product_service.h"

#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/folded.h"
#include "common/base/ids.h"
#include "services/intelligence/intelligence_store.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/products/products.h"

namespace accord::intelligence {

using v1::Product;
using v1::Report;

namespace {

absl::Status NotInUse() {
  return Refuse(rules::kReportNotActive,
                "A product is made of reports that were admitted and are in use, all of them.");
}

}  // namespace

void ProductService::Register(host::Handlers* handlers) {
  using S = ProductService;
  handlers->Bind("accord.intelligence.v1.ProductService", this, &S::Create, &S::Get, &S::List, &S::Review,
                 &S::Sanitise, &S::Agree, &S::WithdrawAgreement, &S::Approve, &S::Issue, &S::Withdraw,
                 &S::GetCopy, &S::ListCopies, &S::Export);
}

absl::StatusOr<std::vector<Report>> ProductService::Inputs(Tx& tx, const Product& product, absl::Time now) {
  std::vector<Report> inputs;
  for (const auto& name : product.inputs()) {
    ACCORD_ASSIGN_OR_RETURN(Report report, control_.Held(tx, name, OwnerOf(product.name()), now));
    inputs.push_back(std::move(report));
  }
  // The originator and the bureau hold a report in any state, so that holding it is not enough.
  for (const Report& report : inputs) {
    if (!Circulates(report, now)) return NotInUse();
  }
  return inputs;
}

absl::Status ProductService::CheckInputsStand(Tx& tx, const Product& product, absl::Time now, Purged purged) {
  for (const auto& name : product.inputs()) {
    Report report;
    ACCORD_RETURN_IF_ERROR(reports_.GetAny(tx, name, &report));
    if (report.name().empty() && purged == Purged::kStands) continue;
    if (!Circulates(report, now)) return NotInUse();
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> ProductService::Stands(Tx& tx, const Product& product, absl::Time now) {
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

ProductService::Result ProductService::Create(host::Call& call, Tx& tx, const Write& write,
                                              const v1::CreateProductRequest& request) {
  Product product = request.product();
  product.set_name(absl::StrCat(request.parent(), "/products/", NewId(call.now())));
  product.set_state(v1::PRODUCT_STATE_DRAFT);
  product.set_author(call.caller().actor);
  const std::set<std::string> inputs(product.inputs().begin(), product.inputs().end());
  *product.mutable_inputs() = {inputs.begin(), inputs.end()};
  ACCORD_RETURN_IF_ERROR(CheckHandling(tx, product, call.now()));
  ACCORD_RETURN_IF_ERROR(CheckText(*rules_, product.text()));
  ACCORD_RETURN_IF_ERROR(CheckText(*rules_, product.title()));
  ACCORD_RETURN_IF_ERROR(products_.Insert(tx, &product, write, PlacementOf(product)));
  for (const auto& input : inputs) ACCORD_RETURN_IF_ERROR(NoteInput(tx, input, product.name()));
  return product;
}

ProductService::Result ProductService::Open(host::Call& call, Tx& tx, const std::string& name,
                                            const std::string& event) {
  Product product;
  ACCORD_RETURN_IF_ERROR(products_.Get(tx, name, call.caller().agency, &product));
  ACCORD_ASSIGN_OR_RETURN(const int next, ProductLifecycle().Next(product.state(), event));
  product.set_state(static_cast<v1::ProductState>(next));
  return product;
}

ProductService::Result ProductService::Keep(host::Call& call, Tx& tx, const Write& write,
                                            const std::string& etag, Product product) {
  ACCORD_RETURN_IF_ERROR(products_.Update(tx, &product, etag, write, PlacementOf(product)));
  return Shown(tx, std::move(product), call.caller().agency, call.now());
}

ProductService::Result ProductService::Shown(Tx& tx, Product product, const std::string& viewer,
                                             absl::Time now) {
  const bool maker = viewer == OwnerOf(product.name());
  // All inputs decide this, including those that this viewer may not know of.
  ACCORD_ASSIGN_OR_RETURN(const bool stands, Stands(tx, product, now));
  if (!maker) product = ForAgreement(product, viewer);
  if (!stands) {
    product.clear_title();
    product.clear_sanitised_text();
  }
  if (!maker) return product;
  ACCORD_ASSIGN_OR_RETURN(const auto recalled, RecalledInputs(tx, product, now));
  for (const auto& name : recalled) product.add_recalled_inputs(name);
  const auto inputs = Inputs(tx, product, now);
  if (!inputs.ok() && !absl::IsNotFound(inputs.status()) && !absl::IsFailedPrecondition(inputs.status())) {
    return inputs.status();
  }
  if (!inputs.ok()) {
    product.clear_text();
    if (!Sanitised(product)) product.clear_title();
  }
  return product;
}

ProductService::Result ProductService::Get(host::Call& call, Tx& tx, const v1::GetProductRequest& request) {
  Product product;
  ACCORD_RETURN_IF_ERROR(products_.Get(tx, request.name(), call.caller().agency, &product));
  return Shown(tx, std::move(product), call.caller().agency, call.now());
}

absl::StatusOr<v1::ListProductsResponse> ProductService::List(host::Call& call, Tx& tx,
                                                              const v1::ListProductsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  ACCORD_ASSIGN_OR_RETURN(auto response,
                          products_.ListInto(tx, query, &v1::ListProductsResponse::mutable_products));
  for (auto& product : *response.mutable_products()) {
    ACCORD_ASSIGN_OR_RETURN(product, Shown(tx, std::move(product), call.caller().agency, call.now()));
  }
  return response;
}

ProductService::Result ProductService::Review(host::Call& call, Tx& tx, const Write& write,
                                              const v1::ReviewProductRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Product product, Open(call, tx, request.name(), "review"));
  return Keep(call, tx, write, request.etag(), std::move(product));
}

absl::Status ProductService::CheckSanitised(Tx& tx, const Product& product, absl::Time now) {
  ACCORD_RETURN_IF_ERROR(CheckText(*rules_, product.sanitised_text()));
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
  // Originators agree to this very text, so that agreements to an earlier equal text do not count.
  product.clear_agreements();
  return Keep(call, tx, write, request.etag(), std::move(product));
}

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

ProductService::Result ProductService::Approve(host::Call& call, Tx& tx, const Write& write,
                                               const v1::ApproveProductRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Product product, Open(call, tx, request.name(), "approve"));
  ACCORD_RETURN_IF_ERROR(CheckNoneRecalled(tx, product, call.now()));
  if (Sanitised(product)) {
    ACCORD_RETURN_IF_ERROR(CheckInputsStand(tx, product, call.now(), Purged::kEnds));
    ACCORD_RETURN_IF_ERROR(CheckAgreements(product));
  } else if (product.handling() == v1::HANDLING_H5) {
    return Refuse(rules::kNotSanitised, "What is handled H5 is sanitised first.");
  } else {
    ACCORD_RETURN_IF_ERROR(CheckHandling(tx, product, call.now()));
  }
  product.set_approver(call.caller().actor);
  return Keep(call, tx, write, request.etag(), std::move(product));
}

ProductService::Result ProductService::Withdraw(host::Call& call, Tx& tx, const Write& write,
                                                const v1::WithdrawProductRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Product product, Open(call, tx, request.name(), "withdraw"));
  return Keep(call, tx, write, request.etag(), std::move(product));
}

}  // namespace accord::intelligence
