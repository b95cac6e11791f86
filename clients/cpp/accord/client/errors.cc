#include "accord/client/errors.h"

#include <iterator>
#include <utility>

#include "accord/client/details.pb.h"

namespace accord::client {
namespace {

constexpr char kDomain[] = "accord.example";

// A status without the name of a rule comes from the network or from a library. After these nobody knows
// whether the call was carried out, and by its request id it can be sent again.
bool MayHaveBeenCarriedOut(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::ABORTED:
      return true;
    default:
      return false;
  }
}

std::string RefusalMessage(const RefusalDetails& details) {
  const std::string reason = details.reason.empty() ? "" : " " + details.reason;
  return NameOf(details.code) + reason + ": " + details.message;
}

// This says whether the detail is the message of google.rpc with this name; then it is read into `into`.
bool ReadDetail(const google::protobuf::Any& detail, const std::string& name,
                google::protobuf::Message* into) {
  const std::string& url = detail.type_url();
  const auto slash = url.rfind('/');
  return slash != std::string::npos && url.substr(slash + 1) == "google.rpc." + name &&
         into->ParseFromString(detail.value());
}

}  // namespace

std::string NameOf(grpc::StatusCode code) {
  static constexpr const char* kNames[] = {
      "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
      "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
      "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
      "DATA_LOSS", "UNAUTHENTICATED"};
  const int index = static_cast<int>(code);
  return index >= 0 && index < static_cast<int>(std::size(kNames)) ? kNames[index] : std::to_string(index);
}

CallError::CallError(const std::string& what, const google::protobuf::Message& request,
                     std::string request_id)
    : AccordError(what), request_id_(std::move(request_id)) {
  const std::shared_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  request_ = copy;
}

Refusal::Refusal(RefusalDetails details, bool outlived, const google::protobuf::Message& request,
                 std::string request_id)
    : CallError(RefusalMessage(details), request, std::move(request_id)),
      details_(std::move(details)),
      rule_(FindRule(details_.reason)),
      outlived_(outlived) {}

bool Refusal::may_pass() const { return details_.retry_after.has_value() || MayPass(rule_) || outlived_; }

Unanswered::Unanswered(const std::string& detail, const google::protobuf::Message& request,
                       std::string request_id)
    : CallError(request.GetTypeName() + " has no answer: " + detail, request, std::move(request_id)) {}

std::optional<RefusalDetails> RefusalOf(const grpc::Status& status) {
  RefusalDetails found;
  found.code = status.error_code();
  found.message = status.error_message();
  details::Status carried;
  details::ErrorInfo info;
  if (carried.ParseFromString(status.error_details())) {
    for (const google::protobuf::Any& detail : carried.details()) {
      details::BadRequest bad;
      details::RetryInfo retry;
      details::LocalizedMessage localized;
      details::Help help;
      if (ReadDetail(detail, "ErrorInfo", &info)) continue;
      if (ReadDetail(detail, "BadRequest", &bad)) {
        for (const auto& each : bad.field_violations())
          found.fields.push_back({each.field(), each.description()});
      } else if (ReadDetail(detail, "RetryInfo", &retry)) {
        const auto& wait = retry.retry_delay();
        found.retry_after = Seconds(static_cast<double>(wait.seconds()) + wait.nanos() / 1e9);
      } else if (ReadDetail(detail, "LocalizedMessage", &localized)) {
        found.localized = localized.message();
      } else if (ReadDetail(detail, "Help", &help)) {
        for (const auto& each : help.links()) found.help.push_back({each.description(), each.url()});
      }
    }
  }
  if (info.domain() == kDomain) {
    found.reason = info.reason();
  } else if (MayHaveBeenCarriedOut(found.code)) {
    return std::nullopt;
  }
  return found;
}

}  // namespace accord::client
