// What is said of a call that was refused, and what the process exits with.
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/screen.h"
#include "common/base/error.h"
#include "google/rpc/error_details.pb.h"

namespace accord::ctl {
namespace {

template <class Detail>
bool Read(const absl::Status& status, Detail* detail) {
  const auto payload =
      status.GetPayload(absl::StrCat("type.googleapis.com/", detail->GetDescriptor()->full_name()));
  return payload && detail->ParseFromString(std::string(*payload));
}

// This rule is about a file of this machine (common/base/file.h).
constexpr char kNotWritten[] = "FILE_NOT_WRITTEN";

// A message that is too large is as large the next time.
bool IsTooLarge(const absl::Status& status) {
  const std::string rule = accord::RuleOf(status);
  return rule == "MESSAGE_TOO_LARGE" || rule == "HEADERS_TOO_LARGE" || rule == "ANSWER_NAMES_TOO_MUCH" ||
         (rule.empty() && absl::StrContains(status.message(), "larger than max"));
}

std::string NextStep(const absl::Status& status, const std::string& rule) {
  if (rule == "PURPOSE_MISSING" || rule == "PURPOSE_NOT_PERMITTED" || rule == "ROLE_NOT_PERMITTED" ||
      rule == "AGENCY_KIND_NOT_PERMITTED") {
    return "`accordctl access explain NOUN VERB` lists who may call this, and for which purposes";
  }
  if (rule == kNotWritten) return "make room, or name another place; what was there before is as it was";
  if (!IsPassing(status)) {
    if (status.code() == absl::StatusCode::kResourceExhausted)
      return "it will not fit next time either: ask for less, for example with a smaller --limit or a filter";
    if (status.code() == absl::StatusCode::kUnavailable) return "";
  }
  switch (status.code()) {
    case absl::StatusCode::kAborted:
      return "somebody changed it meanwhile: read it again, then repeat with its present etag";
    case absl::StatusCode::kUnavailable:
      return "try again; with the same --request-id it runs once. `accordctl status` shows what is reachable";
    case absl::StatusCode::kDeadlineExceeded:
      return "it took longer than --timeout allows: give it more, or ask for less";
    case absl::StatusCode::kUnauthenticated:
      // The message of a fault of the gateway's certificate says what to do.
      if (absl::StartsWith(rule, "GATEWAY_")) return "";
      return "check the context's certificate: `accordctl pki show FILE`";
    default:
      return "";
  }
}

}  // namespace

bool IsPassing(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return accord::RuleOf(status) != kNotWritten;
    case absl::StatusCode::kResourceExhausted:
      return !IsTooLarge(status);
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    default:
      return false;
  }
}

Exit ExitOf(const absl::Status& status) {
  if (IsPassing(status)) return kTryAgain;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return kDone;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return kRefused;
    case absl::StatusCode::kNotFound:
      return kNotFound;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return kConflict;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kUnimplemented:
    case absl::StatusCode::kResourceExhausted:
      return kInvalid;
    case absl::StatusCode::kDataLoss:
      return kNotVerified;
    default:
      return kOther;
  }
}

std::string PrintError(const absl::Status& status, Format format) {
  const std::string code = absl::StatusCodeToString(status.code());
  const std::string message =
      status.message().empty() ? "no reason was given" : std::string(status.message());
  const std::string rule = accord::RuleOf(status);
  google::rpc::BadRequest bad;
  google::rpc::RetryInfo retry;
  Read(status, &bad);
  const bool retries = Read(status, &retry) && IsPassing(status);
  if (format == Format::kJson) {
    Json json = {{"code", code}, {"rule", rule}, {"message", message}};
    for (const auto& fault : bad.field_violations()) json["fields"][fault.field()] = fault.description();
    if (retries) json["retry_after_seconds"] = retry.retry_delay().seconds();
    return Dump(json) + "\n";
  }
  // What a rule only says again is said once.
  const std::string named = rule.empty() || rule == code ? std::string() : " " + Shown(rule);
  std::string out =
      absl::StrCat("accordctl: ", code, named, ": ",
                   bad.field_violations_size() > 0 ? "the request is not valid" : Shown(message), "\n");
  for (const auto& fault : bad.field_violations()) {
    absl::StrAppend(&out, "  ", Shown(fault.field()), " ", Shown(fault.description()), "\n");
  }
  if (retries) absl::StrAppend(&out, "  try again after ", retry.retry_delay().seconds(), " s\n");
  const std::string next = NextStep(status, rule);
  if (!next.empty()) absl::StrAppend(&out, "  ", next, "\n");
  return out;
}

}  // namespace accord::ctl
