// The same request_id with the same request: the same answer, once.
#ifndef ACCORD_COMMON_STORAGE_IDEMPOTENCY_H_
#define ACCORD_COMMON_STORAGE_IDEMPOTENCY_H_

#include <google/protobuf/message.h>

#include <optional>
#include <string>

#include "common/storage/database.h"
#include "common/storage/resources.h"

namespace accord::storage {

// The serialized response stored for this request; nullopt if it has not run; INVALID_ARGUMENT with rule
// REQUEST_ID_REUSED if the id belongs to another method or body.
absl::StatusOr<std::optional<std::string>> FindResponse(Transaction& tx, const Write& write,
                                                        std::string_view method,
                                                        const google::protobuf::Message& request);
absl::Status StoreResponse(Transaction& tx, const Write& write, std::string_view method,
                           const google::protobuf::Message& request,
                           const google::protobuf::Message& response);

// Runs `fn` (-> absl::StatusOr<Res>) unless it has run for this (agency, actor, request_id); in the one
// transaction with its effect.
template <class Res, class Fn>
absl::StatusOr<Res> Once(Transaction& tx, const Write& write, std::string_view method,
                         const google::protobuf::Message& request, Fn&& fn) {
  ACCORD_ASSIGN_OR_RETURN(auto stored, FindResponse(tx, write, method, request));
  Res response;
  if (stored) {
    if (!response.ParseFromString(*stored)) {
      return Refuse(absl::StatusCode::kDataLoss, "RESPONSE_UNREADABLE", "The stored answer cannot be read.");
    }
    return response;
  }
  ACCORD_ASSIGN_OR_RETURN(response, fn());
  ACCORD_RETURN_IF_ERROR(StoreResponse(tx, write, method, request, response));
  return response;
}

}  // namespace accord::storage

#endif  // ACCORD_COMMON_STORAGE_IDEMPOTENCY_H_
