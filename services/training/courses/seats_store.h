// This stores the seats of an offering, and who waits for one.
#ifndef ACCORD_SERVICES_TRAINING_COURSES_SEATS_STORE_H_
#define ACCORD_SERVICES_TRAINING_COURSES_SEATS_STORE_H_

#include <optional>
#include <string>

#include "common/storage/database/database.h"

namespace accord::training {

// This makes the seats of an offering, none of which is taken.
absl::Status MakeSeats(storage::Transaction& tx, const std::string& offering, int capacity);
absl::StatusOr<int> SeatsTaken(storage::Transaction& tx, const std::string& offering);
// This takes a seat. The result is false if no seat was free and the enrolment waits. It fails with
// FAILED_PRECONDITION and rule ALREADY_ENROLLED for a learner who is enrolled already.
absl::StatusOr<bool> TakeSeat(storage::Transaction& tx, const std::string& offering,
                              const std::string& learner_key, const std::string& enrolment);
// This gives up a seat or a place on the waiting list, and gives the enrolment that gets the seat, if
// one waits.
absl::StatusOr<std::optional<std::string>> LeaveSeat(storage::Transaction& tx, const std::string& offering,
                                                     const std::string& learner_key,
                                                     const std::string& enrolment, bool had_seat);

// This empties the seats and the waiting list, because the offering is not held.
absl::Status EmptySeats(storage::Transaction& tx, const std::string& offering);

}  // namespace accord::training

#endif  // ACCORD_SERVICES_TRAINING_COURSES_SEATS_STORE_H_
