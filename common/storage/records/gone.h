// This is what is reported about a record that is gone for a viewer: only its name.
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
  // The agency that the record comes from withdrew it.
  kRecalled,
};

// This is the index field under which the table `visible` stores who may be told only the record's name.
// Lists, counts and reads ignore it, so a viewer without another row sees no more of the record than before.
inline constexpr std::string_view kGoneField = "gone";

// This stores an event without a version, and stores for these viewers that the record is gone; updates of
// the record keep that.
absl::Status TellGone(Transaction& tx, const std::string& kind, const std::string& name, Gone why,
                      const std::vector<std::string>& viewers, absl::Time now);
// This gives why the record is gone for this viewer, or nullopt if the viewer was never told that it is.
absl::StatusOr<std::optional<Gone>> GoneFrom(Transaction& tx, std::string_view kind, std::string_view name,
                                             std::string_view viewer);
// This says whether TellGone stored this event. Earlier events of the record concern its content.
bool TellsThatItIsGone(const Event& event);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_GONE_H_
