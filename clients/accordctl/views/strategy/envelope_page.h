// This file is about the committed and the free part of an envelope, as a table, a document or a page.
// Amounts are exact to the cent, and a source's own words are shown beside them.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_PAGE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_PAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct EnvelopeView {
  strategy::v1::EnvelopePosition position;
  std::vector<strategy::v1::Allocation> allocations;
  AgencyNames agencies;
  absl::Time now;
};

// This gives `$6,650,000.00`, or in French `6 650 000,00 $` with non-breaking spaces.
std::string MoneyText(int64_t cents);
// This gives what the state of an allocation means for the envelope.
std::string AllocationWords(strategy::v1::AllocationState state);
// This gives how exact the total was stated to be: `up to`, or empty if it is exact.
std::string QualifierText(strategy::v1::Qualifier qualifier);

// This returns the page as HTML.
std::string EnvelopePage(const EnvelopeView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_PAGE_H_
