#include "services/intelligence/products/product_service.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/intelligence/lifecycles.h"
#include "services/intelligence/products/product_agreements.h"
#include "services/intelligence/products/product_input_store.h"
#include "services/intelligence/products/product_placement.h"
#include "services/intelligence/products/product_sanitising.h"
#include "services/intelligence/report_checks.h"

namespace accord::intelligence {

using v1::Product;

void ProductService::Register(host::Handlers* handlers) {
  using S = ProductService;
  handlers->Bind("accord.intelligence.v1.ProductService", this, &S::Create, &S::Get, &S::List, &S::Review,
                 &S::Sanitise, &S::Agree, &S::WithdrawAgreement, &S::Approve, &S::Issue, &S::Withdraw,
                 &S::GetCopy, &S::ListCopies, &S::Export);
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
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(*rules_, product.text()));
  ACCORD_RETURN_IF_ERROR(CheckNoSourceNamed(*rules_, product.title()));
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
  return ReadableBy(tx, std::move(product), call.caller().agency, call.now());
}

ProductService::Result ProductService::ReadableBy(Tx& tx, Product product, const std::string& viewer,
                                                  absl::Time now) {
  const bool maker = viewer == OwnerOf(product.name());
  // All inputs decide this, including those that this viewer may not know of.
  ACCORD_ASSIGN_OR_RETURN(const bool stands, InputsStand(tx, product, now));
  if (!maker) product = ProductForAgreement(product, viewer);
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
  return ReadableBy(tx, std::move(product), call.caller().agency, call.now());
}

absl::StatusOr<v1::ListProductsResponse> ProductService::List(host::Call& call, Tx& tx,
                                                              const v1::ListProductsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  ACCORD_ASSIGN_OR_RETURN(auto response,
                          products_.ListInto(tx, query, &v1::ListProductsResponse::mutable_products));
  for (auto& product : *response.mutable_products()) {
    ACCORD_ASSIGN_OR_RETURN(product, ReadableBy(tx, std::move(product), call.caller().agency, call.now()));
  }
  return response;
}

ProductService::Result ProductService::Review(host::Call& call, Tx& tx, const Write& write,
                                              const v1::ReviewProductRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Product product, Open(call, tx, request.name(), "review"));
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
