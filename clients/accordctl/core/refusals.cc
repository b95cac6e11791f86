#include "clients/accordctl/core/refusals.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/given_fields.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/next_step.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "common/access/refusal_explanation.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/language.h"
#include "google/rpc/error_details.pb.h"

namespace accord::ctl {
namespace {

template <class Detail>
bool ReadStatusDetail(const absl::Status& status, Detail* detail) {
  const auto payload =
      status.GetPayload(absl::StrCat("type.googleapis.com/", detail->GetDescriptor()->full_name()));
  return payload && detail->ParseFromString(std::string(*payload));
}

// This translates a fault of a field's form, for which all services use the same
// words (common/access/request_check.h).
std::string FieldFaultText(const std::string& said) {
  static constexpr std::array<std::string_view, 9> kFaults = {
      "is required",
      "is empty",
      "is not set",
      "contains NUL",
      "contains a character that turns the direction of writing",
      "must not be negative",
      "must be a day, YYYY-MM-DD",
      "is a number that this version does not know",
      "must be 1 to 63 of a-z, 0-9 and -, starting with a letter"};
  return std::find(kFaults.begin(), kFaults.end(), said) == kFaults.end() ? said : Text(said);
}

// This says whether the text has the form of a day that does not exist, such as `2026-02-30`.
bool IsImpossibleDay(const std::string& text) {
  static constexpr std::string_view kForm = "0000-00-00";
  const auto fits = [](char c, char form) {
    return form == '-' ? c == '-' : absl::ascii_isdigit(static_cast<unsigned char>(c));
  };
  return std::equal(text.begin(), text.end(), kForm.begin(), kForm.end(), fits) && !ParseDay(text);
}

// This gives the line for a field at fault, with the place and value that the caller gave, where they
// are known.
std::string FieldFaultLine(const google::rpc::BadRequest::FieldViolation& fault, const Json& given) {
  const std::string place = JsonTextAt(given, "place"), value = JsonTextAt(given, "value"),
                    names = JsonTextAt(given, "names"), option = JsonTextAt(given, "option");
  std::string what = FieldFaultText(fault.description());
  // The service gives one example for names of all kinds, so the field's own forms replace it.
  if (!names.empty() && absl::StartsWith(what, "must be a resource name")) {
    what = Text("must be a whole name, {{pattern}}", {{"pattern", names}});
  }
  std::string line = absl::StrCat(place.empty() ? "" : Shown(place) + ": ",
                                  Shown(option.empty() ? fault.field() : option), " ", Shown(what));
  if (value.empty()) return line;
  absl::StrAppend(&line, "; ", Text("given was `{{value}}`", {{"value", Shown(value)}}));
  if (IsImpossibleDay(value)) absl::StrAppend(&line, ", ", Text("and there is no such day"));
  return line;
}

// This gives the heading above the fields at fault.
std::string FieldFaultHeading(const std::string& name) {
  const rules::Rule* rule = rules::FindRule(name);
  if (rule == nullptr || rule == &rules::kFieldInvalid) return Text("the request is not valid");
  return std::string(rule->en);
}

// This gives at least one whole second, because a retry without a pause would be refused again.
int64_t RetrySeconds(const google::protobuf::Duration& delay) {
  return std::max<int64_t>(delay.seconds() + (delay.nanos() > 0 ? 1 : 0), 1);
}

// This gives how many fields at fault did not fit: RefuseFields (common/base/error.h) then ends its message
// with "; and 12 more.". It is zero if all are named.
int CountUntoldFields(absl::string_view message) {
  if (!absl::ConsumeSuffix(&message, " more.")) return 0;
  const std::size_t at = message.rfind("; and ");
  int count = 0;
  return at != absl::string_view::npos && absl::SimpleAtoi(message.substr(at + 6), &count) ? count : 0;
}

// This is what is printed about a refused call.
struct Refusal {
  std::string code, rule, message;
  // This is empty if the answer has no French text. The message is English, and says more than the
  // catalogue's English text.
  std::string french;
  std::string telephone;
  google::rpc::BadRequest bad;
  int untold = 0;
  // This is in seconds, for a caller who may try again.
  std::optional<int64_t> wait;
};

Refusal RefusalOf(const absl::Status& status) {
  Refusal refusal;
  refusal.code = absl::StatusCodeToString(status.code());
  refusal.rule = accord::RuleOf(status);
  refusal.message = status.message().empty() ? "no reason was given" : std::string(status.message());
  refusal.french = LocalizedText(status, Language::kFrench);
  refusal.telephone = TelephoneDutyIn(status);
  ReadStatusDetail(status, &refusal.bad);
  if (refusal.bad.field_violations_size() > 0) refusal.untold = CountUntoldFields(refusal.message);
  google::rpc::RetryInfo retry;
  if (ReadStatusDetail(status, &retry) && IsTemporary(status))
    refusal.wait = RetrySeconds(retry.retry_delay());
  return refusal;
}

Json RefusalJson(const Refusal& refusal) {
  Json json = {{"code", refusal.code}, {"rule", refusal.rule}, {"message", refusal.message}};
  for (const auto& fault : refusal.bad.field_violations())
    json["fields"][fault.field()] = fault.description();
  if (refusal.untold > 0) json["fields_not_named"] = refusal.untold;
  if (!refusal.french.empty()) json["localized_message"] = refusal.french;
  if (!refusal.telephone.empty()) json["telephone_duty"] = refusal.telephone;
  if (refusal.wait) json["retry_after_seconds"] = *refusal.wait;
  return json;
}

// This adds the place of each field at fault that came from a file.
Json WithFilePlaces(Json json, const absl::Status& status, const Refusal& refusal) {
  for (const auto& fault : refusal.bad.field_violations()) {
    const Json given = GivenFieldIn(status, fault.field());
    if (given.contains("place")) json["places"][fault.field()] = given.at("place");
  }
  return json;
}

}  // namespace

std::string ReasonText(const absl::Status& status) {
  const std::string french =
      SpokenLanguage() == Language::kFrench ? LocalizedText(status, Language::kFrench) : "";
  return french.empty() ? std::string(status.message()) : french;
}

std::string ReasonLine(const absl::Status& status) {
  const auto address = status.GetPayload(kUnreached);
  if (!address) return Shown(ReasonText(status));
  return Text("there was no answer from {{address}}: is that the gateway's address?",
              {{"address", Shown(std::string(*address))}});
}

std::string PrintError(const absl::Status& status, Format format) {
  const Refusal refusal = RefusalOf(status);
  if (format == Format::kJson) return DumpJson(WithFilePlaces(RefusalJson(refusal), status, refusal)) + "\n";
  const auto& [code, rule, message, french, telephone, bad, untold, wait] = refusal;
  // A rule with the same name as the code is not repeated.
  const std::string named = rule.empty() || rule == code ? std::string() : " " + Shown(rule);
  std::string out = absl::StrCat("accordctl: ", code, named, ": ",
                                 !french.empty()                   ? Shown(french)
                                 : bad.field_violations_size() > 0 ? FieldFaultHeading(rule)
                                 : status.GetPayload(kUnreached)   ? ReasonLine(status)
                                                                   : Shown(message),
                                 "\n");
  // The English message follows, since it may say more, for example which of several things
  // is missing.
  if (!french.empty() && french != message && bad.field_violations_size() == 0) {
    absl::StrAppend(&out, "  (en) ", Shown(message), "\n");
  }
  for (const auto& fault : bad.field_violations()) {
    absl::StrAppend(&out, "  ", FieldFaultLine(fault, GivenFieldIn(status, fault.field())), "\n");
  }
  if (untold > 0) {
    absl::StrAppend(&out, "  ", Text("and {{count}} more", {{"count", absl::StrCat(untold)}}), "\n");
  }
  if (wait) {
    absl::StrAppend(&out, "  ", Text("try again after {{count}} s", {{"count", absl::StrCat(*wait)}}), "\n");
  }
  const std::string next = NextStep(status, rule);
  if (!next.empty()) absl::StrAppend(&out, "  ", next, "\n");
  if (!telephone.empty()) absl::StrAppend(&out, "  ", Shown(telephone), "\n");
  return out;
}

}  // namespace accord::ctl
