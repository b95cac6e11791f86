// This stores the lines and errors of imports until they are committed or dropped.
#ifndef ACCORD_SERVICES_TRAINING_COMPLETIONS_IMPORT_STORE_H_
#define ACCORD_SERVICES_TRAINING_COMPLETIONS_IMPORT_STORE_H_

#include <string>
#include <vector>

#include "common/storage/database/database.h"
#include "services/training/completions/completion_store.h"

namespace accord::training {

// This opens an import. It fails with FAILED_PRECONDITION and rule IMPORT_OPEN if the owner has another
// open one.
absl::Status OpenImport(storage::Transaction& tx, const std::string& owner, const std::string& import);
// These lines were not taken, because they are repeated in this import or known from before.
struct RefusedLines {
  std::vector<int64_t> repeated;
  int64_t known = 0;
};
absl::StatusOr<RefusedLines> AddToImport(storage::Transaction& tx, const std::string& import,
                                         const std::vector<CompletionRow>& rows);
// This tells whether a line of the import is about this learner.
absl::StatusOr<bool> IsLearnerInImport(storage::Transaction& tx, const std::string& import,
                                       const std::string& agency, const std::string& learner);
absl::Status CommitImport(storage::Transaction& tx, const std::string& import);
// This deletes everything of the import except its errors.
absl::Status DropImport(storage::Transaction& tx, const std::string& import);

struct LineError {
  int64_t line;
  std::string rule, message;
};
absl::Status AddImportErrors(storage::Transaction& tx, const std::string& import,
                             const std::vector<LineError>& errors);
absl::StatusOr<std::vector<LineError>> ImportErrorsAfter(storage::Transaction& tx, const std::string& import,
                                                         int64_t line, int limit);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COMPLETIONS_IMPORT_STORE_H_
