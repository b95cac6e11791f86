#include "services/strategy/engagement/engagement_service.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/ids.h"
#include "common/base/name_key.h"
#include "services/strategy/days.h"
#include "services/strategy/engagement/organisation_store.h"
#include "services/strategy/placements.h"

namespace accord::strategy {
namespace {

// One record holds at most this many entries.
constexpr int kMaxMemberships = 1000;
constexpr int kMaxAliases = 16;
// No province has this many coalitions.
constexpr int64_t kMostCounted = 100000;

// This gives the membership of an organisation that takes part now, or null if it does not take part.
v1::CoalitionMembership* CoalitionMembershipOf(const std::string& organisation, v1::Coalition* coalition) {
  for (v1::CoalitionMembership& each : *coalition->mutable_members()) {
    if (each.organisation() == organisation && each.member_until().empty()) return &each;
  }
  return nullptr;
}

absl::Status CheckEngagementRollup(const v1::EngagementRollup& rollup) {
  const bool coalitions = rollup.has_coalitions(), organisations = rollup.has_organisations();
  const bool said = coalitions == (rollup.coalitions_qualifier() != v1::QUALIFIER_UNSPECIFIED) &&
                    organisations == (rollup.organisations_qualifier() != v1::QUALIFIER_UNSPECIFIED);
  if (!said || (!coalitions && !organisations)) {
    return Refuse(rules::kRollupWithoutNumber, "State a number and how exact it is, and leave out the rest.");
  }
  if (rollup.coalitions() < 0 || rollup.organisations() < 0) {
    return RefuseFields({{"engagement_rollup", "must have no number below 0"}});
  }
  return absl::OkStatus();
}

}  // namespace

void EngagementService::Register(host::Handlers* handlers) {
  using S = EngagementService;
  handlers->Bind("accord.strategy.v1.EngagementService", this, &S::Create, &S::Get, &S::List, &S::AddMember,
                 &S::EndMember, &S::GetOrganisation, &S::ListOrganisations, &S::Attest, &S::GetRollup,
                 &S::ListRollups);
}

absl::StatusOr<v1::Coalition> EngagementService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::CreateCoalitionRequest& request) {
  v1::Coalition coalition = request.coalition();
  coalition.set_name(absl::StrCat(request.parent(), "/coalitions/", coalition.coalition_id()));
  ACCORD_RETURN_IF_ERROR(coalitions_.Insert(tx, &coalition, write, PublicPlacement(coalition.name(), "")));
  // The contradiction is only reported and not stored, because a later rollup may agree with the records.
  ACCORD_ASSIGN_OR_RETURN(*coalition.mutable_contradicts_rollup(),
                          ContradictedRollup(tx, call.caller().agency));
  return coalition;
}

absl::StatusOr<std::string> EngagementService::ContradictedRollup(Tx& tx, const std::string& viewer) {
  const storage::ListQuery all{viewer, {}, 1000, "", ""};
  ACCORD_ASSIGN_OR_RETURN(const auto rollups, rollups_.ListEvery<v1::EngagementRollup>(tx, all));
  const v1::EngagementRollup* newest = nullptr;
  for (const v1::EngagementRollup& each : rollups) {
    if (!each.has_coalitions() || each.coalitions_qualifier() != v1::QUALIFIER_EXACT) continue;
    // Rollups come in the order of their names, which is the order in which they were made.
    if (newest == nullptr || each.as_of() >= newest->as_of()) newest = &each;
  }
  if (newest == nullptr) return std::string();
  const int64_t attested = std::min(newest->coalitions(), kMostCounted);
  ACCORD_ASSIGN_OR_RETURN(const int64_t recorded,
                          coalitions_.CountListed(tx, all, static_cast<int>(attested) + 1));
  return recorded > attested ? newest->name() : std::string();
}

absl::StatusOr<v1::Coalition> EngagementService::Get(host::Call& call, Tx& tx,
                                                     const v1::GetCoalitionRequest& request) {
  v1::Coalition coalition;
  ACCORD_RETURN_IF_ERROR(coalitions_.Get(tx, request.name(), call.caller().agency, &coalition));
  return coalition;
}

absl::StatusOr<v1::ListCoalitionsResponse> EngagementService::List(host::Call& call, Tx& tx,
                                                                   const v1::ListCoalitionsRequest& request) {
  return coalitions_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                              &v1::ListCoalitionsResponse::mutable_coalitions);
}

absl::StatusOr<std::string> EngagementService::FindOrCreateOrganisation(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::AddCoalitionMemberRequest& request) {
  if (NameKey(request.title()).empty()) {
    return RefuseField(rules::kOrganisationNameEmpty, "title", "must have a letter or a digit");
  }
  const std::string fresh =
      absl::StrCat("agencies/", call.caller().agency, "/organisations/", NewId(call.now()));
  ACCORD_ASSIGN_OR_RETURN(const std::string name, OrganisationOfTitle(tx, request.title(), fresh));
  v1::Organisation organisation;
  if (name == fresh) {
    organisation.set_name(name);
    organisation.set_title(request.title());
    organisation.set_kind(request.kind());
    organisation.set_source_ref(request.source_ref());
    ACCORD_RETURN_IF_ERROR(
        organisations_.Insert(tx, &organisation, write, OrganisationPlacement(organisation)));
    return name;
  }
  ACCORD_RETURN_IF_ERROR(organisations_.GetAny(tx, name, &organisation));
  const auto& aliases = organisation.aliases();
  const bool otherwise = organisation.title() != request.title() && aliases.size() < kMaxAliases &&
                         std::find(aliases.begin(), aliases.end(), request.title()) == aliases.end();
  const bool learnt = organisation.kind() == v1::ORGANISATION_KIND_UNSPECIFIED &&
                      request.kind() != v1::ORGANISATION_KIND_UNSPECIFIED;
  if (otherwise) organisation.add_aliases(request.title());
  if (learnt) organisation.set_kind(request.kind());
  if (otherwise || learnt) {
    const std::string etag = organisation.etag();
    ACCORD_RETURN_IF_ERROR(
        organisations_.Update(tx, &organisation, etag, write, OrganisationPlacement(organisation)));
  }
  return name;
}

absl::StatusOr<v1::Coalition> EngagementService::AddMember(host::Call& call, Tx& tx,
                                                           const storage::Write& write,
                                                           const v1::AddCoalitionMemberRequest& request) {
  v1::Coalition coalition;
  ACCORD_RETURN_IF_ERROR(coalitions_.Get(tx, request.name(), call.caller().agency, &coalition));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "member_since", request.member_since()));
  if (coalition.members_size() >= kMaxMemberships) {
    return RefuseFields({{"name", "has as many memberships as a coalition may have"}});
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string organisation, FindOrCreateOrganisation(call, tx, write, request));
  if (CoalitionMembershipOf(organisation, &coalition) != nullptr) {
    return Refuse(rules::kAlreadyRecorded, "This organisation takes part in the coalition already.");
  }
  v1::CoalitionMembership* membership = coalition.add_members();
  membership->set_organisation(organisation);
  membership->set_member_since(request.member_since());
  ACCORD_RETURN_IF_ERROR(
      coalitions_.Update(tx, &coalition, request.etag(), write, PublicPlacement(coalition.name(), "")));
  return coalition;
}

absl::StatusOr<v1::Coalition> EngagementService::EndMember(host::Call& call, Tx& tx,
                                                           const storage::Write& write,
                                                           const v1::EndCoalitionMemberRequest& request) {
  v1::Coalition coalition;
  ACCORD_RETURN_IF_ERROR(coalitions_.Get(tx, request.name(), call.caller().agency, &coalition));
  v1::CoalitionMembership* membership = CoalitionMembershipOf(request.organisation(), &coalition);
  if (membership == nullptr) {
    return Refuse(rules::kMembershipUnknown, "Name an organisation that takes part in this coalition now.");
  }
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "member_until", request.member_until()));
  ACCORD_RETURN_IF_ERROR(
      CheckDaysInOrder("member_since", membership->member_since(), "member_until", request.member_until()));
  membership->set_member_until(request.member_until());
  ACCORD_RETURN_IF_ERROR(
      coalitions_.Update(tx, &coalition, request.etag(), write, PublicPlacement(coalition.name(), "")));
  return coalition;
}

absl::StatusOr<v1::Organisation> EngagementService::GetOrganisation(
    host::Call& call, Tx& tx, const v1::GetOrganisationRequest& request) {
  v1::Organisation organisation;
  ACCORD_RETURN_IF_ERROR(organisations_.Get(tx, request.name(), call.caller().agency, &organisation));
  return organisation;
}

absl::StatusOr<v1::ListOrganisationsResponse> EngagementService::ListOrganisations(
    host::Call& call, Tx& tx, const v1::ListOrganisationsRequest& request) {
  return organisations_.ListInto(tx,
                                 {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                                 &v1::ListOrganisationsResponse::mutable_organisations);
}

absl::StatusOr<v1::EngagementRollup> EngagementService::Attest(
    host::Call& call, Tx& tx, const storage::Write& write, const v1::CreateEngagementRollupRequest& request) {
  v1::EngagementRollup rollup = request.engagement_rollup();
  ACCORD_RETURN_IF_ERROR(CheckEngagementRollup(rollup));
  ACCORD_RETURN_IF_ERROR(CheckDayNotInFuture(call, "engagement_rollup.as_of", rollup.as_of()));
  rollup.set_name(absl::StrCat(request.parent(), "/engagementRollups/", NewId(call.now())));
  ACCORD_RETURN_IF_ERROR(rollups_.Insert(tx, &rollup, write, PublicPlacement(rollup.name(), "")));
  return rollup;
}

absl::StatusOr<v1::EngagementRollup> EngagementService::GetRollup(
    host::Call& call, Tx& tx, const v1::GetEngagementRollupRequest& request) {
  v1::EngagementRollup rollup;
  ACCORD_RETURN_IF_ERROR(rollups_.Get(tx, request.name(), call.caller().agency, &rollup));
  return rollup;
}

absl::StatusOr<v1::ListEngagementRollupsResponse> EngagementService::ListRollups(
    host::Call& call, Tx& tx, const v1::ListEngagementRollupsRequest& request) {
  return rollups_.ListInto(tx, {call.caller().agency, {}, request.page_size(), request.page_token(), ""},
                           &v1::ListEngagementRollupsResponse::mutable_engagement_rollups);
}

}  // namespace accord::strategy
