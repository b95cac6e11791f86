// Which position covers which police service, which copies an agency holds of which report, and which
// products were made from it.
#ifndef ACCORD_SERVICES_INTELLIGENCE_INTELLIGENCE_STORE_H_
#define ACCORD_SERVICES_INTELLIGENCE_INTELLIGENCE_STORE_H_

#include <map>
#include <string>
#include <vector>

#include "common/storage/database.h"

namespace accord::intelligence {

std::vector<storage::Migration> IntelligenceMigrations();

// The service belongs to this position and to no other.
absl::Status Cover(storage::Transaction& tx, const std::string& police_service, const std::string& position);
// The portfolio is keyed by police service.
absl::StatusOr<std::map<std::string, std::string>> Portfolio(storage::Transaction& tx);

// Notes that a copy was given, and under which release (empty: by the originator).
absl::Status NoteCopy(storage::Transaction& tx, const std::string& report, const std::string& agency,
                      const std::string& copy, const std::string& release);
struct Held {
  std::string copy, release;
};
// What an agency was given of a report, newest last.
absl::StatusOr<std::vector<Held>> CopiesOf(storage::Transaction& tx, const std::string& report,
                                           const std::string& agency);

// Notes that a product was made from a report.
absl::Status NoteInput(storage::Transaction& tx, const std::string& report, const std::string& product);
absl::StatusOr<std::vector<std::string>> ProductsFrom(storage::Transaction& tx, const std::string& report);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_INTELLIGENCE_STORE_H_
