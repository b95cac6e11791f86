// This stores the tags by which orders are found without being read. No column holds a name, a birth date
// or a file number, because equal ones are found by a keyed hash.
#ifndef ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_TAG_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_TAG_STORE_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "accord/supports/v1/order_resources.pb.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// These functions give the tags of a respondent and of a court file. Case, accents, spaces, apostrophes,
// hyphens and full stops of a name do not matter, and only the letters and digits of a number matter. Names
// and numbers match only as a whole. The second tag is that of the versions until 2026-11-28: an order is
// stored and looked up under both. The functions fail with FAILED_PRECONDITION if the database has no key for
// the hashes.
using Tags = std::vector<std::string>;
absl::StatusOr<Tags> RespondentTags(storage::Transaction& tx, const std::string& name,
                                    const std::string& birth_date);
absl::StatusOr<Tags> CourtFileTags(storage::Transaction& tx, const std::string& court_file_no);

// This tags an order that the court made by its respondent and its file, as they are now. An order in any
// other state loses its tags.
absl::Status TagOrder(storage::Transaction& tx, const v1::RestrainingOrder& order);
// This gives the names of the orders that have one of the tags.
absl::StatusOr<std::set<std::string>> OrdersTagged(storage::Transaction& tx, const Tags& tags);
// This notes the court file of the order. The result is false if the agency has another order of this court
// under this number, however both are written.
absl::StatusOr<bool> TagCourtFile(storage::Transaction& tx, const v1::RestrainingOrder& order);
// This removes the order's court file, as it is before a correction.
absl::Status UntagCourtFile(storage::Transaction& tx, const v1::RestrainingOrder& order);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_ORDERS_ORDER_TAG_STORE_H_
