// How a call may end without its answer: it was refused by a rule of the catalogue, or nobody answered.
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

// Whatever this library throws by itself.
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

  // Whether the same call, unchanged, may succeed later. Until then a change may have been made all the same,
  // as where a service broke off. If so, call with `request` again.
  virtual bool may_pass() const = 0;

  const google::protobuf::Message& request() const { return *request_; }
  // The same as the message that it is; it throws std::bad_cast if it is another one.
  template <typename Request>
  const Request& RequestAs() const {
    return dynamic_cast<const Request&>(*request_);
  }
  // The id by which the call can be repeated; empty where it only reads.
  const std::string& request_id() const { return request_id_; }

 private:
  std::shared_ptr<const google::protobuf::Message> request_;
  std::string request_id_;
};

// A field of the request that is at fault.
struct FieldViolation {
  // The path of the field, such as `referral.lawful_basis`.
  std::string field;
  // What is wrong with it, for people.
  std::string description;
};

// What people do by telephone, where somebody may be in danger.
struct HelpLink {
  std::string description;
  std::string url;
};

// What a refusal carries.
struct RefusalDetails {
  grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
  // The rule as a text; it may be one that a later version of Accord has added. Empty if none is named.
  std::string reason;
  // What people read, whose words may change.
  std::string message;
  std::vector<FieldViolation> fields;
  // How long to wait before the same call is sent again, where the refusal says so.
  std::optional<Seconds> retry_after;
  // What the rule means and what to do, in the language that was asked for.
  std::string localized;
  std::vector<HelpLink> help;
};

// Accord answered and refused. Programs go by `rule`.
class Refusal : public CallError {
 public:
  // `outlived`: the certificate that was refused is being replaced, so that the refusal says nothing of the
  // next attempt.
  Refusal(RefusalDetails details, bool outlived, const google::protobuf::Message& request,
          std::string request_id);

  bool may_pass() const override;
  // The rule of the catalogue; Rule::kUnknown if this library does not know it, and then `reason` names it.
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

// Nobody answered in time, so that a change may or may not have been made. Keep `request`, which carries its
// request id, and call with it again: the change is then made once.
class Unanswered : public CallError {
 public:
  Unanswered(const std::string& detail, const google::protobuf::Message& request, std::string request_id);

  bool may_pass() const override { return true; }
};

// The name of a code as gRPC's documentation has it, such as `UNAVAILABLE`.
std::string NameOf(grpc::StatusCode code);

// The refusal that a status of gRPC other than OK carries; nullopt if nobody may have answered.
std::optional<RefusalDetails> RefusalOf(const grpc::Status& status);

}  // namespace accord::client

#endif  // ACCORD_CLIENT_ERRORS_H_
