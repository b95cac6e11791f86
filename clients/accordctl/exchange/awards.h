// What was awarded to organisations, whatever record says so. An export writes these fields and no others, so
// that a field which a record gains does not leave with it.
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
  // It is the name of the record that says so.
  std::string record;
  std::string title, description;
  // It is above 0. An amount that nobody stated makes no award.
  int64_t amount_cents = 0;
  // The amount stands since this instant.
  absl::Time at;
  // These are ids of agencies: who pays and who gets it.
  std::string funder, recipient;
  // It is what the award is out of, for example the envelope `vcao-ht`.
  std::string programme_code, programme_title;
  // It is for these days, `YYYY-MM-DD`, if it is for one fiscal year.
  std::string starts_on, ends_on;
};

// Awards of one level. Money that a ministry contributes to a fund is awarded again out of it, so that the
// two levels are two lists, which nobody adds up.
struct AwardList {
  std::string title, description;
  // They are in the order of the records' names, so that the same records make the same file.
  std::vector<Award> awards;
  // Why records are no awards, and how many: `only planned` -> 2.
  std::map<std::string, std::size_t> left_out;
};

// Makes awards of what is committed of envelopes. What is planned or closed is no award.
AwardList AwardsOfAllocations(const std::vector<strategy::v1::Allocation>& allocations,
                              const std::vector<strategy::v1::Envelope>& envelopes);
// Of the money that ministries are bound to give to a fund, or gave, with an amount that was stated. The fund
// is kept by the agency under which the contribution stands.
AwardList AwardsOfContributions(const std::vector<strategy::v1::Contribution>& contributions);

// The sum of the amounts in cents.
int64_t SumOf(const AwardList& list);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_EXCHANGE_AWARDS_H_
