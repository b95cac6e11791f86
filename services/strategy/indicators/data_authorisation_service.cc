#include "services/strategy/indicators/data_authorisation_service.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "services/strategy/days.h"
#include "services/strategy/lifecycles.h"

namespace accord::strategy {
namespace {

// This gives the placement of an authorisation, which the body that gave it, the office and the ministry of
// the figures see.
storage::Placement DataAuthorisationPlacement(const v1::RuleSet& policy, const v1::Indicator& indicator,
                                              const v1::DataAuthorisation& authorisation) {
  storage::Placement placement;
  placement.owner = OwnerOf(authorisation.name());
  placement.state = ShortName(v1::DataAuthorisationState_descriptor(), authorisation.state());
  const std::set<std::string> parties = {placement.owner, policy.office_agency(), indicator.owner_ministry()};
  placement.parties.assign(parties.begin(), parties.end());
  placement.fields["indicator"] = authorisation.indicator();
  return placement;
}

absl::Status CheckAuthorisingBody(const Caller& caller, const v1::Indicator& indicator) {
  const auto& bodies = indicator.governing_bodies();
  if (std::find(bodies.begin(), bodies.end(), caller.agency) != bodies.end()) return absl::OkStatus();
  return Refuse(rules::kNotAsked, "A governing body that the indicator names agrees to it.");
}

}  // namespace

void DataAuthorisationService::Register(host::Handlers* handlers) {
  using S = DataAuthorisationService;
  handlers->Bind("accord.strategy.v1.IndicatorService", this, &S::Create, &S::Get, &S::List, &S::Withdraw);
}

DataAuthorisationService::Result DataAuthorisationService::Create(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::CreateDataAuthorisationRequest& request) {
  v1::DataAuthorisation authorisation = request.data_authorisation();
  v1::Indicator indicator;
  ACCORD_RETURN_IF_ERROR(indicators_.Get(tx, authorisation.indicator(), call.caller().agency, &indicator));
  ACCORD_RETURN_IF_ERROR(CheckAuthorisingBody(call.caller(), indicator));
  if (indicator.state() == v1::INDICATOR_STATE_RETIRED) {
    return Refuse(rules::kIndicatorRetired, "Agree to an indicator that is current.");
  }
  ACCORD_RETURN_IF_ERROR(
      CheckDayNotInFuture(call, "data_authorisation.granted_on", authorisation.granted_on()));
  ACCORD_RETURN_IF_ERROR(CheckDaysInOrder("data_authorisation.granted_on", authorisation.granted_on(),
                                          "data_authorisation.expires_on", authorisation.expires_on()));
  authorisation.set_name(absl::StrCat(request.parent(), "/dataAuthorisations/", NewId(call.now())));
  authorisation.set_definition_version(indicator.definition_version());
  authorisation.set_state(v1::DATA_AUTHORISATION_STATE_IN_FORCE);
  ACCORD_RETURN_IF_ERROR(authorisations_.Insert(
      tx, &authorisation, write, DataAuthorisationPlacement(*rules_, indicator, authorisation)));
  return authorisation;
}

DataAuthorisationService::Result DataAuthorisationService::Get(
    host::Call& call, Tx& tx, const v1::GetDataAuthorisationRequest& request) {
  v1::DataAuthorisation authorisation;
  ACCORD_RETURN_IF_ERROR(authorisations_.Get(tx, request.name(), call.caller().agency, &authorisation));
  return authorisation;
}

absl::StatusOr<v1::ListDataAuthorisationsResponse> DataAuthorisationService::List(
    host::Call& call, Tx& tx, const v1::ListDataAuthorisationsRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.indicator().empty()) query.filters.emplace_back("indicator", request.indicator());
  return authorisations_.ListInto(tx, query,
                                  &v1::ListDataAuthorisationsResponse::mutable_data_authorisations);
}

DataAuthorisationService::Result DataAuthorisationService::Withdraw(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::WithdrawDataAuthorisationRequest& request) {
  v1::DataAuthorisation authorisation;
  ACCORD_RETURN_IF_ERROR(authorisations_.Get(tx, request.name(), call.caller().agency, &authorisation));
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          DataAuthorisationLifecycle().Next(authorisation.state(), kWithdraw));
  v1::Indicator indicator;
  ACCORD_RETURN_IF_ERROR(indicators_.GetAny(tx, authorisation.indicator(), &indicator));
  authorisation.set_state(static_cast<v1::DataAuthorisationState>(next));
  authorisation.set_withdrawn_on(FormatDay(OntarioDay(call.now())));
  ACCORD_RETURN_IF_ERROR(
      authorisations_.Update(tx, &authorisation, request.etag(), write,
                             DataAuthorisationPlacement(*rules_, indicator, authorisation)));
  return authorisation;
}

}  // namespace accord::strategy
