// This reads the strategy's records for views and exports: every page, as the caller may read it.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_STRATEGY_RECORDS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_STRATEGY_RECORDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/indicator_tables.pb.h"
#include "accord/strategy/v1/money_resources.pb.h"
#include "accord/strategy/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"

namespace accord::ctl {

absl::StatusOr<std::vector<strategy::v1::Initiative>> LoadInitiatives(CommandSession* session);
// This loads the figures that may leave the service, of one indicator if one is named.
absl::StatusOr<std::vector<strategy::v1::IndicatorTable>> LoadIndicatorTables(
    CommandSession* session, const std::string& indicator = "");
absl::StatusOr<std::vector<strategy::v1::Envelope>> LoadEnvelopes(CommandSession* session);
// This loads the allocations of one envelope if one is named, and otherwise of all.
absl::StatusOr<std::vector<strategy::v1::Allocation>> LoadAllocations(CommandSession* session,
                                                                      const std::string& envelope = "");
absl::StatusOr<std::vector<strategy::v1::Contribution>> LoadContributions(CommandSession* session);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_STRATEGY_STRATEGY_RECORDS_H_
