#include <optional>

#include "common/access/field_changes.h"
#include "common/base/error.h"
#include "services/protocols/referrals/referral_service.h"

namespace accord::protocols {
namespace {

constexpr char kRevisionsMethod[] = "/accord.protocols.v1.ReferralService/ListReferralRevisions";

}  // namespace

absl::StatusOr<v1::ListReferralRevisionsResponse> ReferralService::Revisions(
    host::Call& call, Tx& tx, const v1::ListReferralRevisionsRequest& request) {
  ACCORD_RETURN_IF_ERROR(Visible(call, tx, request.name()).status());
  ACCORD_ASSIGN_OR_RETURN(
      const auto page,
      referrals_.RevisionPage<v1::Referral>(tx, request.name(), request.page_size(), request.page_token()));
  v1::ListReferralRevisionsResponse response;
  response.set_next_page_token(page.next_page_token);
  if (page.items.empty()) return response;
  // Changes are returned as text, which is not masked afterwards. Visible has withheld what the caller may
  // not read.
  const auto readable = handlers_->ReadableIn(kRevisionsMethod, call);
  ACCORD_ASSIGN_OR_RETURN(
      const std::optional<v1::Referral> oldest,
      referrals_.VersionBefore<v1::Referral>(tx, request.name(), page.items.front().version));
  const v1::Referral* before = oldest ? &*oldest : nullptr;
  for (const auto& revision : page.items) {
    auto* out = response.add_revisions();
    out->set_version(revision.version);
    *out->mutable_time() = ToProto(revision.at);
    out->set_agency(revision.agency);
    out->set_actor(revision.actor);
    *out->mutable_referral() = revision.item;
    if (before != nullptr) *out->mutable_changes() = FieldChanges(*before, revision.item, readable);
    before = &revision.item;
  }
  return response;
}

}  // namespace accord::protocols
