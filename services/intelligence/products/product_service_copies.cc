// This file says what a recipient reads of its copy of a product, and whether it still may.
#include "common/base/error.h"
#include "common/storage/records/list_shown.h"
#include "services/intelligence/products/product_sanitising.h"
#include "services/intelligence/products/product_service.h"
#include "services/intelligence/sharing/copy_store.h"

namespace accord::intelligence {

using v1::Product;
using v1::ProductCopy;

absl::StatusOr<bool> ProductService::FillReadable(Tx& tx, ProductCopy* copy, absl::Time now) {
  Product product;
  ACCORD_RETURN_IF_ERROR(products_.GetAny(tx, copy->product(), &product));
  if (product.state() != v1::PRODUCT_STATE_ISSUED) return false;
  ACCORD_ASSIGN_OR_RETURN(const bool stands, InputsStand(tx, product, now));
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
  ACCORD_ASSIGN_OR_RETURN(const bool open, FillReadable(tx, &copy, call.now()));
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
                            [&](ProductCopy* copy) { return FillReadable(tx, copy, call.now()); });
}

}  // namespace accord::intelligence
