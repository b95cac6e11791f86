// This file is about what became of a call of the client for C++, as the outbox keeps it and as its caller
// reads it.
#ifndef ACCORD_CLIENTS_CONNECTOR_OUTCOMES_H_
#define ACCORD_CLIENTS_CONNECTOR_OUTCOMES_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "accord/client/errors.h"
#include "accord/connector/rows.pb.h"
#include "clients/connector/outbox.h"

namespace accord::connector {

Outcome OutcomeOf(const client::CallError& error);
// The answer of a method, in JSON with the names of the protos.
Outcome OutcomeOf(const google::protobuf::MethodDescriptor& method, const std::string& response,
                  const std::vector<std::string>& masked);

// This gives {"code", "reason", "message", "fields", "retry_after_seconds", "help"}, without what it does
// not have.
nlohmann::json RefusalJson(const Refused& refusal);

// A message with the names of the protos.
nlohmann::json JsonOf(const google::protobuf::Message& message);

// This gives {"id", "state", "attempts"} and "response" with "masked", "refusal" or "problem", as its caller
// reads it.
nlohmann::json JsonOf(const std::string& id, const CallSeen& seen);

}  // namespace accord::connector

#endif  // ACCORD_CLIENTS_CONNECTOR_OUTCOMES_H_
