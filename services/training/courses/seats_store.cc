#include "services/training/courses/seats_store.h"

#include "common/base/error.h"

namespace accord::training {
namespace {

using storage::Transaction;

}  // namespace

absl::Status MakeSeats(Transaction& tx, const std::string& offering, int capacity) {
  return tx.Exec("insert into seats (offering, capacity, taken) values (:p1, :p2, 0)", offering, capacity)
      .status();
}

absl::StatusOr<int> SeatsTaken(Transaction& tx, const std::string& offering) {
  ACCORD_ASSIGN_OR_RETURN(auto rows,
                          tx.Query<int64_t>("select taken from seats where offering = :p1", offering));
  return rows.empty() ? 0 : static_cast<int>(std::get<0>(rows[0]));
}

absl::StatusOr<bool> TakeSeat(Transaction& tx, const std::string& offering, const std::string& learner_key,
                              const std::string& enrolment) {
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t fresh,
      tx.Exec("insert into seated (offering, learner, name) values (:p1, :p2, :p3) on conflict do nothing",
              offering, learner_key, enrolment));
  if (fresh == 0) {
    return Refuse(rules::kAlreadyEnrolled, "This learner is enrolled or waits in this offering already.");
  }
  // One statement does this, so that two concurrent enrolments cannot both take the last seat.
  ACCORD_ASSIGN_OR_RETURN(
      const int64_t taken,
      tx.Exec("update seats set taken = taken + 1 where offering = :p1 and taken < capacity", offering));
  if (taken == 1) return true;
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("insert into waiting (offering, name) values (:p1, :p2)", offering, enrolment).status());
  return false;
}

absl::StatusOr<std::optional<std::string>> LeaveSeat(Transaction& tx, const std::string& offering,
                                                     const std::string& learner_key,
                                                     const std::string& enrolment, bool had_seat) {
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from seated where offering = :p1 and learner = :p2", offering, learner_key).status());
  ACCORD_RETURN_IF_ERROR(
      tx.Exec("delete from waiting where offering = :p1 and name = :p2", offering, enrolment).status());
  if (!had_seat) return std::nullopt;
  // This update locks the row while the seat changes hands, so that two learners who leave do not admit the
  // same one.
  ACCORD_RETURN_IF_ERROR(tx.Exec("update seats set taken = taken where offering = :p1", offering).status());
  ACCORD_ASSIGN_OR_RETURN(
      auto next, (tx.Query<int64_t, std::string>(
                     "select seq, name from waiting where offering = :p1 order by seq limit 1", offering)));
  if (next.empty()) {
    ACCORD_RETURN_IF_ERROR(
        tx.Exec("update seats set taken = taken - 1 where offering = :p1", offering).status());
    return std::nullopt;
  }
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from waiting where seq = :p1", std::get<0>(next[0])).status());
  return std::get<1>(next[0]);
}

absl::Status EmptySeats(Transaction& tx, const std::string& offering) {
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from seated where offering = :p1", offering).status());
  ACCORD_RETURN_IF_ERROR(tx.Exec("delete from waiting where offering = :p1", offering).status());
  return tx.Exec("update seats set taken = 0 where offering = :p1", offering).status();
}

}  // namespace accord::training
