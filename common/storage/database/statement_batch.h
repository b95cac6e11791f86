// Changes that need nothing of each other, in one way to the database and back: on PostgreSQL one statement.
#ifndef ACCORD_COMMON_STORAGE_DATABASE_STATEMENT_BATCH_H_
#define ACCORD_COMMON_STORAGE_DATABASE_STATEMENT_BATCH_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/storage/database/database.h"

namespace accord::storage {

class StatementBatch {
 public:
  // An insert, update or delete with parameters :p1, :p2, ... None sees what another one does, and no two
  // change the same row.
  void Add(std::string_view sql, std::vector<Value> params);
  // Runs all of them; it is not OK if any failed, and then none counts.
  absl::Status Run(Transaction& tx) const;

 private:
  std::vector<std::pair<std::string, std::vector<Value>>> changes_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_STATEMENT_BATCH_H_
