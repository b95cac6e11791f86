// These are the handlers of ProtocolService by which a text is offered for signature and signed.
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/host/calls/earlier_step.h"
#include "services/protocols/agreements/protocol_checks.h"
#include "services/protocols/agreements/protocol_service.h"
#include "services/protocols/agreements/text_digest.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/parties.h"

namespace accord::protocols {
namespace {

using v1::Protocol;

using v1::ProtocolParty;

}  // namespace

ProtocolService::Result ProtocolService::Offer(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::OfferProtocolForSignatureRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "offer"));
  ACCORD_RETURN_IF_ERROR(CheckComplete(protocol));
  ACCORD_RETURN_IF_ERROR(CheckConsulted(protocol, *territories_, OntarioDay(call.now())));
  protocol.set_version(protocol.version() + 1);
  protocol.set_text_digest(TextDigest(protocol));
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Sign(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::SignProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ProtocolParty* party = MutablePartyOf(&protocol, call.caller().agency);
  if (!CapacityFits(party->capacity(), call.caller().kind)) {
    return Refuse(rules::kCapacityNotOfAgency,
                  "The protocol names this agency in a capacity that it does not have.");
  }
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "sign"));
  if (request.text_digest() != protocol.text_digest()) {
    return Refuse(rules::kDigestMismatch,
                  "The text changed since it was read; read it again and sign its text_digest.");
  }
  if (!party->signed_digest().empty()) {
    return Refuse(rules::kAlreadySigned,
                  absl::StrCat("This text was signed for your agency ",
                               host::DoneBy(call.caller(), party->agency(), party->signed_by(),
                                            FromProto(party->signed_at())),
                               "."));
  }
  party->set_signed_by(call.caller().actor);
  party->set_signed_digest(protocol.text_digest());
  *party->mutable_signed_at() = ToProto(call.now());
  ACCORD_RETURN_IF_ERROR(BringIntoForce(tx, write, &protocol));
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

}  // namespace accord::protocols
