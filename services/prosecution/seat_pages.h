// One page of what somebody sees by several seats (cases/seats.h), each of which has a range of rows.
#ifndef ACCORD_SERVICES_PROSECUTION_SEAT_PAGES_H_
#define ACCORD_SERVICES_PROSECUTION_SEAT_PAGES_H_

#include <string>
#include <vector>

#include "common/storage/database/database.h"

namespace accord::prosecution {

// Gives the statement that reads the first `limit` rows of all ranges, ordered by `columns`, in which a row
// that several seats see comes once. Each range is a statement that selects these columns in this order and
// gives `limit` rows at the most; there is at least one.
std::string PageOfSeats(const std::vector<std::string>& ranges, const std::string& columns, int limit,
                        const storage::Bind& bind);

// Gives what adds a value to `params` and names it in a statement.
storage::Bind BindTo(std::vector<storage::Value>* params);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_SEAT_PAGES_H_
