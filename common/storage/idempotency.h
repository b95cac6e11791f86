// The same request_id with the same request: carried out once. What it was answered is kept for some days,
// unless what the answer speaks of is taken away before; that the request ran is remembered longer.
// docs/decisions/2026-11-25-stored-answers.md says why.
#ifndef ACCORD_COMMON_STORAGE_IDEMPOTENCY_H_
#define ACCORD_COMMON_STORAGE_IDEMPOTENCY_H_

#include <google/protobuf/message.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/storage/database.h"
#include "common/storage/resources.h"

namespace accord::storage {

// A resource in a stored answer.
struct Mentioned {
  std::string kind, name;
  // The asking agency saw it when it was answered; after a removal, for example, it did not.
  bool seen = false;
};

// What is known of a request that ran before.
struct Answer {
  // It did run before, so that the response is a repetition.
  bool repeated = false;
  enum class State { kKept, kErased, kExpired } state = State::kKept;
  // In the order of the response.
  std::vector<Mentioned> resources;
  // Numbers of the sensitive classes that the handler withheld.
  std::set<int> withheld;
  // Of a request that runs now: what its gateway signed of it, kept with what it changes.
  std::string proof = {};
};

// Runs `fn` (-> absl::StatusOr<Res>) unless it has run for this (agency, actor, request_id); in the one
// transaction with its effect. INVALID_ARGUMENT with rule REQUEST_ID_REUSED if the id belongs to another
// method or body. With `answer` its withheld classes are stored with a first response, and of a repeated
// request it tells what must be asked before the response, empty if that is gone, may be given; without it
// what is gone is refused.
template <class Res, class Fn>
absl::StatusOr<Res> Once(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, Fn&& fn, Answer* answer = nullptr);

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

// Of a request that ran: its serialized response, empty if that is gone; nullopt if it has not run.
absl::StatusOr<std::optional<std::string>> FindAnswer(Transaction& tx, const Write& write,
                                                      std::string_view method,
                                                      const google::protobuf::Message& request,
                                                      Answer* answer);
absl::Status StoreAnswer(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, const google::protobuf::Message& response,
                         const Answer& answer);

template <class Res, class Fn>
absl::StatusOr<Res> Once(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, Fn&& fn, Answer* answer) {
  Answer own;
  Answer* known = answer != nullptr ? answer : &own;
  ACCORD_ASSIGN_OR_RETURN(const auto stored, FindAnswer(tx, write, method, request, known));
  Res response;
  if (stored) {
    if (answer == nullptr && known->state != Answer::State::kKept) return AnswerGone(*known);
    if (!response.ParseFromString(*stored)) {
      return Refuse(absl::StatusCode::kDataLoss, "RESPONSE_UNREADABLE", "The stored answer cannot be read.");
    }
    return response;
  }
  ACCORD_ASSIGN_OR_RETURN(response, fn());
  ACCORD_RETURN_IF_ERROR(StoreAnswer(tx, write, method, request, response, *known));
  return response;
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_IDEMPOTENCY_H_
