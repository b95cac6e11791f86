#include "common/storage/database/transaction.h"

#include "common/storage/database/database_session.h"

namespace accord::storage {

absl::StatusOr<int64_t> Transaction::Execute(std::string_view sql, const std::vector<Value>& params) {
  return session_->Execute(sql, params);
}

absl::StatusOr<std::vector<std::vector<Value>>> Transaction::Fetch(std::string_view sql,
                                                                   const std::vector<bool>& text_columns,
                                                                   const std::vector<Value>& params,
                                                                   ByteLimit* limit) {
  return session_->Fetch(sql, text_columns, params, limit);
}

bool Transaction::postgres() const { return session_->postgres(); }

absl::Status Transaction::CouldCommit() { return session_->Outcome(absl::OkStatus()); }

}  // namespace accord::storage
