#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/documents/documents.h"
#include "clients/accordctl/views/printed_cells.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

using protocols::v1::Protocol;
using protocols::v1::ProtocolParty;

std::string KindText(protocols::v1::ProtocolKind kind) {
  switch (kind) {
    case protocols::v1::PROTOCOL_KIND_BASE_CHILD_ABUSE:
      return Text("base protocol on child abuse");
    case protocols::v1::PROTOCOL_KIND_HT_ADDENDUM:
      return Text("addendum on human trafficking");
    case protocols::v1::PROTOCOL_KIND_HT_STANDALONE:
      return Text("protocol on human trafficking alone");
    case protocols::v1::PROTOCOL_KIND_MULTI_PARTY:
      return Text("protocol of many parties");
    default:
      return "";
  }
}

std::string CapacityText(protocols::v1::PartyCapacity capacity) {
  switch (capacity) {
    case protocols::v1::PARTY_CAPACITY_CAS:
      return Text("children's aid society");
    case protocols::v1::PARTY_CAPACITY_FN_POLICE:
      return Text("police of a First Nation");
    case protocols::v1::PARTY_CAPACITY_CROWN:
      return Text("Crown office");
    default:
      return WordOf(protocols::v1::PartyCapacity_descriptor(), capacity);
  }
}

std::string SectionText(int code) {
  if (code == protocols::v1::SECTION_CODE_YOUTH_16_17) return Text("youth of 16 or 17 years");
  if (code == protocols::v1::SECTION_CODE_CONFIDENTIALITY_RECORDS) return Text("confidentiality and records");
  if (code == protocols::v1::SECTION_CODE_REVIEW_RENEWAL) return Text("review and renewal");
  return WordOf(protocols::v1::SectionCode_descriptor(), code);
}

std::string ReadersText(protocols::v1::SectionVisibility visibility) {
  switch (visibility) {
    case protocols::v1::SECTION_VISIBILITY_PUBLIC:
      return Text("everybody");
    case protocols::v1::SECTION_VISIBILITY_PARTIES:
      return Text("the parties");
    default:
      return Text("the police services among the parties");
  }
}

PrintedPart AgreementOf(const Protocol& protocol, const PrintedCells& cells) {
  namespace v1 = protocols::v1;
  return FactsPart(
      "agreement", Text("The agreement"),
      {{Text("Title"), cells.Said("title", protocol.title())},
       {Text("Kind of protocol"), cells.Said("kind", KindText(protocol.kind()))},
       {Text("Lead party"), cells.Agency(OwnerOf(protocol.name()))},
       {Text("State"), PrintedCells::Mark(WordOf(v1::ProtocolState_descriptor(), protocol.state()))},
       {Text("Version of the text"), absl::StrCat(protocol.version())},
       {Text("First day in force"), cells.Day("effective_from", protocol.effective_from())},
       {Text("Last day in force"), cells.Day("effective_to", protocol.effective_to())},
       {Text("It ends by notice on"), cells.Day("terminates_on", protocol.terminates_on())},
       {Text("Its review opens on"), cells.Day("next_review_due", protocol.next_review_due())},
       {Text("Territory"), cells.Said("territory", absl::StrJoin(protocol.territory(), "\n"))},
       {Text("Legal basis"), cells.Said("legal_basis", absl::StrJoin(protocol.legal_basis(), "\n"))},
       {Text("It adds to"), cells.Code("parent_protocol", protocol.parent_protocol())},
       {Text("It replaces"), cells.Code("supersedes", protocol.supersedes())},
       {Text("It was replaced by"), cells.Code("superseded_by", protocol.superseded_by())},
       {Text("SHA-256 of what is signed"), cells.Code("text_digest", protocol.text_digest())}});
}

// This says in words which text a party signed: a signature under another digest is of another text.
std::string SignedText(const Protocol& protocol, const ProtocolParty& party) {
  if (party.part() != protocols::v1::PARTY_PART_SIGNATORY) return Text("does not sign");
  if (party.signed_digest().empty()) return Text("not signed");
  return party.signed_digest() == protocol.text_digest() ? Text("this text") : Text("another text");
}

PrintedPart PartiesOf(const Protocol& protocol, const PrintedCells& cells) {
  namespace v1 = protocols::v1;
  PrintedPart part{.id = "parties", .title = Text("Parties and signatures")};
  part.heads = {Text("Party"),     Text("Capacity"),       Text("Role in the protocol"),
                Text("Signatory"), Text("What is signed"), Text("Signed on")};
  for (const ProtocolParty& party : protocol.parties()) {
    std::vector<std::string> signatory;
    for (const std::string& each : {party.signatory_name(), party.signatory_title(), party.signed_by()}) {
      if (!each.empty()) signatory.push_back(each);
    }
    part.rows.push_back({cells.Agency(party.agency()), cells.Said("", CapacityText(party.capacity())),
                         cells.Word("", v1::PartyPart_descriptor(), party.part()),
                         cells.Said("", absl::StrJoin(signatory, "\n")),
                         PrintedCells::Mark(SignedText(protocol, party)),
                         cells.Moment("", party.signed_at())});
  }
  return part;
}

void AddSections(const Protocol& protocol, const PrintedCells& cells, PrintedDocument* document) {
  namespace v1 = protocols::v1;
  std::set<int> read;
  for (const auto& section : protocol.sections()) {
    read.insert(section.code());
    const std::string readers = ReadersText(section.visibility());
    AddPart({.id = absl::StrCat("section-", section.code()),
             .title = Text("Part {{number}}: {{about}}", {{"number", absl::StrCat(section.code())},
                                                          {"about", SectionText(section.code())}}),
             .text = cells.Said("sections.text", section.text()),
             .note = Text("Who reads it: {{readers}}.", {{"readers", readers}})},
            document);
  }
  std::vector<std::string> lacking;
  for (int code = 1; v1::SectionCode_IsValid(code); ++code) {
    if (!read.contains(code)) lacking.push_back(SectionText(code));
  }
  AddPart({.id = "lacking",
           .title = Text("Parts that this copy lacks"),
           .text = cells.Said("", absl::StrJoin(lacking, "\n")),
           .note = Text(
               "The text has no such part, or it is not for the reader of this copy. What is signed covers "
               "every part of the text.")},
          document);
}

}  // namespace

PrintedDocument ProtocolDocument(const Protocol& protocol, const PrintedFor& whom) {
  const PrintedCells cells(&whom);
  PrintedDocument document{.title = Text("Protocol between agencies"), .name = protocol.name()};
  AddPart(AgreementOf(protocol, cells), &document);
  AddPart(PartiesOf(protocol, cells), &document);
  AddSections(protocol, cells, &document);
  return document;
}

}  // namespace accord::ctl
