// This is the same request_id with the same request: carried out once. What it was answered is kept for some
// days, unless what the answer speaks of is taken away before; that the request ran is remembered longer.
// docs/decisions/2026-11-25-stored-answers.md says why.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_IDEMPOTENCY_H_
#define ACCORD_COMMON_STORAGE_RECORDS_IDEMPOTENCY_H_

#include <google/protobuf/message.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// This is a resource in a stored answer.
struct Mentioned {
  std::string kind, name;
  // This is the asking agency saw it when it was answered; after a removal, for example, it did not.
  bool seen = false;
};

// This is what is known of a request that ran before.
struct Answer {
  // It did run before, so that the response is a repetition.
  bool repeated = false;
  enum class State { kKept, kErased, kExpired } state = State::kKept;
  // The resources stand in the order of the response.
  std::vector<Mentioned> resources;
  // Numbers of the sensitive classes that the handler withheld.
  std::set<int> withheld;
  // For a request that runs now, this is what its gateway signed, which is kept with what it changes.
  std::string proof = {};
};

// Runs `fn` (-> absl::StatusOr<Res>) unless it has run for this (agency, actor, request_id); in the one
// transaction with its effect. INVALID_ARGUMENT with rule REQUEST_ID_REUSED if the id belongs to another
// method or body. With `answer` its withheld classes are stored with a first response, and of a repeated
// request it tells what must be asked before the response, empty if that is gone, may be given; without it
// what is gone is refused. kNew: nothing was stored for it a moment ago, so it is not looked for: if
// something is by now, storing fails with ALREADY_EXISTS, and the attempt after that must look.
enum class Known { kLook, kNew };
template <class Res, class Fn>
absl::StatusOr<Res> Once(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, Fn&& fn, Answer* answer = nullptr,
                         Known known = Known::kLook);

// Whether something is stored for this request. PostgreSQL notes what a serializable transaction looked for
// in vain together with what lies beside it, and takes two that store neighbours for a conflict: requests of
// one person are neighbours. So this is asked in a snapshot of its own.
absl::StatusOr<bool> IsKnown(Transaction& tx, const Write& write);

// Says whether an agency sees a resource, itself or in one of its capacities. What this attempt has placed is
// looked for in no table, where it would lie beside what others store.
absl::StatusOr<bool> SeesNow(Transaction& tx, const std::string& agency, const Mentioned& resource);

// NOT_FOUND for an answer that was erased, FAILED_PRECONDITION with rule ANSWER_EXPIRED for one that expired.
absl::Status AnswerGone(const Answer& answer);
// NOT_FOUND if `agency` sees one of the resources no more that it saw when it was answered.
absl::Status CheckStillSeen(Transaction& tx, const std::string& agency, const Answer& answer);

// Erases stored answers that mention a resource: those to one agency, or all if it is empty. The requests
// stay known and never run again.
absl::Status EraseAnswers(Transaction& tx, std::string_view name, std::string_view agency = "");

// The same for requests that changed it, whatever their answers speak of.
absl::Status EraseAnswersOfChanges(Transaction& tx, std::string_view kind, std::string_view name);

// Drops what answers of requests before `answers` say, and forgets requests before `requests`; at most
// `limit` of each. How many there were.
absl::StatusOr<int64_t> ExpireAnswers(Transaction& tx, absl::Time answers, absl::Time requests, int limit);

// This gives the serialized response of a request that ran: empty if that is gone, nullopt if it has not run.
absl::StatusOr<std::optional<std::string>> FindAnswer(Transaction& tx, const Write& write,
                                                      std::string_view method,
                                                      const google::protobuf::Message& request,
                                                      Answer* answer);
// What a request that was not looked for was refused with; ALREADY_EXISTS if it is known by now, since it may
// have been refused for what it did itself.
absl::Status RefusedAsNew(Transaction& tx, const Write& write, const absl::Status& refusal);
absl::Status StoreAnswer(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, const google::protobuf::Message& response,
                         const Answer& answer);

template <class Res, class Fn>
absl::StatusOr<Res> Once(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, Fn&& fn, Answer* answer, Known known) {
  Answer own;
  Answer* found = answer != nullptr ? answer : &own;
  std::optional<std::string> stored;
  if (known == Known::kLook) {
    ACCORD_ASSIGN_OR_RETURN(stored, FindAnswer(tx, write, method, request, found));
  }
  Res response;
  if (stored) {
    if (answer == nullptr && found->state != Answer::State::kKept) return AnswerGone(*found);
    if (!response.ParseFromString(*stored)) {
      return Refuse(rules::kResponseUnreadable, "The stored answer cannot be read.");
    }
    return response;
  }
  absl::StatusOr<Res> made = fn();
  if (!made.ok()) {
    return known == Known::kNew ? RefusedAsNew(tx, write, made.status()) : made.status();
  }
  response = *std::move(made);
  ACCORD_RETURN_IF_ERROR(StoreAnswer(tx, write, method, request, response, *found));
  return response;
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_IDEMPOTENCY_H_
