#include "services/intelligence/network/membership_service.h"

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::intelligence {

using v1::Membership;

void MembershipService::Register(host::Handlers* handlers) {
  using S = MembershipService;
  handlers->Bind("accord.intelligence.v1.MembershipService", this, &S::Set, &S::Get, &S::List);
}

absl::StatusOr<Membership> MembershipService::Set(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::SetMembershipCategoryRequest& request) {
  if (call.caller().agency != rules_->bureau()) {
    return NotFound();
  }
  Membership membership;
  membership.set_name(absl::StrCat(request.parent(), "/memberships/", request.agency()));
  const absl::Status read = memberships_.GetAny(tx, membership.name(), &membership);
  if (!read.ok() && !absl::IsNotFound(read)) return read;
  membership.set_category(request.category());
  auto* change = membership.add_changes();
  change->set_category(request.category());
  change->set_on(FormatDay(OntarioDay(call.now())));
  change->set_by(call.caller().actor);
  const storage::Placement placement{rules_->bureau(),
                                     ShortName(v1::MemberCategory_descriptor(), membership.category()),
                                     {std::string(storage::kEverybody)},
                                     {}};
  if (read.ok()) {
    ACCORD_RETURN_IF_ERROR(memberships_.Update(tx, &membership, request.etag(), write, placement));
  } else {
    ACCORD_RETURN_IF_ERROR(memberships_.Insert(tx, &membership, write, placement));
  }
  return membership;
}

absl::StatusOr<Membership> MembershipService::Get(host::Call& call, Tx& tx,
                                                  const v1::GetMembershipRequest& request) {
  Membership membership;
  ACCORD_RETURN_IF_ERROR(memberships_.Get(tx, request.name(), call.caller().agency, &membership));
  return membership;
}

absl::StatusOr<v1::ListMembershipsResponse> MembershipService::List(
    host::Call& call, Tx& tx, const v1::ListMembershipsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  return memberships_.ListInto(tx, query, &v1::ListMembershipsResponse::mutable_memberships);
}

}  // namespace accord::intelligence
