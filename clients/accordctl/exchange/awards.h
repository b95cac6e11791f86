// This file is about awards to organisations, whichever kind of record states them. An export writes these
// fields and no others, so that a field that is later added to a record is not exported by accident.
#ifndef ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_AWARDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_AWARDS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/strategy/v1/money_resources.pb.h"

namespace accord::ctl {

struct Award {
  // The name of the record that states the award.
  std::string record;
  std::string title, description;
  // The amount is above 0. A record without a stated amount makes no award.
  int64_t amount_cents = 0;
  // The amount has been valid since this instant.
  absl::Time at;
  // These are the agency ids of the payer and of the recipient.
  std::string funder, recipient;
  // This is the programme that the award is paid from, for example the envelope `vcao-ht`.
  std::string programme_code, programme_title;
  // These are the days of the award, `YYYY-MM-DD`, if it is for one fiscal year.
  std::string starts_on, ends_on;
};

// These are awards of one level. Money that a ministry contributes to a fund is awarded again from the fund,
// so the two levels are separate lists, which must not be added up.
struct AwardList {
  std::string title, description;
  // They are in the order of the records' names, so that the same records make the same file.
  std::vector<Award> awards;
  // These are the reasons why records are not awards, and how many there are: `only planned` -> 2.
  std::map<std::string, std::size_t> left_out;
};

// This makes awards from the committed allocations of envelopes. A planned or closed allocation is not
// an award.
AwardList AwardsOfAllocations(const std::vector<strategy::v1::Allocation>& allocations,
                              const std::vector<strategy::v1::Envelope>& envelopes);
// This makes awards from the money that ministries have committed or given to a fund, where the amount is
// stated. The fund belongs to the agency that is the contribution's parent.
AwardList AwardsOfContributions(const std::vector<strategy::v1::Contribution>& contributions);

// This gives the sum of the amounts in cents.
int64_t SumOfAwards(const AwardList& list);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_AWARDS_H_
