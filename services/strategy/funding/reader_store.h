// This stores which scorers and panel members may read which application: those who declared that they have
// no conflict, or whose conflict the director cleared.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_READER_STORE_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_READER_STORE_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::strategy {

struct Reader {
  std::string agency, person;
};

absl::Status AddReader(storage::Transaction& tx, const std::string& application, const Reader& reader);
absl::Status RemoveReader(storage::Transaction& tx, const std::string& application, const Reader& reader);
absl::StatusOr<std::vector<Reader>> ReadersOf(storage::Transaction& tx, const std::string& application);
// This gives the names of all applications that the person may read.
absl::StatusOr<std::set<std::string>> ApplicationsReadBy(storage::Transaction& tx, const Reader& reader);
// This gives each application that somebody of the agency may read, together with that person.
absl::StatusOr<std::vector<std::pair<std::string, Reader>>> ApplicationsReadByAgency(
    storage::Transaction& tx, const std::string& agency);
absl::StatusOr<bool> IsReader(storage::Transaction& tx, const std::string& application, const Reader& reader);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_READER_STORE_H_
