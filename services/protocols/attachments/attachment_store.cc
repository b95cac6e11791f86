#include "services/protocols/attachments/attachment_store.h"

#include <string>

#include "common/base/error.h"

namespace accord::protocols {

absl::StatusOr<int64_t> AttachmentBytesOf(storage::Transaction& tx, const std::string& agency) {
  ACCORD_ASSIGN_OR_RETURN(
      const auto rows,
      tx.Query<int64_t>(
          "select cast(coalesce(sum(bytes), 0) as bigint) from attachment_use where agency = :p1", agency));
  return std::get<0>(rows.at(0));
}

absl::Status NoteAttachment(storage::Transaction& tx, const std::string& agency, const std::string& name,
                            int64_t bytes) {
  return tx
      .Exec("insert into attachment_use (name, agency, bytes) values (:p1, :p2, :p3)", name, agency, bytes)
      .status();
}

absl::Status ForgetAttachment(storage::Transaction& tx, const std::string& name) {
  return tx.Exec("delete from attachment_use where name = :p1", name).status();
}

}  // namespace accord::protocols
