#include "accord/client/throw_error.h"

#include <utility>

#include "accord/client/errors.h"

namespace accord::client {

void ThrowCallError(const grpc::Status& status, Channels& channels, const Attempt& attempt,
                    const google::protobuf::Message& request, const std::string& request_id) {
  std::optional<RefusalDetails> refused = RefusalOf(status);
  if (!refused.has_value()) {
    // What this program itself cancelled says nothing of the gateway.
    if (status.error_code() != grpc::StatusCode::CANCELLED) channels.Failed(attempt);
    throw Unanswered(NameOf(status.error_code()) + ": " + status.error_message(), request, request_id);
  }
  const bool outlived = channels.Outlives(attempt, FindRule(refused->reason));
  throw Refusal(*std::move(refused), outlived, request, request_id);
}

}  // namespace accord::client
