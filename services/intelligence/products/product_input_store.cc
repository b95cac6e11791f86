#include "services/intelligence/products/product_input_store.h"

#include "common/base/error.h"

namespace accord::intelligence {

absl::Status NoteInput(storage::Transaction& tx, const std::string& report, const std::string& product) {
  return tx.Exec("insert into product_input (report, product) values (:p1, :p2)", report, product).status();
}

absl::StatusOr<std::vector<std::string>> ProductsFrom(storage::Transaction& tx, const std::string& report) {
  ACCORD_ASSIGN_OR_RETURN(
      auto rows,
      tx.Query<std::string>("select product from product_input where report = :p1 order by product", report));
  std::vector<std::string> products;
  for (auto& [product] : rows) products.push_back(std::move(product));
  return products;
}

}  // namespace accord::intelligence
