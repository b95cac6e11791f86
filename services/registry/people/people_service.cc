#include "services/registry/people/people_service.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "services/registry/agencies/agency_life.h"
#include "services/registry/caller_view.h"
#include "services/registry/resource_names.h"
#include "services/registry/roles.h"

namespace accord::registry {
namespace {

using annotations::v1::ROLE_UNSPECIFIED;

// This many pages are searched for the first row of a page. After that the page stays empty, and the next
// one continues.
constexpr int kLooks = 20;

// A person who could not act on a record cannot be named in it.
bool ActsInRole(const v1::Actor& actor, Role role) {
  if (actor.state() != v1::ACTOR_STATE_ACTIVE) return false;
  const std::vector<Role> roles = RolesInForce(actor);
  return role == ROLE_UNSPECIFIED || std::find(roles.begin(), roles.end(), role) != roles.end();
}

void AddDutyContacts(const v1::Agency& agency, Role role, v1::ListDutyContactsResponse* response) {
  for (const v1::DutyContact& contact : agency.duty_contacts()) {
    if (role != ROLE_UNSPECIFIED && contact.role() != role) continue;
    v1::AgencyDutyContact* shown = response->add_duty_contacts();
    shown->set_agency(PartOf(agency.name(), 1));
    shown->set_display_name(agency.display_name());
    shown->set_role(contact.role());
    shown->set_reach(contact.reach());
    shown->set_hours(contact.hours());
  }
}

}  // namespace

void PeopleService::Register(host::Handlers* handlers) {
  using S = PeopleService;
  handlers->Bind("accord.registry.v1.PeopleService", this, &S::ListColleagues, &S::ListDutyContacts);
}

absl::Status PeopleService::ShowColleague(Tx& tx, const v1::Actor& actor, v1::Colleague* shown) {
  shown->set_actor(PartOf(actor.name(), 3));
  for (const Role role : RolesInForce(actor)) shown->add_roles(role);
  v1::ActorName named;
  const absl::Status found = store_->actor_names.GetAny(tx, ActorNameOf(actor.name()), &named);
  if (!found.ok() && !absl::IsNotFound(found)) return found;
  shown->set_display_name(named.display_name());
  return absl::OkStatus();
}

absl::StatusOr<v1::ListColleaguesResponse> PeopleService::ListColleagues(
    host::Call& call, Tx& tx, const v1::ListColleaguesRequest& request) {
  // People of the own agency alone are listed, for the office too, which administers the people of all.
  const std::string& agency = call.caller().agency;
  storage::ListQuery query{
      agency, {}, request.page_size(), request.page_token(), absl::StrCat("agencies/", agency, "/actors/")};
  v1::ListColleaguesResponse response;
  int looks = 0;
  do {
    ACCORD_ASSIGN_OR_RETURN(const auto page, store_->actors.List<v1::Actor>(tx, query));
    for (const v1::Actor& actor : page.items) {
      if (!ActsInRole(actor, request.role())) continue;
      ACCORD_RETURN_IF_ERROR(ShowColleague(tx, actor, response.add_colleagues()));
    }
    query.page_token = page.next_page_token;
  } while (response.colleagues().empty() && !query.page_token.empty() && ++looks < kLooks);
  response.set_next_page_token(query.page_token);
  return response;
}

absl::StatusOr<v1::ListDutyContactsResponse> PeopleService::ListDutyContacts(
    host::Call& call, Tx& tx, const v1::ListDutyContactsRequest& request) {
  storage::ListQuery query{ViewerOf(call.caller()), {}, request.page_size(), request.page_token(), ""};
  if (request.kind() != annotations::v1::AGENCY_KIND_UNSPECIFIED) {
    query.filters.emplace_back("kind", KindName(request.kind()));
  }
  if (!request.agency().empty()) query.prefix = absl::StrCat("agencies/", request.agency());
  v1::ListDutyContactsResponse response;
  int looks = 0;
  do {
    ACCORD_ASSIGN_OR_RETURN(const auto page, store_->agencies.List<v1::Agency>(tx, query));
    for (const v1::Agency& agency : page.items) {
      const bool asked = request.agency().empty() || PartOf(agency.name(), 1) == request.agency();
      if (asked && ExistsOn(agency, OntarioDay(call.now())))
        AddDutyContacts(agency, request.role(), &response);
    }
    query.page_token = page.next_page_token;
  } while (response.duty_contacts().empty() && !query.page_token.empty() && ++looks < kLooks);
  response.set_next_page_token(query.page_token);
  return response;
}

}  // namespace accord::registry
