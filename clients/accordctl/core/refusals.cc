// This is what is said of a call that was refused, and what the process exits with.
#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/screen.h"
#include "common/access/names.h"
#include "common/access/told.h"
#include "common/base/error.h"
#include "common/base/language.h"
#include "google/rpc/error_details.pb.h"

namespace accord::ctl {
namespace {

template <class Detail>
bool Read(const absl::Status& status, Detail* detail) {
  const auto payload =
      status.GetPayload(absl::StrCat("type.googleapis.com/", detail->GetDescriptor()->full_name()));
  return payload && detail->ParseFromString(std::string(*payload));
}

std::string NextStep(const absl::Status& status, const std::string& rule) {
  // Their messages name the headers of the wire, which nobody types.
  if (rule == rules::kActorNotRegistered.reason) {
    return "--actor names the person; `accordctl context set NAME --actor PERSON` keeps it";
  }
  if (rule == rules::kPurposeMissing.reason) {
    return "--purpose names it; `accordctl access explain NOUN VERB` lists for which purposes this is called";
  }
  if (rule == rules::kPurposeNotPermitted.reason || rule == rules::kRoleNotPermitted.reason ||
      rule == rules::kAgencyKindNotPermitted.reason) {
    return "`accordctl access explain NOUN VERB` lists who may call this, and for which purposes";
  }
  if (rule == rules::kPurposeUnknown.reason) {
    std::vector<std::string> purposes;
    const auto* all = annotations::v1::Purpose_descriptor();
    for (int i = 0; i < all->value_count(); ++i) {
      const int number = all->value(i)->number();
      if (number != 0) purposes.push_back(PurposeName(static_cast<Purpose>(number)));
    }
    return absl::StrCat("the purposes are ", absl::StrJoin(purposes, ", "));
  }
  if (rule == rules::kFileNotWritten.reason)
    return "make room, or name another place; what was there before is as it was";
  if (!IsPassing(status)) {
    if (status.code() == absl::StatusCode::kResourceExhausted)
      return "it will not fit next time either: ask for less, for example with a smaller --limit or a filter";
    if (status.code() == absl::StatusCode::kUnavailable) return "";
  }
  switch (status.code()) {
    case absl::StatusCode::kAborted:
      return "somebody changed it meanwhile: read it again, then repeat with its present etag";
    case absl::StatusCode::kUnavailable:
      return "try again: a change runs once with the same --request-id. `accordctl status` shows what "
             "answers";
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

// What heads the fields at fault, of which each says what is wrong with it.
std::string AboveFields(const std::string& name) {
  const rules::Rule* rule = rules::FindRule(name);
  if (rule == nullptr || rule == &rules::kFieldInvalid) return "the request is not valid";
  return std::string(rule->en);
}

// A whole second at least, since who tries again after none is refused again.
int64_t SecondsToWait(const google::protobuf::Duration& delay) {
  return std::max<int64_t>(delay.seconds() + (delay.nanos() > 0 ? 1 : 0), 1);
}

// How many fields at fault an answer had no room for: RefuseFields (common/base/error.h) ends its message by
// "; and 12 more.". None if it named all.
int UntoldFields(absl::string_view message) {
  if (!absl::ConsumeSuffix(&message, " more.")) return 0;
  const std::size_t at = message.rfind("; and ");
  int count = 0;
  return at != absl::string_view::npos && absl::SimpleAtoi(message.substr(at + 6), &count) ? count : 0;
}

}  // namespace

bool IsPassing(const absl::Status& status) {
  if (const rules::Rule* rule = rules::FindRule(accord::RuleOf(status))) return rule->retry;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    case absl::StatusCode::kResourceExhausted:
      // What gRPC finds too large is as large the next time.
      return !absl::StrContains(status.message(), "larger than max");
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
  // The message is English, and says more than the catalogue's English text does.
  const std::string french = LocalizedText(status, Language::kFrench);
  const std::string rule = accord::RuleOf(status);
  const std::string telephone = TelephoneDutyIn(status);
  google::rpc::BadRequest bad;
  google::rpc::RetryInfo retry;
  Read(status, &bad);
  const bool retries = Read(status, &retry) && IsPassing(status);
  const int untold = bad.field_violations_size() > 0 ? UntoldFields(message) : 0;
  if (format == Format::kJson) {
    Json json = {{"code", code}, {"rule", rule}, {"message", message}};
    for (const auto& fault : bad.field_violations()) json["fields"][fault.field()] = fault.description();
    if (untold > 0) json["fields_not_named"] = untold;
    if (!french.empty()) json["localized_message"] = french;
    if (!telephone.empty()) json["telephone_duty"] = telephone;
    if (retries) json["retry_after_seconds"] = SecondsToWait(retry.retry_delay());
    return Dump(json) + "\n";
  }
  // What a rule only says again is said once.
  const std::string named = rule.empty() || rule == code ? std::string() : " " + Shown(rule);
  std::string out = absl::StrCat("accordctl: ", code, named, ": ",
                                 !french.empty()                   ? Shown(french)
                                 : bad.field_violations_size() > 0 ? AboveFields(rule)
                                                                   : Shown(message),
                                 "\n");
  // What the French text leaves out, for example which of several things is missing.
  if (!french.empty() && bad.field_violations_size() == 0) {
    absl::StrAppend(&out, "  (en) ", Shown(message), "\n");
  }
  for (const auto& fault : bad.field_violations()) {
    absl::StrAppend(&out, "  ", Shown(fault.field()), " ", Shown(fault.description()), "\n");
  }
  if (untold > 0) absl::StrAppend(&out, "  and ", untold, " more\n");
  if (retries) absl::StrAppend(&out, "  try again after ", SecondsToWait(retry.retry_delay()), " s\n");
  const std::string next = NextStep(status, rule);
  if (!next.empty()) absl::StrAppend(&out, "  ", next, "\n");
  if (!telephone.empty()) absl::StrAppend(&out, "  ", Shown(telephone), "\n");
  return out;
}

}  // namespace accord::ctl
