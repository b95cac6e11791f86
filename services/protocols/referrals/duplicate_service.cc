#include "services/protocols/referrals/duplicate_service.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/referral_viewers.h"

namespace accord::protocols {
namespace {

using v1::Duplicate;

// This gives the agencies that work on both referrals, without an agency whose staff is suspected in one
// of them.
std::vector<std::string> DuplicateSides(const v1::Referral& one, const v1::Referral& other) {
  const std::vector<std::string> others = SidesOf(other);
  std::vector<std::string> both;
  for (std::string& side : SidesOf(one)) {
    const bool agency = side.find('#') == std::string::npos;
    if (agency && std::find(others.begin(), others.end(), side) != others.end()) {
      both.push_back(std::move(side));
    }
  }
  return both;
}

// This gives the same text for both orders.
std::string PairOf(const Duplicate& duplicate) {
  const auto& [first, second] = std::minmax(duplicate.referral(), duplicate.same_as());
  return absl::StrCat(first, " ", second);
}

std::string LinkStateName(v1::DuplicateState state) {
  return ShortName(v1::DuplicateState_descriptor(), state);
}

}  // namespace

storage::Placement PlacementOf(const Duplicate& duplicate) {
  storage::Placement placement;
  placement.owner = OwnerOf(duplicate.name());
  placement.state = LinkStateName(duplicate.state());
  placement.parties.assign(duplicate.agencies().begin(), duplicate.agencies().end());
  placement.parties.emplace_back(kFamily);
  placement.fields["state"] = placement.state;
  placement.fields["referral"] = duplicate.referral();
  placement.fields["same_as"] = duplicate.same_as();
  placement.fields["pair"] = PairOf(duplicate);
  return placement;
}

void DuplicateService::Register(host::Handlers* handlers) {
  using S = DuplicateService;
  handlers->Bind("accord.protocols.v1.DuplicateService", this, &S::Link, &S::Get, &S::List, &S::Unlink);
}

absl::Status DuplicateService::CheckNotLinked(Tx& tx, const std::string& agency, const Duplicate& duplicate) {
  const storage::ListQuery query{
      agency, {{"pair", PairOf(duplicate)}, {"state", LinkStateName(v1::DUPLICATE_STATE_LINKED)}}, 1, "", ""};
  ACCORD_ASSIGN_OR_RETURN(const auto linked, duplicates_.List<Duplicate>(tx, query));
  if (linked.items.empty()) return absl::OkStatus();
  return Refuse(rules::kAlreadyRecorded, "These two referrals are linked.");
}

DuplicateService::Result DuplicateService::Link(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::LinkDuplicateRequest& request) {
  const std::string& agency = call.caller().agency;
  if (request.parent() != "agencies/" + agency) return NotFound();
  Duplicate duplicate = request.duplicate();
  v1::Referral referral, same_as;
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, duplicate.referral(), agency, &referral));
  ACCORD_RETURN_IF_ERROR(referrals_.Get(tx, duplicate.same_as(), agency, &same_as));
  if (referral.name() == same_as.name()) {
    return RefuseFields({{"duplicate.same_as", "must be another referral than duplicate.referral"}});
  }
  const std::vector<std::string> both = DuplicateSides(referral, same_as);
  if (std::find(both.begin(), both.end(), agency) == both.end()) {
    return Refuse(rules::kNotSenderOrReceiver, "Only the sender or the receiver of both links them.");
  }
  ACCORD_RETURN_IF_ERROR(CheckNotLinked(tx, agency, duplicate));
  duplicate.set_name(absl::StrCat(request.parent(), "/duplicates/", NewId(call.now())));
  duplicate.set_state(v1::DUPLICATE_STATE_LINKED);
  duplicate.set_linked_by(call.caller().actor);
  for (const std::string& side : both) duplicate.add_agencies(side);
  ACCORD_RETURN_IF_ERROR(duplicates_.Insert(tx, &duplicate, write, PlacementOf(duplicate)));
  return duplicate;
}

DuplicateService::Result DuplicateService::Get(host::Call& call, Tx& tx,
                                               const v1::GetDuplicateRequest& request) {
  Duplicate duplicate;
  ACCORD_RETURN_IF_ERROR(duplicates_.Get(tx, request.name(), call.caller().agency, &duplicate));
  return duplicate;
}

absl::StatusOr<v1::ListDuplicatesResponse> DuplicateService::List(host::Call& call, Tx& tx,
                                                                  const v1::ListDuplicatesRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  if (!request.referral().empty()) query.filters.emplace_back("referral", request.referral());
  if (!request.same_as().empty()) query.filters.emplace_back("same_as", request.same_as());
  if (request.state() != v1::DUPLICATE_STATE_UNSPECIFIED) {
    query.filters.emplace_back("state", LinkStateName(request.state()));
  }
  return duplicates_.ListInto(tx, query, &v1::ListDuplicatesResponse::mutable_duplicates);
}

DuplicateService::Result DuplicateService::Unlink(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::UnlinkDuplicateRequest& request) {
  Duplicate duplicate;
  ACCORD_RETURN_IF_ERROR(duplicates_.Get(tx, request.name(), call.caller().agency, &duplicate));
  ACCORD_ASSIGN_OR_RETURN(const int next, DuplicateLifecycle().Next(duplicate.state(), "unlink"));
  duplicate.set_state(static_cast<v1::DuplicateState>(next));
  duplicate.set_unlinked_by(call.caller().actor);
  duplicate.set_unlink_reason(request.reason());
  ACCORD_RETURN_IF_ERROR(duplicates_.Update(tx, &duplicate, request.etag(), write, PlacementOf(duplicate)));
  return duplicate;
}

}  // namespace accord::protocols
