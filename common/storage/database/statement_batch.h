// These are independent changes that are sent to the database in one round trip: on PostgreSQL as
// one statement.
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
  // This adds an insert, update or delete with parameters :p1, :p2, ... No statement of a batch sees the
  // effect of another one, and no two may change the same row.
  void Add(std::string_view sql, std::vector<Value> params);
  // Runs all of them. An error if any failed; then none has an effect.
  absl::Status Run(Transaction& tx) const;

 private:
  std::vector<std::pair<std::string, std::vector<Value>>> changes_;
};

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_DATABASE_STATEMENT_BATCH_H_
