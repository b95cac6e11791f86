// Stores which copies of reports and products were given to which agency.
#ifndef ACCORD_SERVICES_INTELLIGENCE_SHARING_COPY_STORE_H_
#define ACCORD_SERVICES_INTELLIGENCE_SHARING_COPY_STORE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::intelligence {

// Notes that a copy was given, and under which release. `release` is empty if the originator gave it.
absl::Status NoteCopy(storage::Transaction& tx, const std::string& report, const std::string& agency,
                      const std::string& copy, const std::string& release);
struct HeldCopy {
  std::string copy, release;
};
// This gives the copies of a report that an agency was given, newest last.
absl::StatusOr<std::vector<HeldCopy>> CopiesOf(storage::Transaction& tx, const std::string& report,
                                               const std::string& agency);

struct GivenCopy {
  std::string agency, copy;
};
// This gives every copy of a report that was given, and to whom.
absl::StatusOr<std::vector<GivenCopy>> AllCopiesOf(storage::Transaction& tx, const std::string& report);
// This tells every holder of a copy of a change to the report that the copy itself does not show.
absl::Status TellCopyHolders(storage::Transaction& tx, const std::string& report,
                             const storage::Write& write);
// This tells holders that the report was recalled; the notice names only their copies.
absl::Status TellCopyHoldersOfRecall(storage::Transaction& tx, const std::string& report,
                                     const storage::Write& write);

// These are index fields of reports and releases, by which the database excludes what an agency may not open.
// An earlier version does not store them: where they are missing, the record itself has to be read.
inline constexpr char kHandlingField[] = "handling";
inline constexpr char kEndsField[] = "ends";
std::string CopyRecipientField(const std::string& agency);
// This selects copies of reports that were given to an agency and that no index field closes to it.
struct OpenCopies {
  std::string agency;
  // This is the day in Ontario, `YYYY-MM-DD`: a release that ended before opens nothing.
  std::string today;
  // If it is false, the agency may have reports whatever their handling.
  bool by_handling = true;
  // These are short names of the handlings that close a report to the agency even if it is a recipient.
  std::vector<std::string> closed;
};
// This gives the statement of a list of these copies, as storage::ListQuery::names asks for it.
std::string OpenCopiesSql(const OpenCopies& of, const storage::Bind& bind, const std::string& after,
                          int limit);
// This gives the statement of a list of copies of products that are issued.
std::string IssuedCopiesSql(const std::string& agency, const storage::Bind& bind, const std::string& after,
                            int limit);

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_SHARING_COPY_STORE_H_
