#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

// These tests show what a protocol says beside what is signed, and where its text comes from.
class ProtocolTexts : public UnderAProtocol {};

TEST_F(ProtocolTexts, TheOfficeDraftsFromTheModelTextForALeadThatGoesOnWithIt) {
  const Caller office =
      Office(annotations::v1::ROLE_OFFICE_STAFF, annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE);
  v1::CreateProtocolRequest draft = Draft();
  EXPECT_THAT(Call<v1::Protocol>(office, draft), RefusedBy(rules::kOfficeDraftsFromTemplate));
  draft.mutable_protocol()->clear_sections();
  draft.set_from_template(true);
  const auto drafted = Call<v1::Protocol>(office, draft);
  ASSERT_OK(drafted);
  v1::Protocol p = Read(drafted->name(), director_);
  EXPECT_EQ(p.state(), v1::PROTOCOL_STATE_DRAFT);
  // These are all sections except those for the police alone.
  EXPECT_EQ(p.sections_size(), 20);
  EXPECT_EQ(Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p)).state(),
            v1::PROTOCOL_STATE_CONSULTATION);
}

TEST_F(ProtocolTexts, TheOfficeFollowsItsDraftAndReadsNoMoreThanEverybodyWill) {
  const Caller office =
      Office(annotations::v1::ROLE_OFFICE_STAFF, annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE);
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->clear_sections();
  draft.set_from_template(true);
  v1::Protocol p = Must(Call<v1::Protocol>(office, draft));
  EXPECT_EQ(p.drafted_by(), office.agency);
  const auto listed = [&](const Caller& caller) {
    v1::ListProtocolsRequest request;
    request.set_state(p.state());
    int found = 0;
    const auto page = Must(Call<v1::ListProtocolsResponse>(caller, request));
    for (const auto& each : page.protocols()) found += each.name() == p.name();
    return found;
  };
  EXPECT_EQ(listed(office), 1);
  const Caller stranger = Society(annotations::v1::ROLE_CAS_DIRECTOR, "cas-durham");
  EXPECT_EQ(listed(stranger), 0);
  EXPECT_THAT(GetProtocol(p.name(), stranger), RefusedBy(rules::kNotFound));
  p = Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, Read(p.name(), director_)));
  v1::CommentOnProtocolRequest say;
  say.mutable_comment()->set_section(p.sections(0).code());
  say.mutable_comment()->set_comment("Twice a year.");
  p = Must(Do(chief_, p, say));
  const v1::Protocol seen = Read(p.name(), office);
  EXPECT_EQ(seen.state(), v1::PROTOCOL_STATE_CONSULTATION);
  EXPECT_EQ(seen.comments_size(), 0);
  EXPECT_LT(seen.sections_size(), p.sections_size());
  for (const auto& section : seen.sections()) {
    EXPECT_EQ(section.visibility(), v1::SECTION_VISIBILITY_PUBLIC);
  }
  // What the parties draft themselves is seen by them alone until it is in force.
  const v1::Protocol own = Must(Call<v1::Protocol>(director_, Draft()));
  EXPECT_EQ(own.drafted_by(), "");
  EXPECT_THAT(GetProtocol(own.name(), office), RefusedBy(rules::kNotFound));
}

TEST_F(ProtocolTexts, ContactsAreOfThePartiesReadingAndChangeWithoutVoidingSignatures) {
  v1::UpdateProtocolContactsRequest request;
  auto* contact = request.add_contacts();
  contact->set_kind(v1::CONTACT_KIND_AFTER_HOURS);
  contact->set_desk("duty inspector");
  contact->set_telephone("+1 905 555 0100");
  v1::Protocol p = Must(Do(chief_, protocol_, request));
  EXPECT_EQ(p.state(), v1::PROTOCOL_STATE_IN_FORCE);
  EXPECT_EQ(p.text_digest(), protocol_.text_digest());
  EXPECT_TRUE(Read(p.name(), director_).parties(1).contacts(0).has_last_verified_at());
  const v1::Protocol seen = Read(p.name(), Society(annotations::v1::ROLE_CAS_DIRECTOR, "cas-durham"));
  EXPECT_EQ(seen.parties_size(), 2);
  EXPECT_EQ(seen.parties(1).contacts_size(), 0);
}

}  // namespace
}  // namespace accord::protocols
