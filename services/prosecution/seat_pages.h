// This reads one page of what a person sees from several seats (cases/seats.h), each of which has a range
// of rows.
#ifndef ACCORD_SERVICES_PROSECUTION_SEAT_PAGES_H_
#define ACCORD_SERVICES_PROSECUTION_SEAT_PAGES_H_

#include <string>
#include <vector>

#include "common/storage/database/database.h"

namespace accord::prosecution {

// This gives the statement that reads the first `limit` rows of all ranges, ordered by `columns`. A row that
// several seats see comes once. There is at least one range; each is a statement that selects these columns
// in this order and gives at most `limit` rows.
std::string PageOfSeats(const std::vector<std::string>& ranges, const std::string& columns, int limit,
                        const storage::Bind& bind);

// This gives a function that adds a value to `params` and returns its name in the statement.
storage::Bind BindTo(std::vector<storage::Value>* params);

}  // namespace accord::prosecution

#endif  // ACCORD_SERVICES_PROSECUTION_SEAT_PAGES_H_
