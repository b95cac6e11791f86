// This tells whether the governing bodies of Indigenous people have agreed that figures about them
// are published.
#ifndef ACCORD_SERVICES_STRATEGY_INDICATORS_DATA_AUTHORISATIONS_H_
#define ACCORD_SERVICES_STRATEGY_INDICATORS_DATA_AUTHORISATIONS_H_

#include <string>

#include "absl/status/statusor.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/storage/records/resources.h"

namespace accord::strategy {

// This tells whether an agreement counts on this day for an indicator as it is defined now.
bool IsAuthorisationInForceFor(const v1::Indicator& indicator, const v1::DataAuthorisation& authorisation,
                               const std::string& day);

// This tells whether each governing body that the indicator names has an agreement that counts on this day.
// An indicator that names no body has no agreement. `viewer` sees all agreements.
absl::StatusOr<bool> IsIndicatorAuthorised(storage::Transaction& tx, storage::Resources* authorisations,
                                           const std::string& viewer, const v1::Indicator& indicator,
                                           const std::string& day);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_INDICATORS_DATA_AUTHORISATIONS_H_
