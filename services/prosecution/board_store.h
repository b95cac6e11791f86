// The board lists the accused of this service, ordered by ceiling, for each of the seats that see them.
#ifndef ACCORD_SERVICES_PROSECUTION_BOARD_STORE_H_
#define ACCORD_SERVICES_PROSECUTION_BOARD_STORE_H_

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::prosecution {

struct BoardRow {
  // These seats (seats.h) see the accused.
  std::vector<std::string> seats;
  std::string region, stage;
  // This is the day of the ceiling, `YYYY-MM-DD`.
  std::string ceiling;
  // This is the name of the accused.
  std::string name;
};

// This replaces the row of an accused. If `open` is false, the accused is taken off the board.
absl::Status PutOnBoard(storage::Transaction& tx, const BoardRow& row, bool open);

// This gives the ceiling that the board has for an accused, `YYYY-MM-DD`; it is empty if the accused is not
// on the board.
absl::StatusOr<std::string> CeilingOnBoard(storage::Transaction& tx, const std::string& accused);

// This shows the rows of a case of this owner to these seats only.
absl::Status GiveBoard(storage::Transaction& tx, const std::string& case_name, const std::string& owner,
                       const std::vector<std::string>& seats);

struct BoardQuery {
  // There are one or more seats. A row that several of them see comes once.
  std::vector<std::string> seats;
  // An empty text stands for any value. Both may be set at once.
  std::string region = "", stage = "";
  // The page begins after this row, in the order of ceiling and name.
  std::string after_ceiling = "", after_name = "";
  int limit = 50;
};
// This gives the statement that answers the query; its parameters are added to `params`.
std::string BoardSql(const BoardQuery& query, std::vector<storage::Value>* params);
struct BoardEntry {
  std::string ceiling, name;
};
absl::StatusOr<std::vector<BoardEntry>> ReadBoard(storage::Transaction& tx, const BoardQuery& query);
// Calls `more` with each entry in order until it returns false or fails. `query.limit` entries are read
// at once.
absl::Status EachOnBoard(storage::Transaction& tx, BoardQuery query,
                         const std::function<absl::StatusOr<bool>(const BoardEntry&)>& more);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_BOARD_STORE_H_
