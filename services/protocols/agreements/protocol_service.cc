#include "services/protocols/agreements/protocol_service.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/derived.h"
#include "common/host/calls/earlier_step.h"
#include "services/protocols/agreements/protocol_checks.h"
#include "services/protocols/agreements/text_digest.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/next_due.h"
#include "services/protocols/parties.h"
#include "services/protocols/protocol_store.h"

namespace accord::protocols {
namespace {

using v1::Protocol;
using v1::ProtocolParty;

void AddMissingSections(const v1::Template& model, Protocol* protocol) {
  std::set<int> there;
  for (const auto& section : protocol->sections()) there.insert(section.code());
  for (const auto& section : model.sections()) {
    if (!there.contains(section.code())) *protocol->add_sections() = section;
  }
}

}  // namespace

void ProtocolService::Register(host::Handlers* handlers) {
  using S = ProtocolService;
  host::Derived<Protocol> derived(handlers, "accord.protocols.v1.ProtocolService",
                                  [](host::Call&, Tx&, Protocol* protocol) {
                                    SetNextDue(DueOf(*protocol), protocol);
                                    return absl::OkStatus();
                                  });
  derived.Bind(this, &S::Create, &S::Get, &S::List, &S::Update, &S::OpenConsultation, &S::Offer, &S::Sign,
               &S::Activate, &S::Withdraw, &S::Comment, &S::Dispose, &S::Review, &S::OpenReviews, &S::Renew,
               &S::Terminate, &S::UpdateContacts);
}

ProtocolService::Result ProtocolService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::CreateProtocolRequest& request) {
  const bool office = call.caller().kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  if (!office && request.parent() != "agencies/" + call.caller().agency) return NotFound();
  Protocol protocol = request.protocol();
  if (office && (!request.from_template() || !protocol.sections().empty())) {
    return Refuse(rules::kOfficeDraftsFromTemplate,
                  "The office drafts from the model text alone; the parties change it.");
  }
  if (request.from_template()) AddMissingSections(model_, &protocol);
  ACCORD_RETURN_IF_ERROR(CheckParties(protocol, OwnerOf(request.parent() + "/")));
  ACCORD_RETURN_IF_ERROR(CheckText(protocol, *territories_, OntarioDay(call.now())));
  protocol.set_name(absl::StrCat(request.parent(), "/protocols/", NewId(call.now())));
  protocol.set_state(v1::PROTOCOL_STATE_DRAFT);
  protocol.set_drafted_by(office ? call.caller().agency : "");
  protocol.set_text_digest(TextDigest(protocol));
  ACCORD_RETURN_IF_ERROR(CheckRelations(call, tx, protocol));
  ACCORD_RETURN_IF_ERROR(protocols_.Insert(tx, &protocol, write, PlacementOf(protocol)));
  ACCORD_RETURN_IF_ERROR(Track(tx, protocol));
  return ReadableBy(std::move(protocol), call.caller());
}

ProtocolService::Result ProtocolService::Get(host::Call& call, Tx& tx,
                                             const v1::GetProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  return ReadableBy(std::move(protocol), call.caller());
}

absl::StatusOr<v1::ListProtocolsResponse> ProtocolService::List(host::Call& call, Tx& tx,
                                                                const v1::ListProtocolsRequest& request) {
  storage::ListQuery query = storage::QueryOf(call.caller().agency, request);
  if (request.state() != v1::PROTOCOL_STATE_UNSPECIFIED) {
    query.filters.emplace_back("state", ShortName(v1::ProtocolState_descriptor(), request.state()));
  }
  ACCORD_ASSIGN_OR_RETURN(auto page, protocols_.List<Protocol>(tx, query));
  v1::ListProtocolsResponse response;
  for (auto& protocol : page.items)
    *response.add_protocols() = ReadableBy(std::move(protocol), call.caller());
  response.set_next_page_token(page.next_page_token);
  return response;
}

ProtocolService::Result ProtocolService::Update(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::UpdateProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.protocol().name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "update"));
  ACCORD_RETURN_IF_ERROR(ApplyMask(request, call.caller(), &protocol));
  ACCORD_RETURN_IF_ERROR(CheckParties(protocol, call.caller().agency));
  ACCORD_RETURN_IF_ERROR(CheckText(protocol, *territories_, OntarioDay(call.now())));
  ACCORD_RETURN_IF_ERROR(CheckRelations(call, tx, protocol));
  VoidSignatures(&protocol);
  protocol.set_text_digest(TextDigest(protocol));
  return Store(call, tx, write, request.protocol().etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::OpenConsultation(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::OpenProtocolConsultationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "open_consultation"));
  ACCORD_RETURN_IF_ERROR(CheckComplete(protocol));
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Offer(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::OfferProtocolForSignatureRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "offer"));
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
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "sign"));
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

ProtocolService::Result ProtocolService::UpdateContacts(host::Call& call, Tx& tx, const storage::Write& write,
                                                        const v1::UpdateProtocolContactsRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  auto* contacts = MutablePartyOf(&protocol, call.caller().agency)->mutable_contacts();
  *contacts = request.contacts();
  for (auto& contact : *contacts) *contact.mutable_last_verified_at() = ToProto(call.now());
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Withdraw(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::WithdrawProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "withdraw"));
  protocol.set_ended_by(call.caller().agency);
  protocol.set_end_reason(request.reason());
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Visible(host::Call& call, Tx& tx, const std::string& name) {
  Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, name, call.caller().agency, &protocol));
  return protocol;
}

ProtocolService::Result ProtocolService::Store(host::Call& call, Tx& tx, const storage::Write& write,
                                               const std::string& etag, Protocol protocol) {
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, &protocol));
  return ReadableBy(std::move(protocol), call.caller());
}

ProtocolService::Result ProtocolService::Comment(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::CommentOnProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "comment"));
  v1::ConsultationComment comment = request.comment();
  comment.set_id(NewId(call.now()));
  comment.set_agency(call.caller().agency);
  *comment.mutable_create_time() = ToProto(call.now());
  *protocol.add_comments() = comment;
  const auto reads = [&](const Caller& reader) {
    const Protocol readable = ReadableBy(protocol, reader);
    return !readable.comments().empty() && readable.comments().rbegin()->id() == comment.id();
  };
  // A section that the caller cannot read is, to the caller, not there.
  if (!reads(call.caller())) {
    return Refuse(rules::kSectionAbsent, "The text has no such section.");
  }
  Caller lead;
  lead.agency = OwnerOf(protocol.name());
  // It would stay unanswered, and the text could never be offered.
  if (!reads(lead)) {
    return Refuse(rules::kLeadCannotAnswer,
                  "The lead does not read this section, and could not dispose of a comment on it.");
  }
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Dispose(host::Call& call, Tx& tx, const storage::Write& write,
                                                 const v1::DisposeProtocolCommentRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "comment"));
  for (auto& comment : *protocol.mutable_comments()) {
    if (comment.id() != request.comment_id()) continue;
    comment.set_disposition(request.disposition());
    comment.set_reason(request.reason());
    return Store(call, tx, write, request.etag(), std::move(protocol));
  }
  return Refuse(rules::kCommentAbsent, "The protocol has no such comment.");
}

}  // namespace accord::protocols
