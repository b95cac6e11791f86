// This turns a failed attempt at a call into an exception.
#ifndef ACCORD_CLIENT_THROW_ERROR_H_
#define ACCORD_CLIENT_THROW_ERROR_H_

#include <google/protobuf/message.h>
#include <grpcpp/support/status.h>

#include <string>

#include "accord/client/channels.h"

namespace accord::client {

// This throws Refusal or Unanswered for a status other than OK. If nothing answered, the next attempt goes to
// the next gateway.
[[noreturn]] void ThrowCallError(const grpc::Status& status, Channels& channels, const Attempt& attempt,
                                 const google::protobuf::Message& request, const std::string& request_id);

}  // namespace accord::client

#endif  // ACCORD_CLIENT_THROW_ERROR_H_
