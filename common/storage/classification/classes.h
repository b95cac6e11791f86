// This is a field that is classified later: its rows were stored in clear by the version before, and nothing
// writes them again. These are found by their content, in resources and in all of their versions, and sealed.
#ifndef ACCORD_COMMON_STORAGE_CLASSIFICATION_CLASSES_H_
#define ACCORD_COMMON_STORAGE_CLASSIFICATION_CLASSES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/backup/restored.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This identifies the set of fields that this build seals of a service (`protocols`); equal sets give equal
// texts. Empty if it seals none.
std::string ClassesOf(std::string_view service);

// Who serves says by which classes it writes: whatever was done for others is void, since from now on rows
// may be written that do not follow them. A database without a row is done.
absl::Status BeginClasses(Transaction& tx, std::string_view classes, absl::Time now);
// Whether a pass by these classes has come to its end.
absl::StatusOr<bool> ClassesDone(Transaction& tx, std::string_view classes);
absl::Status NoteClassesDone(Transaction& tx, std::string_view classes, absl::Time now);

// Where a pass over all rows is; it begins anew after its end.
struct ClassPass {
  StoredVersion at;
  bool at_revisions = false;
  bool done = false;
  // Rows that were sealed, and those that could not be read.
  int64_t sealed = 0;
  int64_t unreadable = 0;
};
// Looks at the next `limit` rows, and seals what lies there in clear. Safe beside writers, and interrupted.
absl::Status SealClasses(Database* database, std::string_view service, int limit, ClassPass* pass);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_CLASSIFICATION_CLASSES_H_
