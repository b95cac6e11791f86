// This stores completions of courses from all sources, one row for each.
#ifndef ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_STORE_H_
#define ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "common/storage/database/database.h"

namespace accord::training {

// This row says that a learner completed a course on a day. `owner` and `course` are the parts of the
// course's name.
struct CompletionRow {
  std::string owner, course, learner_agency, learner, completed_on;
  int64_t line = 0;
};
// This adds a completion that does not come from an import. It does nothing if the completion is
// known already.
absl::Status AddCompletion(storage::Transaction& tx, const CompletionRow& row);
absl::Status RemoveCompletion(storage::Transaction& tx, const CompletionRow& row);
// This gives an imported completion of a committed roster the learner and the day of `right`, which has the
// same course and employer. It fails with FAILED_PRECONDITION and rule COMPLETION_UNKNOWN if there is no such
// completion, and with rule ALREADY_RECORDED if another one equals `right`.
absl::Status CorrectCompletion(storage::Transaction& tx, const CompletionRow& wrong,
                               const CompletionRow& right);
// This gives the last day on which a learner completed a course. The result is empty if the learner
// never did.
absl::StatusOr<std::string> LastCompletion(storage::Transaction& tx, const CompletionRow& of);

// This asks for the completions of one learner, of one agency, or of one owner's courses.
struct CompletionQuery {
  // These fields say whose completions are meant: those of one learner of an agency, of all learners of an
  // agency, or of all courses of an owner.
  std::string learner_agency, learner, owner;
  // This is the id of one course of `owner`, and is empty for all courses.
  std::string course;
  std::optional<CompletionRow> after;
  int limit = 50;
};
std::string CompletionSql(const CompletionQuery& query, std::vector<storage::Value>* params);
absl::StatusOr<std::vector<CompletionRow>> ReadCompletions(storage::Transaction& tx,
                                                           const CompletionQuery& query);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COMPLETIONS_COMPLETION_STORE_H_
