// These functions say who is on the panel of a call, and what its members may do.
#ifndef ACCORD_SERVICES_STRATEGY_FUNDING_PANEL_RULES_H_
#define ACCORD_SERVICES_STRATEGY_FUNDING_PANEL_RULES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "accord/strategy/v1/fund_resources.pb.h"
#include "common/access/decide.h"
#include "common/storage/database/database.h"

namespace accord::strategy {

// This gives the caller's entry in the panel of the call. The result is null if the caller is not on
// the panel.
const v1::PanelMember* PanelMemberOf(const v1::FundingCall& funding_call, const Caller& caller);

// This tells whether this member of the panel is of a design partner: an agency with which the call
// is delivered.
bool IsPanelMemberOfPartner(const v1::FundingCall& funding_call, const v1::PanelMember& member);

// This tells whether each member of the panel who is of a design partner agrees to the concluded order.
bool HasPanelConcurred(const v1::FundingCall& funding_call);

// This fails with NOT_THE_CHAIR unless the caller is the chair of the panel. Where the chair has a conflict
// about one of these applications, every other member of the panel may act as well.
absl::Status CheckActsAsPanelChair(storage::Transaction& tx, const v1::FundingCall& funding_call,
                                   const Caller& caller, const std::vector<std::string>& applications);

}  // namespace accord::strategy

#endif  // ACCORD_SERVICES_STRATEGY_FUNDING_PANEL_RULES_H_
