// This stores which partners serve which places, and when.
#ifndef ACCORD_SERVICES_SUPPORTS_PARTNERS_CATCHMENT_STORE_H_
#define ACCORD_SERVICES_SUPPORTS_PARTNERS_CATCHMENT_STORE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/database/database.h"

namespace accord::supports {

// A partner serves a place from the first to the last day, both included. If the last day is empty, the
// service has no end yet.
struct Catchment {
  std::string code, partner, from, to;
};

absl::Status PutCatchment(storage::Transaction& tx, const Catchment& catchment);

absl::Status EndCatchments(storage::Transaction& tx, const std::string& partner, const std::string& to);

// This gives the SQL statement for the partners that serve a place on a day, as storage::ListQuery::names
// requires it.
std::string CatchmentPartnersSql(const std::string& code, const std::string& day, const storage::Bind& bind,
                                 const std::string& after, int limit);

// This gives the names of the partners that serve a place on this day or later.
absl::StatusOr<std::vector<std::string>> CatchmentPartnersFrom(storage::Transaction& tx,
                                                               const std::string& code,
                                                               const std::string& day);

// This gives the number of partners that serve some place on a day.
absl::StatusOr<int64_t> CountCatchmentPartners(storage::Transaction& tx, const std::string& day);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_PARTNERS_CATCHMENT_STORE_H_
