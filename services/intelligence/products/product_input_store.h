// Stores which products were made from which reports.
#ifndef ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_INPUT_STORE_H_
#define ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_INPUT_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::intelligence {

// Notes that a product was made from a report.
absl::Status NoteInput(storage::Transaction& tx, const std::string& report, const std::string& product);
// This gives the names of the products that were made from a report.
absl::StatusOr<std::vector<std::string>> ProductsFrom(storage::Transaction& tx, const std::string& report);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_INPUT_STORE_H_
