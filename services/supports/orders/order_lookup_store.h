// This stores how often look-ups found nothing, and which orders they were answered with.
#ifndef ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_LOOKUP_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_LOOKUP_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// This says how often look-ups found nothing on a day.
struct LookupMisses {
  int64_t of_person = 0, of_agency = 0;
};

absl::StatusOr<LookupMisses> CountLookupMisses(storage::Transaction& tx, const std::string& agency,
                                               const std::string& actor, absl::CivilDay day);

absl::Status NoteLookupMiss(storage::Transaction& tx, const std::string& agency, const std::string& actor,
                            absl::CivilDay day);

// Notes that a look-up was answered with an order, since the answer is no longer true once the order changes.
absl::Status NoteOrderShownByLookup(storage::Transaction& tx, const std::string& order,
                                    const std::string& lookup);

// This gives the names of the look-ups that were answered with an order, and forgets them.
absl::StatusOr<std::vector<std::string>> TakeLookupsThatShowed(storage::Transaction& tx,
                                                               const std::string& order);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_LOOKUP_STORE_H_
