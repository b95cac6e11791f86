// These are the answers that are stored with the requests that they answered. They are kept for some days,
// unless a resource in the answer is removed earlier. docs/decisions/2026-11-25-stored-answers.md gives
// the reasons.
#ifndef ACCORD_COMMON_STORAGE_RECORDS_STORED_ANSWERS_H_
#define ACCORD_COMMON_STORAGE_RECORDS_STORED_ANSWERS_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/database/database.h"
#include "common/storage/records/resources.h"

namespace accord::storage {

// This is a resource in a stored answer.
struct Mentioned {
  std::string kind, name;
  // The asking agency saw the resource when it was answered. After a removal, for example, it did not.
  bool seen = false;
};

// This is what is known of a request that ran before.
struct Answer {
  // The request ran before, so the response is a repetition.
  bool repeated = false;
  enum class State { kKept, kErased, kExpired } state = State::kKept;
  // These are the resources in the order of the response.
  std::vector<Mentioned> resources;
  // These are the numbers of the sensitive classes that the handler withheld.
  std::set<int> withheld;
  // For a request that runs now, this is what its gateway signed, which is stored with the changes.
  std::string proof = {};
};

// This gives the serialized response of a request that ran, nothing if it was erased, or nullopt if the
// request has not run.
absl::StatusOr<std::optional<std::string>> FindAnswer(Transaction& tx, const Write& write,
                                                      std::string_view method,
                                                      const google::protobuf::Message& request,
                                                      Answer* answer);

absl::Status StoreAnswer(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, const google::protobuf::Message& response,
                         const Answer& answer);

// This says whether an agency sees a resource, itself or in one of its capacities. A placement that
// this attempt made is not looked up in the table, where it would conflict with neighbouring rows that
// others store.
absl::StatusOr<bool> SeesMentionedNow(Transaction& tx, const std::string& agency, const Mentioned& resource);

// This gives NOT_FOUND for an answer that was erased, or FAILED_PRECONDITION with rule ANSWER_EXPIRED for one
// that expired.
absl::Status AnswerGone(const Answer& answer);

// This fails with NOT_FOUND if `agency` no longer sees one of the resources that it saw when it was answered.
absl::Status CheckAnswerStillSeen(Transaction& tx, const std::string& agency, const Answer& answer);

// This erases stored answers that mention a resource: those to one agency, or all if `agency` is empty. The
// requests remain known and never run again.
absl::Status EraseAnswers(Transaction& tx, std::string_view name, std::string_view agency = "");

// This does the same for the requests that changed the resource, whatever their answers mention.
absl::Status EraseAnswersOfChanges(Transaction& tx, std::string_view kind, std::string_view name);

// This erases the content of answers to requests made before `answers`, and forgets requests made before
// `requests`; at most `limit` of each. It gives the number of both together.
absl::StatusOr<int64_t> ExpireAnswers(Transaction& tx, absl::Time answers, absl::Time requests, int limit);

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_RECORDS_STORED_ANSWERS_H_
