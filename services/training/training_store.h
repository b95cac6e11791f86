// What this service keeps beside its resources: seats, completions in bulk, and imports on their way in.
#ifndef ACCORD_SERVICES_TRAINING_TRAINING_STORE_H_
#define ACCORD_SERVICES_TRAINING_TRAINING_STORE_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/storage/database/database.h"

namespace accord::training {

// The schedule's name for the office's counts of completions.
inline constexpr char kTrainingCounts[] = "training_counts";

std::vector<storage::Migration> TrainingMigrations();

// Seats of an offering, none taken.
absl::Status MakeSeats(storage::Transaction& tx, const std::string& offering, int capacity);
absl::StatusOr<int> SeatsTaken(storage::Transaction& tx, const std::string& offering);
// Whether there was one; otherwise the enrolment waits. FAILED_PRECONDITION with rule ALREADY_ENROLLED for a
// learner who is in already.
absl::StatusOr<bool> TakeSeat(storage::Transaction& tx, const std::string& offering,
                              const std::string& learner_key, const std::string& enrolment);
// The enrolment that the seat goes to, if one waits.
absl::StatusOr<std::optional<std::string>> LeaveSeat(storage::Transaction& tx, const std::string& offering,
                                                     const std::string& learner_key,
                                                     const std::string& enrolment, bool had_seat);

// That a learner completed a course on a day. `owner` and `course` are the parts of the course's name.
struct CompletionRow {
  std::string owner, course, learner_agency, learner, completed_on;
  int64_t line = 0;
};
// One completion that is no import's. Nothing happens if it is known.
absl::Status AddCompletion(storage::Transaction& tx, const CompletionRow& row);
absl::Status RemoveCompletion(storage::Transaction& tx, const CompletionRow& row);
// The last day on which a learner completed a course; empty: never.
absl::StatusOr<std::string> LastCompletion(storage::Transaction& tx, const CompletionRow& of);

// A learner as a viewer of storage::Placement.
inline constexpr char kLearnerPrefix[] = "#learner/";
// Records of learners, by an index field of theirs: those of the courses that `owner` owns and those of one
// learner, which is a viewer; or those of the people whom `employer` employs.
struct LearnerRecords {
  std::string kind, field, value;
  std::string owner, learner;
  std::string employer;
};
// As storage::ListQuery::names has it.
std::string LearnerRecordsSql(const LearnerRecords& of, bool postgres, const storage::Bind& bind,
                              const std::string& after, int limit);

// Certificates by what is printed on them. Empty if there is no such serial.
absl::Status PutSerial(storage::Transaction& tx, const std::string& serial, const std::string& name);
absl::StatusOr<std::string> NameOfSerial(storage::Transaction& tx, const std::string& serial);

// Imports. FAILED_PRECONDITION with rule IMPORT_OPEN if the owner has another.
absl::Status OpenBatch(storage::Transaction& tx, const std::string& owner, const std::string& import);
// Lines that were not taken: repeated in this import, or known from before.
struct Refused {
  std::vector<int64_t> repeated;
  int64_t known = 0;
};
absl::StatusOr<Refused> AddToBatch(storage::Transaction& tx, const std::string& import,
                                   const std::vector<CompletionRow>& rows);
// Whether a line of the batch is about this learner.
absl::StatusOr<bool> BatchHolds(storage::Transaction& tx, const std::string& import,
                                const std::string& agency, const std::string& learner);
absl::Status CommitBatch(storage::Transaction& tx, const std::string& import);
// Nothing of it stays but its errors.
absl::Status DropBatch(storage::Transaction& tx, const std::string& import);

struct LineError {
  int64_t line;
  std::string rule, message;
};
absl::Status AddErrors(storage::Transaction& tx, const std::string& import,
                       const std::vector<LineError>& errors);
absl::StatusOr<std::vector<LineError>> ErrorsAfter(storage::Transaction& tx, const std::string& import,
                                                   int64_t line, int limit);

// What a reader may ask: own learner, own agency, own courses.
struct CompletionQuery {
  // Whose: the learner of an agency, all learners of an agency, or all courses of an owner.
  std::string learner_agency, learner, owner;
  // One course, and then `owner` is its owner, beside whose learners are asked for; empty: all.
  std::string course;
  std::optional<CompletionRow> after;
  int limit = 50;
};
std::string CompletionSql(const CompletionQuery& query, std::vector<storage::Value>* params);
absl::StatusOr<std::vector<CompletionRow>> ReadCompletions(storage::Transaction& tx,
                                                           const CompletionQuery& query);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_TRAINING_STORE_H_
