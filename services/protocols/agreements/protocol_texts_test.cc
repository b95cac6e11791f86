#include "services/protocols/testing/under_a_protocol.h"

namespace accord::protocols {
namespace {

// What a protocol says beside what is signed, and from where its text comes.
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
  // All but what is for the police alone.
  EXPECT_EQ(p.sections_size(), 20);
  EXPECT_EQ(Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p)).state(),
            v1::PROTOCOL_STATE_CONSULTATION);
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
