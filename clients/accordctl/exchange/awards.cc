#include "clients/accordctl/exchange/awards.h"

#include <algorithm>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

namespace money = strategy::v1;

void SortAwards(AwardList* list) {
  std::sort(list->awards.begin(), list->awards.end(),
            [](const Award& a, const Award& b) { return a.record < b.record; });
}

// This sets the days of a fiscal year: `2016-17` is from 2016-04-01 to 2017-03-31.
void SetAwardYear(const std::string& fiscal_year, Award* award) {
  int first = 0;
  if (!absl::SimpleAtoi(fiscal_year.substr(0, fiscal_year.find('-')), &first)) return;
  award->starts_on = absl::StrCat(first, "-04-01");
  award->ends_on = absl::StrCat(first + 1, "-03-31");
}

// This gives why an allocation is not an award; it is nullopt if it is one.
std::optional<std::string> WhyNoAward(const money::Allocation& allocation) {
  if (allocation.state() == money::ALLOCATION_STATE_COMMITTED) return std::nullopt;
  return allocation.state() == money::ALLOCATION_STATE_CLOSED ? "back in the envelope" : "only planned";
}

std::optional<std::string> WhyNoAward(const money::Contribution& contribution) {
  if (!contribution.has_amount_cents()) return "amount not stated";
  if (contribution.kind() != money::CONTRIBUTION_KIND_MONEY) return "not known to be money";
  if (contribution.state() == money::CONTRIBUTION_STATE_COMMITTED ||
      contribution.state() == money::CONTRIBUTION_STATE_RECEIVED) {
    return std::nullopt;
  }
  return "only planned";
}

}  // namespace

AwardList AwardsOfAllocations(const std::vector<money::Allocation>& allocations,
                              const std::vector<money::Envelope>& envelopes) {
  std::map<std::string, const money::Envelope*> by_name;
  for (const auto& envelope : envelopes) by_name[envelope.name()] = &envelope;
  AwardList list;
  list.title = "Awards out of the envelopes of the strategy";
  list.description =
      "What is committed to agencies out of the envelopes. Contributions of ministries to funds are another "
      "level and another file: the two are never added together.";
  for (const auto& allocation : allocations) {
    const auto envelope = by_name.find(allocation.envelope());
    auto why = WhyNoAward(allocation);
    if (!why && envelope == by_name.end()) why = "envelope not readable";
    if (why) {
      ++list.left_out[*why];
      continue;
    }
    Award award;
    award.record = allocation.name();
    award.title = envelope->second->title();
    award.description = absl::StrCat("Allocation out of the envelope ", envelope->second->envelope_id(),
                                     allocation.fiscal_year().empty()
                                         ? ", without a fiscal year, because none was stated"
                                         : absl::StrCat(", for the fiscal year ", allocation.fiscal_year()));
    award.amount_cents = allocation.amount_cents();
    award.at = FromProto(allocation.update_time());
    award.funder = envelope->second->ministry();
    award.recipient = allocation.recipient();
    award.programme_code = envelope->second->envelope_id();
    award.programme_title = envelope->second->title();
    SetAwardYear(allocation.fiscal_year(), &award);
    list.awards.push_back(std::move(award));
  }
  SortAwards(&list);
  return list;
}

AwardList AwardsOfContributions(const std::vector<money::Contribution>& contributions) {
  AwardList list;
  list.title = "Contributions of ministries to the funds of the strategy";
  list.description =
      "What ministries are bound to give to funds, or gave. Funds award this money again, which is another "
      "level and another file: the two are never added together.";
  for (const auto& contribution : contributions) {
    if (const auto why = WhyNoAward(contribution)) {
      ++list.left_out[*why];
      continue;
    }
    Award award;
    award.record = contribution.name();
    award.title = absl::StrCat("Contribution to the fund ", contribution.fund());
    award.description = absl::StrCat("Contribution of a ministry to the fund ", contribution.fund(),
                                     ", out of which awards are made; it is never added to these");
    award.amount_cents = contribution.amount_cents();
    award.at = FromProto(contribution.update_time());
    award.funder = contribution.from_ministry();
    award.recipient = OwnerOf(contribution.name());
    award.programme_code = contribution.fund();
    award.programme_title = absl::StrCat("Fund ", contribution.fund());
    list.awards.push_back(std::move(award));
  }
  SortAwards(&list);
  return list;
}

int64_t SumOfAwards(const AwardList& list) {
  int64_t sum = 0;
  for (const Award& award : list.awards) sum += award.amount_cents;
  return sum;
}

}  // namespace accord::ctl
