// What this service keeps beside its resources: the board, ordered by ceiling, and the informations taken.
#ifndef ACCORD_SERVICES_PROSECUTION_BOARD_STORE_H_
#define ACCORD_SERVICES_PROSECUTION_BOARD_STORE_H_

#include <string>
#include <vector>

#include "common/storage/database.h"

namespace accord::prosecution {

std::vector<storage::Migration> ProsecutionMigrations();

struct BoardRow {
  std::vector<std::string> viewers;
  std::string region, stage;
  // `YYYY-MM-DD`.
  std::string ceiling;
  // Of the accused.
  std::string name;
};

// Replaces the row of an accused; `open` false takes it away.
absl::Status PutOnBoard(storage::Transaction& tx, const BoardRow& row, bool open);

struct BoardQuery {
  std::string viewer;
  // Empty: any. Both at once are answered, too.
  std::string region = "", stage = "";
  // After this row, in the order of ceiling and name.
  std::string after_ceiling = "", after_name = "";
  int limit = 50;
};
// The statement that answers it; its parameters are added to `params`.
std::string BoardSql(const BoardQuery& query, std::vector<storage::Value>* params);
struct BoardEntry {
  std::string ceiling, name;
};
absl::StatusOr<std::vector<BoardEntry>> ReadBoard(storage::Transaction& tx, const BoardQuery& query);

// Notes that this case is of an information of a police service, unless one is already; the name of that one.
absl::StatusOr<std::string> TakeInformation(storage::Transaction& tx, const std::string& police_service,
                                            const std::string& number, const std::string& name);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_BOARD_STORE_H_
