#include "services/strategy/funding/organisation_link_service.h"

#include "common/base/error.h"
#include "services/strategy/engagement/organisation_store.h"
#include "services/strategy/funding/call_lock_store.h"
#include "services/strategy/funding/call_steps.h"

namespace accord::strategy {
namespace {

constexpr int kApplicationsAtATime = 1000;

}  // namespace

void OrganisationLinkService::Register(host::Handlers* handlers) {
  using S = OrganisationLinkService;
  handlers->Bind("accord.strategy.v1.EngagementService", this, &S::Link);
}

absl::Status OrganisationLinkService::StopReaders(Tx& tx, const std::string& organisation) {
  const storage::ListQuery query{
      rules_->office_agency(), {{"organisation", organisation}}, kApplicationsAtATime, "", ""};
  ACCORD_ASSIGN_OR_RETURN(const auto applications,
                          applications_.ListEvery<v1::FundingApplication>(tx, query));
  for (const v1::FundingApplication& application : applications) {
    ACCORD_RETURN_IF_ERROR(LockCall(tx, application.funding_call()));
    v1::FundingCall funding_call;
    ACCORD_RETURN_IF_ERROR(calls_.GetAny(tx, application.funding_call(), &funding_call));
    if (IsCallDecided(funding_call)) continue;
    ACCORD_RETURN_IF_ERROR(applicants_.StopReaders(tx, application));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Organisation> OrganisationLinkService::Link(host::Call& call, Tx& tx,
                                                               const storage::Write& write,
                                                               const v1::LinkOrganisationRequest& request) {
  v1::Organisation organisation;
  ACCORD_RETURN_IF_ERROR(organisations_.Get(tx, request.name(), call.caller().agency, &organisation));
  organisation.set_agency(request.agency());
  organisation.set_agency_source_ref(request.source_ref());
  ACCORD_RETURN_IF_ERROR(
      organisations_.Update(tx, &organisation, request.etag(), write, OrganisationPlacement(organisation)));
  ACCORD_RETURN_IF_ERROR(StopReaders(tx, organisation.name()));
  return organisation;
}

}  // namespace accord::strategy
