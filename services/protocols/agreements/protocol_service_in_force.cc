// This file brings a protocol into force once every signatory has signed and its day has come.
#include "common/base/error.h"
#include "services/protocols/agreements/operative_protocol.h"
#include "services/protocols/agreements/operative_protocol_store.h"
#include "services/protocols/agreements/protocol_checks.h"
#include "services/protocols/agreements/protocol_service.h"
#include "services/protocols/agreements/protocol_signatures.h"
#include "services/protocols/lifecycles.h"

namespace accord::protocols {
namespace {

using v1::Protocol;

}  // namespace

bool ProtocolService::IsDueInForce(const Protocol& protocol, absl::CivilDay today) {
  const auto from = ParseDay(protocol.effective_from());
  return FullySigned(protocol) && from && today >= *from;
}

ProtocolService::Result ProtocolService::Activate(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::ActivateProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(ProtocolLifecycle().Next(protocol.state(), "activate").status());
  if (!FullySigned(protocol)) {
    return Refuse(rules::kSignaturesMissing, "Not every signatory has signed.");
  }
  ACCORD_RETURN_IF_ERROR(BringIntoForce(tx, write, &protocol));
  if (protocol.state() != v1::PROTOCOL_STATE_IN_FORCE) {
    return Refuse(rules::kNotYetEffective, "effective_from has not been reached.");
  }
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

absl::Status ProtocolService::CheckMayEnterIntoForce(Tx& tx, const Protocol& protocol, absl::CivilDay today) {
  const auto last = ParseDay(protocol.effective_to());
  if (last && *last < today) {
    return Refuse(rules::kOverBeforeForce,
                  "The day in effective_to has passed: the lead changes it, and the parties sign that text.");
  }
  ACCORD_RETURN_IF_ERROR(CheckReplacesNoBase(tx, protocol));
  if (!protocol.supersedes().empty()) {
    Protocol old;
    ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, protocol.supersedes(), &old));
    ACCORD_RETURN_IF_ERROR(CheckSuccessor(protocol, old));
    if (Operative(old)) {
      ACCORD_RETURN_IF_ERROR(ProtocolLifecycle().Next(old.state(), "supersede").status());
    }
  }
  if (!protocol.parent_protocol().empty()) {
    Protocol parent;
    ACCORD_RETURN_IF_ERROR(protocols_.GetAny(tx, protocol.parent_protocol(), &parent));
    ACCORD_RETURN_IF_ERROR(CheckAddendum(protocol, parent));
    ACCORD_ASSIGN_OR_RETURN(const bool in_force, OperativeOn(tx, &protocols_, parent, today));
    if (!in_force) {
      return Refuse(rules::kParentNotInForce, "The protocol that this addendum adds to is not in force.");
    }
  }
  return CheckNoOtherOperative(tx, protocol);
}

absl::Status ProtocolService::BringIntoForce(Tx& tx, const storage::Write& write, Protocol* protocol) {
  const absl::CivilDay today = OntarioDay(write.now);
  if (!IsDueInForce(*protocol, today)) return absl::OkStatus();
  // Everything that may be refused comes before the first change.
  ACCORD_RETURN_IF_ERROR(CheckMayEnterIntoForce(tx, *protocol, today));
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(protocol, "activate"));
  if (!protocol->supersedes().empty()) ACCORD_RETURN_IF_ERROR(Supersede(tx, write, *protocol));
  protocol->set_next_review_due(FormatDay(MonthsAfter(today, rules_->review_months())));
  return absl::OkStatus();
}

}  // namespace accord::protocols
