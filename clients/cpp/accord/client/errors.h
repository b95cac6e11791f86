// This file is about how a call may end without its answer: a rule of the catalogue refused it, or
// nothing answered.
#ifndef ACCORD_CLIENT_ERRORS_H_
#define ACCORD_CLIENT_ERRORS_H_

#include <google/protobuf/message.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "accord/client/rules.h"
#include "accord/client/settings.h"

namespace accord::client {

// The base of all exceptions of this library.
class AccordError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A setting is missing or wrong, a file of the certificate cannot be used, or the connection was closed.
class SettingsError : public AccordError {
 public:
  using AccordError::AccordError;
};

// A call that was sent has no answer. It keeps the request, with its request id.
class CallError : public AccordError {
 public:
  CallError(const std::string& what, const google::protobuf::Message& request, std::string request_id);

  // This says whether the same call, unchanged, may succeed later. Even so, a change may already have been
  // made, for example if a service stopped during the call. Call again with `request` then.
  virtual bool may_pass() const = 0;

  const google::protobuf::Message& request() const { return *request_; }
  // This gives the request with its own type; throws std::bad_cast if it has another type.
  template <typename Request>
  const Request& RequestAs() const {
    return dynamic_cast<const Request&>(*request_);
  }
  // This is the id by which the call can be repeated; it is empty for a call that only reads.
  const std::string& request_id() const { return request_id_; }

 private:
  std::shared_ptr<const google::protobuf::Message> request_;
  std::string request_id_;
};

// This is a field of the request that is at fault.
struct FieldViolation {
  // This is the path of the field, such as `referral.lawful_basis`.
  std::string field;
  // This is what is wrong with it, in words for people.
  std::string description;
};

// This is what must be done by telephone where somebody may be in danger.
struct HelpLink {
  std::string description;
  std::string url;
};

// These are the contents of a refusal.
struct RefusalDetails {
  grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
  // This is the rule as text; a later version of Accord may have added it. It is empty if none is named.
  std::string reason;
  // This is a message for people, whose words may change.
  std::string message;
  std::vector<FieldViolation> fields;
  // This says how long to wait before the same call is sent again, if the refusal says so.
  std::optional<Seconds> retry_after;
  // This is the meaning of the rule and what to do, in the requested language.
  std::string localized;
  std::vector<HelpLink> help;
};

// Accord answered and refused. Programs should use `rule` to decide what to do.
class Refusal : public CallError {
 public:
  // `outlived` means that the refused certificate is being replaced, so the refusal does not predict the
  // next attempt.
  Refusal(RefusalDetails details, bool outlived, const google::protobuf::Message& request,
          std::string request_id);

  bool may_pass() const override;
  // This gives the rule of the catalogue; it is Rule::kUnknown if this library does not know it, and then
  // `reason` names it.
  Rule rule() const { return rule_; }
  grpc::StatusCode code() const { return details_.code; }
  const std::string& reason() const { return details_.reason; }
  const std::string& message() const { return details_.message; }
  const std::vector<FieldViolation>& fields() const { return details_.fields; }
  const std::optional<Seconds>& retry_after() const { return details_.retry_after; }
  const std::string& localized() const { return details_.localized; }
  const std::vector<HelpLink>& help() const { return details_.help; }

 private:
  RefusalDetails details_;
  Rule rule_;
  bool outlived_;
};

// Nothing answered in time, so a change may or may not have been made. Keep `request`, which has
// its request id, and call with it again: the change is then made once.
class Unanswered : public CallError {
 public:
  Unanswered(const std::string& detail, const google::protobuf::Message& request, std::string request_id);

  bool may_pass() const override { return true; }
};

// This gives the name of a code as in gRPC's documentation, such as `UNAVAILABLE`.
std::string NameOf(grpc::StatusCode code);

// This gives the refusal in a gRPC status other than OK; it is nullopt if it may not come from Accord.
std::optional<RefusalDetails> RefusalOf(const grpc::Status& status);

}  // namespace accord::client

#endif  // ACCORD_CLIENT_ERRORS_H_
