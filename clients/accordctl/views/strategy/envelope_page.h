// This is what is committed of an envelope, and what is free: a table, a document or a page. Amounts are
// exact to the cent, and what a source stated stands beside them in its own words.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_PAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct EnvelopeView {
  strategy::v1::EnvelopePosition position;
  std::vector<strategy::v1::Allocation> allocations;
  AgencyNames agencies;
  absl::Time now;
};

// This gives `$6,650,000.00`, or in French `6 650 000,00 $` with spaces that do not break.
std::string MoneyText(int64_t cents);
// Gives what the state of an allocation means for the envelope.
std::string AllocationWords(strategy::v1::AllocationState state);
// How exact the total is, as it was stated: `up to`, or empty where it is exact.
std::string QualifierText(strategy::v1::Qualifier qualifier);

// This returns the page as HTML.
std::string EnvelopePage(const EnvelopeView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_PAGE_H_
