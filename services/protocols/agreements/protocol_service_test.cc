#include "common/testing/every_list.h"
#include "services/protocols/agreements/protocol_readers.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class ProtocolLife : public ProtocolsFixture {};

TEST_F(ProtocolLife, DraftedConsultedSignedByBothIsInForce) {
  const v1::Protocol protocol = InForce();
  EXPECT_EQ(protocol.state(), v1::PROTOCOL_STATE_IN_FORCE);
  EXPECT_EQ(protocol.next_review_due(), "2028-11-23");
  EXPECT_EQ(protocol.parties(0).signed_digest(), protocol.text_digest());
}

TEST_F(ProtocolLife, EachReadsOnlyTheSectionsItMay) {
  const v1::Protocol protocol = InForce();
  const auto sections = [&](const Caller& caller) {
    v1::GetProtocolRequest request;
    request.set_name(protocol.name());
    return Must(Call<v1::Protocol>(caller, request)).sections_size();
  };
  EXPECT_EQ(sections(member_), 21);
  EXPECT_EQ(sections(worker_), 20);
  EXPECT_EQ(sections(Police(annotations::v1::ROLE_POLICE_MEMBER, "ps-durham")), 1);
}

// The lead writes in what capacity each agency is a party, and nobody looks at that before they sign.
TEST_F(ProtocolLife, ASocietyThatCallsItselfPoliceReadsNoSectionOfThePolices) {
  v1::Protocol draft = Draft().protocol();
  draft.mutable_parties(0)->set_capacity(v1::PARTY_CAPACITY_POLICE);
  ASSERT_EQ(draft.parties(0).agency(), director_.agency);
  EXPECT_EQ(ReadableBy(draft, director_).sections_size(), draft.sections_size() - 1);
  EXPECT_EQ(ReadableBy(draft, member_).sections_size(), draft.sections_size());
}

TEST_F(ProtocolLife, ADraftIsInvisibleToOthersAndLooksAbsent) {
  const v1::Protocol draft = Must(Call<v1::Protocol>(director_, Draft()));
  const Caller other = Society(annotations::v1::ROLE_CAS_DIRECTOR, "cas-durham");
  v1::GetProtocolRequest request;
  request.set_name(draft.name());
  const absl::Status invisible = Call<v1::Protocol>(other, request).status();
  request.set_name("agencies/cas-york/protocols/none");
  EXPECT_EQ(StatusDetails(invisible), StatusDetails(Call<v1::Protocol>(other, request).status()));
  EXPECT_EQ(invisible.code(), absl::StatusCode::kNotFound);
}

TEST_F(ProtocolLife, AChangedTextVoidsSignatures) {
  v1::Protocol p = Must(Call<v1::Protocol>(director_, Draft()));
  p = Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p));
  p = Must(MoveProtocol<v1::OfferProtocolForSignatureRequest>(director_, p));
  p = Must(MoveProtocol<v1::SignProtocolRequest>(director_, p));
  v1::UpdateProtocolRequest update;
  *update.mutable_protocol() = p;
  update.mutable_protocol()->set_title("Another title");
  update.mutable_update_mask()->add_paths("title");
  const v1::Protocol changed = Must(Call<v1::Protocol>(director_, update));
  EXPECT_EQ(changed.state(), v1::PROTOCOL_STATE_CONSULTATION);
  EXPECT_EQ(changed.parties(0).signed_digest(), "");
  EXPECT_NE(changed.text_digest(), p.text_digest());
}

TEST_F(ProtocolLife, SigningAnotherDigestOrByAnotherAgencyIsRefused) {
  v1::Protocol p = Must(Call<v1::Protocol>(director_, Draft()));
  p = Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p));
  p = Must(MoveProtocol<v1::OfferProtocolForSignatureRequest>(director_, p));
  v1::Protocol forged = p;
  forged.set_text_digest(std::string(64, '0'));
  EXPECT_THAT(MoveProtocol<v1::SignProtocolRequest>(chief_, forged), RefusedBy(rules::kDigestMismatch));
  EXPECT_THAT(MoveProtocol<v1::SignProtocolRequest>(worker_, p), RefusedBy(rules::kRoleNotPermitted));
  EXPECT_EQ(MoveProtocol<v1::SignProtocolRequest>(Police(annotations::v1::ROLE_POLICE_CHIEF, "ps-durham"), p)
                .status()
                .code(),
            absl::StatusCode::kNotFound);
  v1::Protocol once = Must(MoveProtocol<v1::SignProtocolRequest>(director_, p));
  EXPECT_THAT(MoveProtocol<v1::SignProtocolRequest>(director_, once), RefusedBy(rules::kAlreadySigned));
}

TEST_F(ProtocolLife, AFutureProtocolIsActivatedOnItsDay) {
  auto draft = Draft();
  draft.mutable_protocol()->set_effective_from("2026-12-01");
  v1::Protocol p = Must(Call<v1::Protocol>(director_, draft));
  p = Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p));
  p = Must(MoveProtocol<v1::OfferProtocolForSignatureRequest>(director_, p));
  p = Must(MoveProtocol<v1::SignProtocolRequest>(director_, p));
  p = Must(MoveProtocol<v1::SignProtocolRequest>(chief_, p));
  EXPECT_EQ(p.state(), v1::PROTOCOL_STATE_PARTIALLY_SIGNED);
  EXPECT_THAT(MoveProtocol<v1::ActivateProtocolRequest>(director_, p), RefusedBy(rules::kNotYetEffective));
  in_process_.clock().Advance(absl::Hours(24 * 8));
  EXPECT_EQ(Must(MoveProtocol<v1::ActivateProtocolRequest>(director_, p)).state(),
            v1::PROTOCOL_STATE_IN_FORCE);
}

TEST_F(ProtocolLife, SectionsMustBeCompleteBeforeConsultation) {
  auto draft = Draft();
  draft.mutable_protocol()->mutable_sections()->RemoveLast();
  const v1::Protocol p = Must(Call<v1::Protocol>(director_, draft));
  const absl::Status refused = MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p).status();
  EXPECT_THAT(refused, RefusedBy(rules::kSectionsMissing));
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("termination"));
}

TEST_F(ProtocolLife, AnOldEtagIsAborted) {
  const v1::Protocol p = Must(Call<v1::Protocol>(director_, Draft()));
  ASSERT_OK(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p));
  EXPECT_THAT(MoveProtocol<v1::OfferProtocolForSignatureRequest>(director_, p),
              RefusedBy(rules::kEtagMismatch));
}

TEST_F(ProtocolLife, EveryListEndsItsPagesBeforeTheyAreTooLarge) {
  EXPECT_GT(accord::testing::ReadEveryList(&in_process_, "accord.protocols.v1"), 1);
}

}  // namespace
}  // namespace accord::protocols
