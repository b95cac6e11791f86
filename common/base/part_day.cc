#include "common/base/part_day.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"

namespace accord {
namespace {

constexpr std::string_view kBetween = "..";
constexpr std::size_t kYear = 4, kMonth = 7;

std::optional<PartDay> ParseOnePartDay(std::string_view text) {
  const std::string whole(text);
  if (whole.size() == kYear) {
    const auto first = ParseDay(absl::StrCat(whole, "-01-01")),
               last = ParseDay(absl::StrCat(whole, "-12-31"));
    if (!first || !last) return std::nullopt;
    return PartDay{*first, *last};
  }
  if (whole.size() == kMonth) {
    const auto first = ParseDay(absl::StrCat(whole, "-01"));
    if (!first) return std::nullopt;
    return PartDay{*first, absl::CivilDay(absl::CivilMonth(*first) + 1) - 1};
  }
  const auto day = ParseDay(whole);
  if (!day) return std::nullopt;
  return PartDay{*day, *day};
}

}  // namespace

std::optional<PartDay> ParsePartDay(std::string_view text) {
  const std::size_t between = text.find(kBetween);
  if (between == std::string_view::npos) return ParseOnePartDay(text);
  const auto first = ParseOnePartDay(text.substr(0, between)),
             last = ParseOnePartDay(text.substr(between + kBetween.size()));
  if (!first || !last || last->last < first->first) return std::nullopt;
  return PartDay{first->first, last->last};
}

Certainty Within(std::string_view from, std::string_view until, absl::CivilDay day) {
  const auto begin = ParsePartDay(from), end = ParsePartDay(until);
  if ((begin && day < begin->first) || (end && end->last <= day)) return Certainty::kNo;
  return (!begin || begin->last <= day) && (!end || day < end->first) ? Certainty::kYes : Certainty::kMaybe;
}

bool IsPeriod(std::string_view from, std::string_view until) {
  const auto begin = ParsePartDay(from), end = ParsePartDay(until);
  if ((!from.empty() && !begin) || (!until.empty() && !end)) return false;
  return !begin || !end || begin->first < end->last;
}

}  // namespace accord
