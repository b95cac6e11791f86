// This is what is told of a record that is gone from somebody: its name alone.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_GONE_H_
#define ACCORD_COMMON_STORAGE_RECORDS_GONE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"
#include "common/storage/records/feed.h"

namespace accord::storage {

enum class Gone {
  // Nobody needed the record any more, and its content was erased.
  kPurged,
  // The agency that it comes from took it back.
  kRecalled,
};

// This is the index field under which `visible` keeps who is told of a record's name alone. Lists, counts and
// reading do not ask for it, and whoever has no other row sees no more of the record than before.
inline constexpr std::string_view kGoneField = "gone";

// Stores an event without a version, and keeps for these viewers that the record is gone from them; an update
// of the record leaves that as it is.
absl::Status TellGone(Transaction& tx, const std::string& kind, const std::string& name, Gone why,
                      const std::vector<std::string>& viewers, absl::Time now);
// Whether the record is gone from this viewer, and why; nullopt for everybody who was never told so.
absl::StatusOr<std::optional<Gone>> GoneFrom(Transaction& tx, std::string_view kind, std::string_view name,
                                             std::string_view viewer);
// Whether this is an event that TellGone stored: those before it tell of what the record was.
bool TellsThatItIsGone(const Event& event);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_GONE_H_
