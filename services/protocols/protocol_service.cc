#include "services/protocols/protocol_service.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/protocols/lifecycles.h"
#include "services/protocols/text_digest.h"

namespace accord::protocols {
namespace {

using absl::StatusCode;
using v1::Protocol;
using v1::ProtocolParty;

bool IsPoliceCapacity(v1::PartyCapacity capacity) {
  return capacity == v1::PARTY_CAPACITY_POLICE || capacity == v1::PARTY_CAPACITY_FN_POLICE;
}

bool IsSocietyCapacity(v1::PartyCapacity capacity) {
  return capacity == v1::PARTY_CAPACITY_CAS || capacity == v1::PARTY_CAPACITY_INDIGENOUS_SOCIETY;
}

// A party signs in the capacity its agency really has, whatever the draft calls it.
bool CapacityFits(v1::PartyCapacity capacity, AgencyKind kind) {
  if (IsPoliceCapacity(capacity)) return kind == annotations::v1::AGENCY_KIND_POLICE_SERVICE;
  if (IsSocietyCapacity(capacity)) return kind == annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY;
  return false;
}

template <class P>
auto PartyOf(P& protocol, const std::string& agency) -> decltype(&*protocol.parties().begin()) {
  for (auto& party : protocol.parties()) {
    if (party.agency() == agency) return &party;
  }
  return nullptr;
}

ProtocolParty* MutablePartyOf(Protocol* protocol, const std::string& agency) {
  for (auto& party : *protocol->mutable_parties()) {
    if (party.agency() == agency) return &party;
  }
  return nullptr;
}

std::string LeadOf(const Protocol& protocol) {
  const std::size_t start = sizeof("agencies/") - 1;
  return protocol.name().substr(start, protocol.name().find('/', start) - start);
}

bool MayRead(const v1::Section& section, const ProtocolParty* party) {
  if (section.visibility() == v1::SECTION_VISIBILITY_PUBLIC) return true;
  if (party == nullptr) return false;
  return section.visibility() == v1::SECTION_VISIBILITY_PARTIES || IsPoliceCapacity(party->capacity());
}

Protocol ReadableBy(Protocol protocol, const Caller& caller) {
  const ProtocolParty* party = PartyOf(protocol, caller.agency);
  auto* sections = protocol.mutable_sections();
  sections->erase(std::remove_if(sections->begin(), sections->end(),
                                 [&](const auto& section) { return !MayRead(section, party); }),
                  sections->end());
  return protocol;
}

storage::Placement PlacementOf(const Protocol& protocol) {
  storage::Placement placement;
  placement.owner = LeadOf(protocol);
  placement.state = ShortName(v1::ProtocolState_descriptor(), protocol.state());
  for (const auto& party : protocol.parties()) placement.parties.push_back(party.agency());
  if (protocol.state() == v1::PROTOCOL_STATE_IN_FORCE) placement.parties.emplace_back(storage::kEverybody);
  placement.fields["state"] = placement.state;
  return placement;
}

absl::Status CheckParties(const Protocol& protocol, const std::string& lead) {
  std::set<std::string> seen;
  bool society = false, police = false;
  for (const auto& party : protocol.parties()) {
    if (!seen.insert(party.agency()).second) {
      return Refuse(StatusCode::kInvalidArgument, "PARTY_TWICE", "An agency is a party once.");
    }
    const bool signs = party.part() == v1::PARTY_PART_SIGNATORY;
    society |= signs && IsSocietyCapacity(party.capacity());
    police |= signs && IsPoliceCapacity(party.capacity());
  }
  if (!society || !police) {
    return Refuse(StatusCode::kInvalidArgument, "PARTIES_INCOMPLETE",
                  "A protocol needs a society and a police service among its signatories.");
  }
  if (!seen.contains(lead)) {
    return Refuse(StatusCode::kInvalidArgument, "LEAD_NOT_PARTY", "The lead agency must be a party.");
  }
  return absl::OkStatus();
}

absl::Status CheckText(const Protocol& protocol) {
  std::set<int> codes;
  for (const auto& section : protocol.sections()) {
    if (!codes.insert(section.code()).second) {
      return Refuse(StatusCode::kInvalidArgument, "SECTION_TWICE", "A section code stands once.");
    }
  }
  if (!protocol.effective_to().empty() && protocol.effective_to() <= protocol.effective_from()) {
    return Refuse(StatusCode::kInvalidArgument, "DATES_CONTRADICT",
                  "effective_to must come after effective_from.");
  }
  return absl::OkStatus();
}

absl::Status CheckComplete(const Protocol& protocol) {
  std::set<int> missing;
  for (int code = 1; v1::SectionCode_IsValid(code); ++code) missing.insert(code);
  for (const auto& section : protocol.sections()) missing.erase(section.code());
  if (missing.empty()) return absl::OkStatus();
  std::string names;
  for (int code : missing) absl::StrAppend(&names, " ", ShortName(v1::SectionCode_descriptor(), code));
  return Refuse(StatusCode::kFailedPrecondition, "SECTIONS_MISSING",
                absl::StrCat("Required sections are missing:", names));
}

bool FullySigned(const Protocol& protocol) {
  return std::all_of(protocol.parties().begin(), protocol.parties().end(), [](const auto& party) {
    return party.part() != v1::PARTY_PART_SIGNATORY || !party.signed_digest().empty();
  });
}

void VoidSignatures(Protocol* protocol) {
  for (auto& party : *protocol->mutable_parties()) {
    party.clear_signed_by();
    party.clear_signed_digest();
    party.clear_signed_at();
  }
}

absl::Status Advance(Protocol* protocol, const std::string& event) {
  ACCORD_ASSIGN_OR_RETURN(int next, ProtocolLifecycle().Next(protocol->state(), event));
  protocol->set_state(static_cast<v1::ProtocolState>(next));
  return absl::OkStatus();
}

// Sections that the writer cannot read stay as they are.
void ReplaceSections(Protocol* protocol, const Protocol& update, const Caller& caller) {
  const ProtocolParty* party = PartyOf(*protocol, caller.agency);
  auto* sections = protocol->mutable_sections();
  sections->erase(std::remove_if(sections->begin(), sections->end(),
                                 [&](const auto& section) { return MayRead(section, party); }),
                  sections->end());
  sections->MergeFrom(update.sections());
}

absl::Status Apply(const v1::UpdateProtocolRequest& request, const Caller& caller, Protocol* protocol) {
  const Protocol& update = request.protocol();
  const std::map<std::string, std::function<void()>> mutable_fields = {
      {"title", [&] { protocol->set_title(update.title()); }},
      {"territory", [&] { *protocol->mutable_territory() = update.territory(); }},
      {"legal_basis", [&] { *protocol->mutable_legal_basis() = update.legal_basis(); }},
      {"effective_from", [&] { protocol->set_effective_from(update.effective_from()); }},
      {"effective_to", [&] { protocol->set_effective_to(update.effective_to()); }},
      {"parties", [&] { *protocol->mutable_parties() = update.parties(); }},
      {"sections", [&] { ReplaceSections(protocol, update, caller); }},
  };
  for (const auto& path : request.update_mask().paths()) {
    const auto field = mutable_fields.find(path);
    if (field == mutable_fields.end()) {
      return Refuse(StatusCode::kInvalidArgument, "MASK_INVALID",
                    "update_mask names a field that cannot be changed.");
    }
    field->second();
  }
  if (protocol->title().empty() || protocol->effective_from().empty()) {
    return Refuse(StatusCode::kInvalidArgument, "FIELD_REQUIRED",
                  "title and effective_from cannot be empty.");
  }
  return absl::OkStatus();
}

}  // namespace

void ProtocolService::Register(host::Handlers* handlers) {
  const std::string service = "/accord.protocols.v1.ProtocolService/";
  handlers->Mutate<v1::CreateProtocolRequest, Protocol>(service + "CreateProtocol",
                                                        std::bind_front(&ProtocolService::Create, this));
  handlers->Read<v1::GetProtocolRequest, Protocol>(service + "GetProtocol",
                                                   std::bind_front(&ProtocolService::Get, this));
  handlers->Read<v1::ListProtocolsRequest, v1::ListProtocolsResponse>(
      service + "ListProtocols", std::bind_front(&ProtocolService::List, this));
  handlers->Mutate<v1::UpdateProtocolRequest, Protocol>(service + "UpdateProtocol",
                                                        std::bind_front(&ProtocolService::Update, this));
  handlers->Mutate<v1::OpenProtocolConsultationRequest, Protocol>(
      service + "OpenProtocolConsultation", std::bind_front(&ProtocolService::OpenConsultation, this));
  handlers->Mutate<v1::OfferProtocolForSignatureRequest, Protocol>(
      service + "OfferProtocolForSignature", std::bind_front(&ProtocolService::Offer, this));
  handlers->Mutate<v1::SignProtocolRequest, Protocol>(service + "SignProtocol",
                                                      std::bind_front(&ProtocolService::Sign, this));
  handlers->Mutate<v1::ActivateProtocolRequest, Protocol>(service + "ActivateProtocol",
                                                          std::bind_front(&ProtocolService::Activate, this));
  handlers->Mutate<v1::WithdrawProtocolRequest, Protocol>(service + "WithdrawProtocol",
                                                          std::bind_front(&ProtocolService::Withdraw, this));
}

ProtocolService::Result ProtocolService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                const v1::CreateProtocolRequest& request) {
  if (request.parent() != "agencies/" + call.caller().agency) return NotFound();
  Protocol protocol = request.protocol();
  ACCORD_RETURN_IF_ERROR(CheckParties(protocol, call.caller().agency));
  ACCORD_RETURN_IF_ERROR(CheckText(protocol));
  protocol.set_name(absl::StrCat(request.parent(), "/protocols/", NewId(call.now())));
  protocol.set_state(v1::PROTOCOL_STATE_DRAFT);
  protocol.set_text_digest(TextDigest(protocol));
  ACCORD_RETURN_IF_ERROR(protocols_.Insert(tx, &protocol, write, PlacementOf(protocol)));
  return ReadableBy(std::move(protocol), call.caller());
}

ProtocolService::Result ProtocolService::Get(host::Call& call, Tx& tx,
                                             const v1::GetProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  return ReadableBy(std::move(protocol), call.caller());
}

absl::StatusOr<v1::ListProtocolsResponse> ProtocolService::List(host::Call& call, Tx& tx,
                                                                const v1::ListProtocolsRequest& request) {
  storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
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
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Led(call, tx, request.protocol().name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "update"));
  ACCORD_RETURN_IF_ERROR(Apply(request, call.caller(), &protocol));
  ACCORD_RETURN_IF_ERROR(CheckParties(protocol, call.caller().agency));
  ACCORD_RETURN_IF_ERROR(CheckText(protocol));
  VoidSignatures(&protocol);
  protocol.set_text_digest(TextDigest(protocol));
  return Store(call, tx, write, request.protocol().etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::OpenConsultation(
    host::Call& call, Tx& tx, const storage::Write& write,
    const v1::OpenProtocolConsultationRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Led(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "open_consultation"));
  ACCORD_RETURN_IF_ERROR(CheckComplete(protocol));
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Offer(host::Call& call, Tx& tx, const storage::Write& write,
                                               const v1::OfferProtocolForSignatureRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Led(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "offer"));
  ACCORD_RETURN_IF_ERROR(CheckComplete(protocol));
  protocol.set_version(protocol.version() + 1);
  protocol.set_text_digest(TextDigest(protocol));
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Sign(host::Call& call, Tx& tx, const storage::Write& write,
                                              const v1::SignProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  ProtocolParty* party = MutablePartyOf(&protocol, call.caller().agency);
  if (party == nullptr || party->part() != v1::PARTY_PART_SIGNATORY) {
    return Refuse(StatusCode::kPermissionDenied, "NOT_A_SIGNATORY",
                  "Only a signatory's own signing officer signs.");
  }
  if (!CapacityFits(party->capacity(), call.caller().kind)) {
    return Refuse(StatusCode::kFailedPrecondition, "CAPACITY_NOT_OF_AGENCY",
                  "The protocol names this agency in a capacity that it does not have.");
  }
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "sign"));
  if (request.text_digest() != protocol.text_digest()) {
    return Refuse(StatusCode::kFailedPrecondition, "DIGEST_MISMATCH",
                  "The text changed since it was read; read it again and sign its text_digest.");
  }
  if (!party->signed_digest().empty()) {
    return Refuse(StatusCode::kFailedPrecondition, "ALREADY_SIGNED", "This agency has signed this text.");
  }
  party->set_signed_by(call.caller().actor);
  party->set_signed_digest(protocol.text_digest());
  *party->mutable_signed_at() = ToProto(call.now());
  BringIntoForce(call, &protocol);
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Activate(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::ActivateProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, request.name()));
  if (PartyOf(protocol, call.caller().agency) == nullptr) return NotFound();
  ACCORD_RETURN_IF_ERROR(ProtocolLifecycle().Next(protocol.state(), "activate").status());
  if (!FullySigned(protocol)) {
    return Refuse(StatusCode::kFailedPrecondition, "SIGNATURES_MISSING", "Not every signatory has signed.");
  }
  BringIntoForce(call, &protocol);
  if (protocol.state() != v1::PROTOCOL_STATE_IN_FORCE) {
    return Refuse(StatusCode::kFailedPrecondition, "NOT_YET_EFFECTIVE",
                  "effective_from has not been reached.");
  }
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Withdraw(host::Call& call, Tx& tx, const storage::Write& write,
                                                  const v1::WithdrawProtocolRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Led(call, tx, request.name()));
  ACCORD_RETURN_IF_ERROR(Advance(&protocol, "withdraw"));
  return Store(call, tx, write, request.etag(), std::move(protocol));
}

ProtocolService::Result ProtocolService::Visible(host::Call& call, Tx& tx, const std::string& name) {
  Protocol protocol;
  ACCORD_RETURN_IF_ERROR(protocols_.Get(tx, name, call.caller().agency, &protocol));
  return protocol;
}

ProtocolService::Result ProtocolService::Led(host::Call& call, Tx& tx, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(Protocol protocol, Visible(call, tx, name));
  if (LeadOf(protocol) != call.caller().agency) {
    return Refuse(StatusCode::kPermissionDenied, "NOT_THE_LEAD", "Only the lead party does this.");
  }
  return protocol;
}

ProtocolService::Result ProtocolService::Store(host::Call& call, Tx& tx, const storage::Write& write,
                                               const std::string& etag, Protocol protocol) {
  ACCORD_RETURN_IF_ERROR(protocols_.Update(tx, &protocol, etag, write, PlacementOf(protocol)));
  return ReadableBy(std::move(protocol), call.caller());
}

void ProtocolService::BringIntoForce(host::Call& call, Protocol* protocol) const {
  const absl::CivilDay today = OntarioDay(call.now());
  const auto from = ParseDay(protocol->effective_from());
  if (!FullySigned(*protocol) || !from || today < *from) return;
  if (!Advance(protocol, "activate").ok()) return;
  const absl::CivilMonth due = absl::CivilMonth(today) + rules_->review_months();
  // The same day of the month, or the month's last.
  absl::CivilDay day = absl::CivilDay(due) + (today.day() - 1);
  if (absl::CivilMonth(day) != due) day = absl::CivilDay(due + 1) - 1;
  protocol->set_next_review_due(FormatDay(day));
}

}  // namespace accord::protocols
