#include "services/protocols/agreements/protocol_service.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/calls/derived.h"
#include "common/storage/records/schedule.h"
#include "services/protocols/agreements/operative_protocol_store.h"
#include "services/protocols/agreements/protocol_checks.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/agreements/protocol_signatures.h"
#include "services/protocols/agreements/protocol_update.h"
#include "services/protocols/agreements/text_digest.h"
#include "services/protocols/coverage/coverage_store.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/next_due.h"
#include "services/protocols/parties.h"

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
               &S::Activate, &S::Withdraw, &S::Comment, &S::Dispose, &S::Review, &S::OpenLegislativeReviews,
               &S::Renew, &S::Terminate, &S::UpdateContacts);
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
  ACCORD_RETURN_IF_ERROR(UpdateOperativePairs(tx, protocol));
  ACCORD_RETURN_IF_ERROR(UpdateCoverage(tx, protocol));
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
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "update"));
  ACCORD_RETURN_IF_ERROR(ApplyUpdateMask(request, call.caller(), &protocol));
  ACCORD_RETURN_IF_ERROR(CheckParties(protocol, call.caller().agency));
  ACCORD_RETURN_IF_ERROR(CheckText(protocol, *territories_, OntarioDay(call.now())));
  ACCORD_RETURN_IF_ERROR(CheckRelations(call, tx, protocol));
  VoidSignatures(&protocol);
  protocol.set_text_digest(TextDigest(protocol));
  return Store(call, tx, write, request.protocol().etag(), std::move(protocol));
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
  ACCORD_RETURN_IF_ERROR(AdvanceProtocol(&protocol, "withdraw"));
  protocol.set_ended_by(call.caller().agency);
  protocol.set_end_reason(request.reason());
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Visible(host::Call& call, Tx& tx, const std::string& name) {
  Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, name, call.caller().agency, &protocol));
  return protocol;
}

absl::Status ProtocolService::Keep(Tx& tx, const storage::Write& write, const std::string& etag,
                                   Protocol* protocol) {
  ACCORD_RETURN_IF_ERROR(protocols_.Update(tx, protocol, etag, write, PlacementOf(*protocol)));
  ACCORD_RETURN_IF_ERROR(UpdateOperativePairs(tx, *protocol));
  ACCORD_RETURN_IF_ERROR(UpdateCoverage(tx, *protocol));
  return storage::Schedule(tx, "protocol", protocol->name(), NextInstant(*protocol));
}

ProtocolService::Result ProtocolService::Store(host::Call& call, Tx& tx, const storage::Write& write,
                                               const std::string& etag, Protocol protocol) {
  ACCORD_RETURN_IF_ERROR(Keep(tx, write, etag, &protocol));
  return ReadableBy(std::move(protocol), call.caller());
}

}  // namespace accord::protocols
