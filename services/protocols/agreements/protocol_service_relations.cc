// This file says how protocols depend on each other: an addendum on what it adds to, and a successor on what
// it replaces.
#include <string>

#include "common/access/names.h"
#include "common/base/error.h"
#include "services/protocols/agreements/operative_protocol.h"
#include "services/protocols/agreements/protocol_checks.h"
#include "services/protocols/agreements/protocol_reviews.h"
#include "services/protocols/agreements/protocol_service.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

using v1::Protocol;

}  // namespace

absl::Status ProtocolService::CheckRelations(host::Call& call, Tx& tx, const Protocol& protocol) {
  for (const std::string& name : {protocol.parent_protocol(), protocol.supersedes()}) {
    if (name.empty()) continue;
    Protocol related;
    ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, name, call.caller().agency, &related));
    if (SignatoryOf(related, OwnerOf(protocol.name())) == nullptr) {
      return Refuse(rules::kNotASignatory, "Only a signatory of a protocol adds to it or replaces it.");
    }
    if (name == protocol.parent_protocol()) ACCORD_RETURN_IF_ERROR(CheckAddendum(protocol, related));
    if (name == protocol.supersedes()) ACCORD_RETURN_IF_ERROR(CheckSuccessor(protocol, related));
  }
  return CheckReplacesNoBase(tx, protocol);
}

absl::Status ProtocolService::CheckReplacesNoBase(Tx& tx, const Protocol& protocol) {
  if (protocol.supersedes().empty()) return absl::OkStatus();
  // The parent may itself add to another protocol. All of them end with the lowest one, and this protocol
  // would too.
  std::string base = protocol.parent_protocol();
  while (!base.empty()) {
    if (base == protocol.supersedes()) {
      return Refuse(rules::kParentSuperseded,
                    "An addendum does not replace the protocol that it adds to, nor what that one adds to.");
    }
    Protocol above;
    ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, base, &above));
    base = above.parent_protocol();
  }
  return absl::OkStatus();
}

absl::Status ProtocolService::Supersede(Tx& tx, const storage::Write& write, const Protocol& successor) {
  Protocol old;
  ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, successor.supersedes(), &old));
  if (!Operative(old)) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&old, "supersede"));
  old.set_superseded_by(successor.name());
  CloseReview(v1::REVIEW_OUTCOME_SUPERSEDE, write.now, &old);
  const std::string etag = old.etag();
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, &old));
  return EndAddenda(tx, write, old);
}

absl::Status ProtocolService::EndAddenda(Tx& tx, const storage::Write& write, const Protocol& base) {
  // Everybody reads an operative protocol.
  const std::string everybody(storage::kEverybody);
  ACCORD_ASSIGN_OR_RETURN(
      auto addenda, protocols_.ListEvery<Protocol>(tx, {everybody, {{"parent", base.name()}}, 0, "", ""}));
  for (Protocol& addendum : addenda) {
    if (!Operative(addendum)) continue;
    ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&addendum, "terminate"));
    addendum.set_end_reason("The protocol that it adds to has ended.");
    CloseReview(v1::REVIEW_OUTCOME_TERMINATE, write.now, &addendum);
    const std::string etag = addendum.etag();
    ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, &addendum));
    ACCORD_RETURN_IF_ERROR(EndAddenda(tx, write, addendum));
  }
  return absl::OkStatus();
}

}  // namespace accord::protocols
