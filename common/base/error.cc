#include "common/base/error.h"

#include <google/protobuf/any.pb.h>

#include <algorithm>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace accord {
namespace {

constexpr char kDomain[] = "accord.example";
constexpr absl::Duration kComeBack = absl::Milliseconds(500);
// The text about fields at fault has at most this many bytes. Trailers carry the text three times, twice of
// that in base64, and a gRPC client may drop an error whose trailers exceed 8 KiB.
constexpr std::size_t kFieldsText = 1500;
constexpr char kTypePrefix[] = "type.googleapis.com/";

absl::string_view Absl(std::string_view s) { return {s.data(), s.size()}; }

void AttachErrorDetail(absl::Status& status, const google::protobuf::Message& detail) {
  status.SetPayload(kTypePrefix + detail.GetDescriptor()->full_name(),
                    absl::Cord(detail.SerializeAsString()));
}

}  // namespace

absl::Status Refuse(const rules::Rule& rule, std::string_view message) {
  absl::Status status(rule.code, Absl(message));
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(rule.reason));
  info.set_domain(kDomain);
  AttachErrorDetail(status, info);
  return rule.code == absl::StatusCode::kUnavailable ? WithRetryAfter(std::move(status), kComeBack) : status;
}

absl::Status Reword(const absl::Status& status, std::string_view message) {
  absl::Status reworded(status.code(), Absl(message));
  const std::string type = kTypePrefix + google::rpc::ErrorInfo::descriptor()->full_name();
  if (const auto info = status.GetPayload(type)) reworded.SetPayload(type, *info);
  return reworded;
}

absl::Status RefuseFields(const std::vector<std::pair<std::string, std::string>>& violations) {
  std::string message = "The request is not valid:";
  google::rpc::BadRequest bad;
  std::size_t untold = violations.size();
  for (const auto& [field, what] : violations) {
    if (message.size() >= kFieldsText) break;
    --untold;
    message += " " + field + " " + what + ";";
    auto* violation = bad.add_field_violations();
    violation->set_field(field);
    violation->set_description(what);
  }
  if (untold > 0) message += " and " + std::to_string(untold) + " more;";
  // A question keeps its own mark and gets no full stop.
  message.pop_back();
  if (message.back() != '?') message += '.';
  absl::Status status = Refuse(rules::kFieldInvalid, message);
  AttachErrorDetail(status, bad);
  return status;
}

absl::Status WithRetryAfter(absl::Status status, absl::Duration delay) {
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(delay));
  retry.mutable_retry_delay()->set_nanos(
      static_cast<int>(absl::ToInt64Nanoseconds(delay - absl::Seconds(absl::ToInt64Seconds(delay)))));
  AttachErrorDetail(status, retry);
  return status;
}

absl::Status NotFound() {
  return Refuse(rules::kNotFound, "There is no such resource, or you may not see it.");
}

std::string RuleOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  auto payload = status.GetPayload(kTypePrefix + info.GetDescriptor()->full_name());
  if (!payload || !info.ParseFromString(std::string(*payload))) return "";
  return info.reason();
}

std::string StatusDetails(const absl::Status& status) {
  if (status.ok()) return "";
  google::rpc::Status rpc;
  rpc.set_code(static_cast<int>(status.code()));
  rpc.set_message(std::string(status.message()));
  status.ForEachPayload([&](absl::string_view type, const absl::Cord& value) {
    auto* any = rpc.add_details();
    any->set_type_url(std::string(type));
    any->set_value(std::string(value));
  });
  // Abseil keeps payloads in no fixed order, but equal refusals must be equal bytes.
  std::sort(rpc.mutable_details()->begin(), rpc.mutable_details()->end(),
            [](const auto& a, const auto& b) { return a.type_url() < b.type_url(); });
  return rpc.SerializeAsString();
}

absl::Status FromStatusDetails(int code, std::string_view message, std::string_view details) {
  absl::Status status(static_cast<absl::StatusCode>(code), Absl(message));
  google::rpc::Status rpc;
  if (status.ok() || !rpc.ParseFromArray(details.data(), static_cast<int>(details.size()))) return status;
  for (const auto& any : rpc.details()) status.SetPayload(any.type_url(), absl::Cord(any.value()));
  return status;
}

}  // namespace accord
