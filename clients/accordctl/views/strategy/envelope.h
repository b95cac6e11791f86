// This file is about the committed and the free part of an envelope, as tables or as a document. A source's
// own words are shown beside amounts.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/views/agency_names.h"

namespace accord::ctl {

struct EnvelopeView {
  strategy::v1::EnvelopePosition position;
  std::vector<strategy::v1::Allocation> allocations;
  AgencyNames agencies;
  absl::Time now;
};

// This gives what the state of an allocation means for the envelope.
std::string AllocationWords(strategy::v1::AllocationState state);
// This gives how exact the total was stated to be: `up to`, or empty if it is exact.
std::string QualifierText(strategy::v1::Qualifier qualifier);

std::string EnvelopeTables(const EnvelopeView& view);
Json EnvelopeJson(const EnvelopeView& view);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_ENVELOPE_H_
