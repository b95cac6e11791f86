#include "clients/accordctl/records/indicator_words.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "accord/protocols/v1/inspector_referral_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "clients/accordctl/core/lookup_words.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

constexpr char kIndicators[] = "indicators";

// `Hotel keys`, `hotel_keys` and `hotel-keys` are one indicator.
std::string AsIndicatorCode(const std::string& indicator) {
  return absl::StrReplaceAll(absl::AsciiStrToLower(indicator), {{"_", "-"}, {" ", "-"}});
}

// This says whether an indicator differs from a known one in so few letters that it was hardly meant as
// another one.
bool IsMisspeltIndicator(const std::string& code, const std::vector<std::string>& known) {
  constexpr std::size_t kShortestWord = 4, kLettersPerSlip = 5, kMostSlips = 3;
  if (code.size() < kShortestWord) return false;
  const std::size_t slips = std::clamp<std::size_t>(code.size() / kLettersPerSlip, 1, kMostSlips);
  return std::any_of(known.begin(), known.end(),
                     [&](const std::string& each) { return EditDistance(code, each) <= slips; });
}

}  // namespace

bool TakesIndicators(const Command& command) {
  return command.body() != nullptr && command.method.rule.mutates() &&
         command.body()->message_type() == protocols::v1::Referral::descriptor();
}

absl::Status CheckIndicatorWords(CommandSession* session, const Command& command, const Json& request) {
  if (session->keeps_as_typed || !TakesIndicators(command)) return absl::OkStatus();
  const std::string& body = command.body()->name();
  if (!request.contains(body) || !request[body].is_object() || !request[body].contains(kIndicators)) {
    return absl::OkStatus();
  }
  const Json& indicators = request[body][kIndicators];
  if (!indicators.is_array() || indicators.empty()) return absl::OkStatus();
  // The field of inspectors takes the codes of the same lists, and names the command that lists them.
  const auto known =
      LookedUpWords(session, *protocols::v1::InspectorReferral::descriptor()->FindFieldByName(kIndicators));
  if (!known.ok()) return absl::OkStatus();
  std::vector<std::pair<std::string, std::string>> faults;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    if (!indicators[i].is_string()) continue;
    const std::string code = AsIndicatorCode(indicators[i].get<std::string>());
    const bool is_known = std::find(known->begin(), known->end(), code) != known->end();
    if (is_known || !IsMisspeltIndicator(code, *known)) continue;
    faults.emplace_back(
        absl::StrCat(body, ".", kIndicators, "[", i, "]"),
        absl::StrCat(Text("is no known indicator"), "; ", NearestInSessionLanguage(code, *known), " ",
                     Text("--as-typed keeps it as it is")));
  }
  return faults.empty() ? absl::OkStatus() : RefuseFields(faults);
}

}  // namespace accord::ctl
