#include "services/strategy/funding/panel_rules.h"

#include <algorithm>

#include "common/base/error.h"
#include "services/strategy/funding/conflict_rules.h"

namespace accord::strategy {
namespace {

absl::StatusOr<bool> HasPanelChairConflict(storage::Transaction& tx, const v1::FundingCall& funding_call,
                                           const std::vector<std::string>& applications) {
  for (const v1::PanelMember& member : funding_call.panel()) {
    if (!member.chair()) continue;
    for (const std::string& application : applications) {
      ACCORD_ASSIGN_OR_RETURN(const bool has,
                              HasConflict(tx, application, {member.agency(), member.person()}));
      if (has) return true;
    }
  }
  return false;
}

}  // namespace

const v1::PanelMember* PanelMemberOf(const v1::FundingCall& funding_call, const Caller& caller) {
  for (const v1::PanelMember& member : funding_call.panel()) {
    if (member.agency() == caller.agency && member.person() == caller.actor) return &member;
  }
  return nullptr;
}

bool IsPanelMemberOfPartner(const v1::FundingCall& funding_call, const v1::PanelMember& member) {
  const auto& partners = funding_call.co_approvers();
  return std::find(partners.begin(), partners.end(), member.agency()) != partners.end();
}

bool HasPanelConcurred(const v1::FundingCall& funding_call) {
  const auto& given = funding_call.concurrences();
  return std::all_of(funding_call.panel().begin(), funding_call.panel().end(), [&](const auto& member) {
    return !IsPanelMemberOfPartner(funding_call, member) ||
           std::any_of(given.begin(), given.end(), [&](const v1::CallCoApproval& each) {
             return each.agency() == member.agency() && each.person() == member.person() &&
                    each.criteria_digest() == funding_call.concluded_digest();
           });
  });
}

absl::Status CheckActsAsPanelChair(storage::Transaction& tx, const v1::FundingCall& funding_call,
                                   const Caller& caller, const std::vector<std::string>& applications) {
  const v1::PanelMember* member = PanelMemberOf(funding_call, caller);
  if (member != nullptr && member->chair()) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(const bool stands_in, HasPanelChairConflict(tx, funding_call, applications));
  if (member != nullptr && stands_in) return absl::OkStatus();
  return Refuse(rules::kNotTheChair,
                "The chair of the panel does this, or a member of it where the chair has a conflict.");
}

}  // namespace accord::strategy
