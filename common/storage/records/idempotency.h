// Runs a request only once if it is repeated with the same request_id. Its answer is kept for some
// days, unless a resource in the answer is removed earlier; that the request ran is remembered
// longer. docs/decisions/2026-11-25-stored-answers.md gives the reasons.
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

// A resource in a stored answer.
struct Mentioned {
  std::string kind, name;
  // The asking agency saw the resource when it was answered. After a removal, for example, it
  // did not.
  bool seen = false;
};

// What is known of a request that ran before.
struct Answer {
  // The request ran before, so the response is a repetition.
  bool repeated = false;
  enum class State { kKept, kErased, kExpired } state = State::kKept;
  // The resources in the order of the response.
  std::vector<Mentioned> resources;
  // The numbers of the sensitive classes that the handler withheld.
  std::set<int> withheld;
  // For a request that runs now: what its gateway signed, which is stored with the changes.
  std::string proof = {};
};

// Runs `fn` (-> absl::StatusOr<Res>) in the transaction of its effect, unless it has run for this
// (agency, actor, request_id). INVALID_ARGUMENT with rule REQUEST_ID_REUSED if the id belongs to
// another method or body. If `answer` is given, the classes that it withholds are stored with a
// first response; for a repeated request it receives what must be checked before the response may
// be given, and an erased response is empty. Without `answer` an erased response is refused. kNew:
// nothing was stored for the request a moment ago, so it is not looked up. If something is stored
// by now, storing fails with ALREADY_EXISTS, and the next attempt must look it up.
enum class Known { kLook, kNew };
template <class Res, class Fn>
absl::StatusOr<Res> Once(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, Fn&& fn, Answer* answer = nullptr,
                         Known known = Known::kLook);

// Whether something is stored for this request. Call it in a snapshot of its own: a serializable
// PostgreSQL transaction locks the index range in which it found nothing, so that two requests of
// one person, which are neighbours there, would conflict.
absl::StatusOr<bool> IsKnown(Transaction& tx, const Write& write);

// Whether an agency sees a resource, itself or in one of its capacities. A placement that this
// attempt made is not looked up in the table, where it would conflict with neighbouring rows that
// others store.
absl::StatusOr<bool> SeesNow(Transaction& tx, const std::string& agency, const Mentioned& resource);

// NOT_FOUND for an answer that was erased; FAILED_PRECONDITION with rule ANSWER_EXPIRED for one
// that expired.
absl::Status AnswerGone(const Answer& answer);
// NOT_FOUND if `agency` no longer sees one of the resources that it saw when it was answered.
absl::Status CheckStillSeen(Transaction& tx, const std::string& agency, const Answer& answer);

// Erases stored answers that mention a resource: those to one agency, or all if `agency` is empty.
// The requests remain known and never run again.
absl::Status EraseAnswers(Transaction& tx, std::string_view name, std::string_view agency = "");

// Does the same for the requests that changed the resource, whatever their answers mention.
absl::Status EraseAnswersOfChanges(Transaction& tx, std::string_view kind, std::string_view name);

// Erases the content of answers to requests made before `answers`, and forgets requests made before
// `requests`; at most `limit` of each. Gives the number of both together.
absl::StatusOr<int64_t> ExpireAnswers(Transaction& tx, absl::Time answers, absl::Time requests, int limit);

// Gives the serialized response of a request that ran; empty if it was erased, nullopt if the
// request has not run.
absl::StatusOr<std::optional<std::string>> FindAnswer(Transaction& tx, const Write& write,
                                                      std::string_view method,
                                                      const google::protobuf::Message& request,
                                                      Answer* answer);
// Gives the refusal of a request that ran with kNew; or ALREADY_EXISTS if the request is known by
// now, since it may have been refused because of its own earlier effect.
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
