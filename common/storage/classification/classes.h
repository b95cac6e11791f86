// Seals fields that were classified after rows with them had been stored. The previous version stored such
// rows unsealed, and no ordinary change writes them again. They are found by their content, in resources and
// in all of their versions, and are sealed.
#ifndef ACCORD_COMMON_STORAGE_CLASSIFICATION_CLASSES_H_
#define ACCORD_COMMON_STORAGE_CLASSIFICATION_CLASSES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/backup/stored_versions.h"
#include "common/storage/database/database.h"

namespace accord::storage {

// This identifies the set of fields of a service (`protocols`) that this build seals; equal sets give equal
// texts. The text is empty if it seals none.
std::string ClassesOf(std::string_view service);

// This is called by a process that begins to serve, with the classes by which it writes. A pass that was done
// for other classes becomes void, since rows may now be written that do not follow them. A database without
// this row counts as done.
absl::Status BeginClasses(Transaction& tx, std::string_view classes, absl::Time now);
// This says whether a pass for these classes was completed.
absl::StatusOr<bool> ClassesDone(Transaction& tx, std::string_view classes);
absl::Status NoteClassesDone(Transaction& tx, std::string_view classes, absl::Time now);

// This is the progress of a pass over all rows. After its end it begins anew.
struct ClassPass {
  StoredVersion at;
  bool at_revisions = false;
  bool done = false;
  // These are the numbers of rows that were sealed and of those that could not be read.
  int64_t sealed = 0;
  int64_t unreadable = 0;
};
// Examines the next `limit` rows, and seals fields that are stored unsealed. Writers may work
// meanwhile, and the pass may be interrupted.
absl::Status SealClasses(Database* database, std::string_view service, int limit, ClassPass* pass);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_CLASSIFICATION_CLASSES_H_
