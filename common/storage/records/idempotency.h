// This runs a request only once if it is repeated with the same request_id. That the request ran is
// remembered longer than its answer (stored_answers.h). docs/decisions/2026-11-25-stored-answers.md gives
// the reasons.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_IDEMPOTENCY_H_
#define ACCORD_COMMON_STORAGE_RECORDS_IDEMPOTENCY_H_

#include <google/protobuf/message.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"
#include "common/storage/records/stored_answers.h"

namespace accord::storage {

// Runs `fn` (-> absl::StatusOr<Res>) in the transaction of its effect, unless it has run for this (agency,
// actor, request_id). It fails with INVALID_ARGUMENT and rule REQUEST_ID_REUSED if the id belongs to another
// method or body. If `answer` is given, the classes that it withholds are stored with a first response; for a
// repeated request it receives what must be checked before the response may be given, and an erased response
// is empty. Without `answer` an erased response is refused. kNew says that nothing was stored for the request
// a moment ago, so it is not looked up. If something is stored by now, storing fails with ALREADY_EXISTS, and
// the next attempt must look it up.
enum class Known { kLook, kNew };
template <class Res, class Fn>
absl::StatusOr<Res> Once(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, Fn&& fn, Answer* answer = nullptr,
                         Known known = Known::kLook);

// This says whether something is stored for this request. Call it in a snapshot of its own: a serializable
// PostgreSQL transaction locks the index range in which it found nothing, so that two requests of one person,
// which are neighbours there, would conflict.
absl::StatusOr<bool> IsKnown(Transaction& tx, const Write& write);

// This gives the refusal of a request that ran with kNew; or ALREADY_EXISTS if the request is known by now,
// since it may have been refused because of its own earlier effect.
absl::Status RefusedAsNew(Transaction& tx, const Write& write, const absl::Status& refusal);
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
