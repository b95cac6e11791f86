#include "services/strategy/engagement/held_engagement_service.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/strategy/days.h"
#include "services/strategy/engagement/contacts.h"
#include "services/strategy/indicators/numbers_in_text.h"
#include "services/strategy/indicators/told_figures.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

constexpr std::size_t kMostOfATheme = 300;

absl::Status CheckHeldEngagementTexts(const v1::Engagement& engagement) {
  const auto check_no_contact = [](const std::string& field, const std::string& text) {
    if (!HoldsContact(text)) return absl::OkStatus();
    return RefuseField(rules::kContactInText, field, "must not say how to reach anybody");
  };
  ACCORD_RETURN_IF_ERROR(check_no_contact("engagement.title", engagement.title()));
  for (const std::string& theme : engagement.themes()) {
    if (theme.empty() || theme.size() > kMostOfATheme) {
      return RefuseFields({{"engagement.themes", "must each have 1 to 300 bytes"}});
    }
    ACCORD_RETURN_IF_ERROR(check_no_contact("engagement.themes", theme));
  }
  return absl::OkStatus();
}

absl::Status CheckHeldEngagementCounts(const v1::Engagement& engagement) {
  if (engagement.survivors_count() >= 0 && engagement.community_members_count() >= 0) return absl::OkStatus();
  return RefuseFields({{"engagement", "must have no number below 0"}});
}

// This removes the title, the themes and the source where they reveal a small number of people.
void WithholdHeldEngagementTexts(int64_t threshold, v1::Engagement* engagement) {
  const bool withheld = engagement->survivors_withheld() || engagement->community_members_withheld();
  const auto tells = [&](const std::string& text) { return HoldsSmallFigure(text, threshold); };
  // A small number in digits mostly counts the rows or pages of the source.
  const std::string& source = engagement->source_ref();
  const bool source_tells = withheld ? tells(source) : HoldsSmallNumber(source);
  const auto* themes = &engagement->themes();
  const bool theme_tells = std::any_of(themes->begin(), themes->end(), tells);
  if (!tells(engagement->title()) && !source_tells && !theme_tells) return;
  engagement->set_texts_withheld(true);
  if (tells(engagement->title())) engagement->clear_title();
  if (source_tells) engagement->clear_source_ref();
  auto* left = engagement->mutable_themes();
  left->erase(std::remove_if(left->begin(), left->end(), tells), left->end());
}

}  // namespace

void HeldEngagementService::Register(host::Handlers* handlers) {
  using S = HeldEngagementService;
  handlers->Bind("accord.strategy.v1.EngagementService", this, &S::Create, &S::Get, &S::List);
}

absl::Status HeldEngagementService::CheckNamedRecords(host::Call& call, Tx& tx,
                                                      const v1::Engagement& engagement) {
  const std::string& viewer = call.caller().agency;
  if (!engagement.coalition().empty()) {
    v1::Coalition coalition;
    ACCORD_RETURN_IF_ERROR(coalitions_.Get(tx, engagement.coalition(), viewer, &coalition));
  }
  std::set<std::string> named;
  for (const std::string& name : engagement.organisations()) {
    if (!named.insert(name).second) {
      return RefuseFields({{"engagement.organisations", "must name each organisation once"}});
    }
    v1::Organisation organisation;
    ACCORD_RETURN_IF_ERROR(organisations_.Get(tx, name, viewer, &organisation));
  }
  return absl::OkStatus();
}

v1::Engagement HeldEngagementService::EngagementShownTo(const Caller& caller,
                                                        v1::Engagement engagement) const {
  if (caller.agency == rules_->office_agency()) return engagement;
  if (engagement.has_survivors_count() && !IsFigureTold(engagement.survivors_count(), rules_->small_cell())) {
    engagement.clear_survivors_count();
    engagement.set_survivors_withheld(true);
  }
  if (engagement.has_community_members_count() &&
      !IsFigureTold(engagement.community_members_count(), rules_->small_cell())) {
    engagement.clear_community_members_count();
    engagement.set_community_members_withheld(true);
  }
  WithholdHeldEngagementTexts(rules_->small_cell(), &engagement);
  return engagement;
}

HeldEngagementService::Result HeldEngagementService::Create(host::Call& call, Tx& tx,
                                                            const storage::Write& write,
                                                            const v1::CreateEngagementRequest& request) {
  v1::Engagement engagement = request.engagement();
  ACCORD_RETURN_IF_ERROR(CheckHeldEngagementTexts(engagement));
  ACCORD_RETURN_IF_ERROR(CheckHeldEngagementCounts(engagement));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "engagement.held_on", engagement.held_on()));
  ACCORD_RETURN_IF_ERROR(CheckNamedRecords(call, tx, engagement));
  engagement.set_name(absl::StrCat(request.parent(), "/engagements/", NewId(call.now())));
  ACCORD_RETURN_IF_ERROR(engagements_.Insert(
      tx, &engagement, write, PublicPlacement(engagement.name(), "", {{"fund", engagement.fund()}})));
  return EngagementShownTo(call.caller(), std::move(engagement));
}

HeldEngagementService::Result HeldEngagementService::Get(host::Call& call, Tx& tx,
                                                         const v1::GetEngagementRequest& request) {
  v1::Engagement engagement;
  ACCORD_RETURN_IF_ERROR(engagements_.Get(tx, request.name(), call.caller().agency, &engagement));
  return EngagementShownTo(call.caller(), std::move(engagement));
}

absl::StatusOr<v1::ListEngagementsResponse> HeldEngagementService::List(
    host::Call& call, Tx& tx, const v1::ListEngagementsRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.fund().empty()) query.filters.emplace_back("fund", request.fund());
  ACCORD_ASSIGN_OR_RETURN(
      auto response, engagements_.ListInto(tx, query, &v1::ListEngagementsResponse::mutable_engagements));
  for (v1::Engagement& each : *response.mutable_engagements()) {
    each = EngagementShownTo(call.caller(), std::move(each));
  }
  return response;
}

}  // namespace accord::strategy
