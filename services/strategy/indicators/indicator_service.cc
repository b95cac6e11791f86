#include "services/strategy/indicators/indicator_service.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "accord/strategy/v1/resources.pb.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "services/strategy/indicators/told_figures.h"
#include "services/strategy/lifecycles.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

storage::Placement IndicatorPlacement(const v1::Indicator& indicator) {
  return PublicPlacement(
      indicator.name(), ShortName(v1::IndicatorState_descriptor(), indicator.state()),
      {{"owner_ministry", indicator.owner_ministry()}, {"initiative", indicator.initiative()}});
}

// This adds the present definition of the indicator to its history, unless it is there already.
void KeepIndicatorDefinition(v1::Indicator* indicator) {
  const auto& kept = indicator->definitions();
  if (!kept.empty() && kept.rbegin()->version() == indicator->definition_version()) return;
  v1::IndicatorDefinition* definition = indicator->add_definitions();
  definition->set_version(indicator->definition_version());
  definition->set_text(indicator->definition());
}

// This refuses a negative value, because an indicator counts people or money. IndicatorObservation has the
// same rule.
absl::Status CheckIndicatorNotNegative(const std::string& field, int64_t value) {
  return value < 0 ? RefuseFields({{field, "must not be negative"}}) : absl::OkStatus();
}

}  // namespace

void IndicatorService::Register(host::Handlers* handlers) {
  using S = IndicatorService;
  handlers->Bind("accord.strategy.v1.IndicatorService", this, &S::Create, &S::Get, &S::List, &S::Revise,
                 &S::Retire);
}

IndicatorService::Result IndicatorService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::CreateIndicatorRequest& request) {
  const Caller& caller = call.caller();
  v1::Indicator indicator = request.indicator();
  if (caller.kind == annotations::v1::AGENCY_KIND_MINISTRY && indicator.owner_ministry() != caller.agency) {
    return Refuse(rules::kNotTheOwner, "A ministry creates the indicators that it observes itself.");
  }
  ACCORD_RETURN_IF_ERROR(CheckIndicatorNotNegative("indicator.baseline", indicator.baseline()));
  ACCORD_RETURN_IF_ERROR(CheckIndicatorNotNegative("indicator.target", indicator.target()));
  // Everybody can read a baseline, but not everybody may read figures that distinguish Indigenous people.
  if (indicator.indigenous_disaggregated() && indicator.has_baseline()) {
    return Refuse(rules::kDataAuthorisationMissing,
                  "Leave the baseline out: nobody may read it without the agreement of the governing body.");
  }
  if (!indicator.indigenous_disaggregated() && !indicator.governing_bodies().empty()) {
    return RefuseFields({{"indicator.governing_bodies",
                          "must be left out where the figures do not distinguish Indigenous people"}});
  }
  if (!indicator.initiative().empty()) {
    v1::Initiative initiative;
    ACCORD_RETURN_IF_ERROR(initiatives_.Get(tx, indicator.initiative(), caller.agency, &initiative));
  }
  indicator.set_name(absl::StrCat(request.parent(), "/indicators/", indicator.indicator_id()));
  indicator.set_definition_version(1);
  indicator.clear_definitions();
  KeepIndicatorDefinition(&indicator);
  indicator.set_state(v1::INDICATOR_STATE_CURRENT);
  ACCORD_RETURN_IF_ERROR(indicators_.Insert(tx, &indicator, write, IndicatorPlacement(indicator)));
  return indicator;
}

IndicatorService::Result IndicatorService::Get(host::Call& call, Tx& tx,
                                               const v1::GetIndicatorRequest& request) {
  v1::Indicator indicator;
  ACCORD_RETURN_IF_ERROR(indicators_.Get(tx, request.name(), call.caller().agency, &indicator));
  return IndicatorShownTo(call.caller(), std::move(indicator));
}

v1::Indicator IndicatorService::IndicatorShownTo(const Caller& caller, v1::Indicator indicator) const {
  const bool own = caller.agency == rules_->office_agency() || caller.agency == indicator.owner_ministry() ||
                   caller.agency == OwnerOf(indicator.name());
  if (!own && indicator.has_baseline() && !IsBaselineTold(indicator, rules_->small_cell())) {
    indicator.clear_baseline();
  }
  return indicator;
}

absl::StatusOr<v1::ListIndicatorsResponse> IndicatorService::List(host::Call& call, Tx& tx,
                                                                  const v1::ListIndicatorsRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.initiative().empty()) query.filters.emplace_back("initiative", request.initiative());
  if (!request.owner_ministry().empty()) {
    query.filters.emplace_back("owner_ministry", request.owner_ministry());
  }
  ACCORD_ASSIGN_OR_RETURN(auto response,
                          indicators_.ListInto(tx, query, &v1::ListIndicatorsResponse::mutable_indicators));
  for (v1::Indicator& each : *response.mutable_indicators()) {
    each = IndicatorShownTo(call.caller(), std::move(each));
  }
  return response;
}

IndicatorService::Result IndicatorService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                 const std::string& event) {
  v1::Indicator indicator;
  ACCORD_RETURN_IF_ERROR(indicators_.Get(tx, name, call.caller().agency, &indicator));
  ACCORD_ASSIGN_OR_RETURN(const int next, IndicatorLifecycle().Next(indicator.state(), event));
  indicator.set_state(static_cast<v1::IndicatorState>(next));
  return indicator;
}

IndicatorService::Result IndicatorService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                                v1::Indicator indicator) {
  ACCORD_RETURN_IF_ERROR(indicators_.Update(tx, &indicator, etag, write, IndicatorPlacement(indicator)));
  return indicator;
}

IndicatorService::Result IndicatorService::Revise(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::ReviseIndicatorRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckIndicatorNotNegative("target", request.target()));
  ACCORD_ASSIGN_OR_RETURN(v1::Indicator indicator, Moved(call, tx, request.name(), kRevise));
  // An older record may have no history, and then its present definition is the oldest known one.
  KeepIndicatorDefinition(&indicator);
  indicator.set_definition(request.definition());
  indicator.set_definition_version(indicator.definition_version() + 1);
  KeepIndicatorDefinition(&indicator);
  indicator.clear_target();
  if (request.has_target()) indicator.set_target(request.target());
  indicator.set_source_ref(request.source_ref());
  return Keep(tx, write, request.etag(), std::move(indicator));
}

IndicatorService::Result IndicatorService::Retire(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::RetireIndicatorRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::Indicator indicator, Moved(call, tx, request.name(), kRetire));
  indicator.set_retired_reason(request.reason());
  return Keep(tx, write, request.etag(), std::move(indicator));
}

}  // namespace accord::strategy
