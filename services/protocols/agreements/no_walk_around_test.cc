// These tests show rules for protocols that somebody with a certificate and a role could once walk around.
#include "services/protocols/testing/no_walk_around.h"

namespace accord::protocols {
namespace {

TEST_F(NoWalkAround, NeitherAnObserverNorTheConsultedMoveAProtocolInForce) {
  const v1::Protocol p = Signed(Watched());
  const v1::Protocol before = Read(p.name(), director_);
  for (const Caller& caller : {observer_, consulted_}) {
    EXPECT_THAT(Review(caller, p), RefusedBy(rules::kNotASignatory));
    EXPECT_EQ(Refusal<v1::TerminateProtocolRequest>(caller, p), "NOT_A_SIGNATORY");
    EXPECT_EQ(Refusal<v1::RenewProtocolRequest>(caller, p), "NOT_A_SIGNATORY");
    EXPECT_EQ(Refusal<v1::ActivateProtocolRequest>(caller, p), "NOT_A_SIGNATORY");
    EXPECT_EQ(Refusal<v1::SignProtocolRequest>(caller, p), "NOT_A_SIGNATORY");
  }
  EXPECT_EQ(Read(p.name(), director_).SerializeAsString(), before.SerializeAsString());
}

TEST_F(NoWalkAround, AnObserverEndsNobodysProtocolByASuccessor) {
  const v1::Protocol york = Signed(Watched());
  ASSERT_OK(Review(chief_, york));
  v1::CreateProtocolRequest draft = Draft();
  draft.set_parent("agencies/ps-durham");
  draft.mutable_protocol()->mutable_parties(0)->set_agency("cas-durham");
  draft.mutable_protocol()->mutable_parties(1)->set_agency("ps-durham");
  draft.mutable_protocol()->set_supersedes(york.name());
  EXPECT_THAT(Call<v1::Protocol>(observer_, draft), RefusedBy(rules::kNotASignatory));
  EXPECT_EQ(Read(york.name(), director_).state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
}

TEST_F(NoWalkAround, ASuccessorIsSignedByEverySignatoryOfTheOldOne) {
  const v1::Protocol york = Signed(Draft());
  // The draft names only one of the signatories, with another police service.
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_supersedes(york.name());
  draft.mutable_protocol()->mutable_parties(1)->set_agency("ps-durham");
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kSuccessorSignatories));
  // An observer does not sign, so naming the signatory as one does not help.
  Add(&draft, "ps-york", v1::PARTY_CAPACITY_POLICE, v1::PARTY_PART_OBSERVER);
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kSuccessorSignatories));
  // The signatory cannot be left out afterwards either.
  draft.mutable_protocol()->mutable_parties(2)->set_part(v1::PARTY_PART_SIGNATORY);
  v1::Protocol successor = Must(Call<v1::Protocol>(director_, draft));
  v1::UpdateProtocolRequest update;
  *update.mutable_protocol() = successor;
  update.mutable_protocol()->mutable_parties()->RemoveLast();
  update.mutable_update_mask()->add_paths("parties");
  EXPECT_THAT(Call<v1::Protocol>(director_, update), RefusedBy(rules::kSuccessorSignatories));
}

TEST_F(NoWalkAround, NobodysCoverageIsChangedByAStrangersDraft) {
  const auto cell = [&] {
    v1::ListCoverageCellsRequest request;
    request.set_page_size(1000);
    const auto cells = Must(Call<v1::ListCoverageCellsResponse>(director_, request));
    for (const auto& each : cells.coverage_cells()) {
      if (each.society() == "cas-york" && each.police_service() == "ps-york") return each.state();
    }
    return v1::COVERAGE_STATE_UNSPECIFIED;
  };
  const v1::Protocol york = Signed(Draft());
  ASSERT_OK(Notice(chief_, york.name(), "2027-01-31"));
  SweepOn("2027-02-01");
  ASSERT_EQ(cell(), v1::COVERAGE_STATE_LAPSED);
  // Durham names both parties of York among the signatories of a text of its own.
  v1::CreateProtocolRequest draft = DraftOf(v1::PROTOCOL_KIND_MULTI_PARTY);
  draft.set_parent("agencies/ps-durham");
  Add(&draft, "ps-durham", v1::PARTY_CAPACITY_POLICE, v1::PARTY_PART_SIGNATORY);
  ASSERT_OK(Call<v1::Protocol>(observer_, draft));
  EXPECT_EQ(cell(), v1::COVERAGE_STATE_LAPSED);
  // York begins a text anew by itself.
  ASSERT_OK(Call<v1::Protocol>(director_, Draft()));
  EXPECT_EQ(cell(), v1::COVERAGE_STATE_IN_NEGOTIATION);
}

TEST_F(NoWalkAround, WhatIsReplacedAndWhatIsAddedToIsPartOfWhatIsSigned) {
  const v1::Protocol york = Signed(Draft());
  v1::CreateProtocolRequest draft = Draft();
  const std::string plain = Must(Call<v1::Protocol>(director_, draft)).text_digest();
  draft.mutable_protocol()->set_supersedes(york.name());
  EXPECT_NE(Must(Call<v1::Protocol>(director_, draft)).text_digest(), plain);
}

TEST_F(NoWalkAround, WhoLeadsSigns) {
  v1::CreateProtocolRequest draft = Watched();
  draft.set_parent("agencies/ps-durham");
  EXPECT_THAT(Call<v1::Protocol>(observer_, draft), RefusedBy(rules::kLeadNotSignatory));
}

TEST_F(NoWalkAround, WhoeverSignsAnAddendumSignedWhatItAddsTo) {
  const v1::Protocol york = Signed(Watched());
  v1::CreateProtocolRequest draft = DraftOf(v1::PROTOCOL_KIND_HT_ADDENDUM);
  draft.mutable_protocol()->set_parent_protocol(york.name());
  draft.mutable_protocol()->mutable_parties(1)->set_agency("ps-durham");
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kAddendumSignatories));
  draft.set_parent("agencies/ps-durham");
  EXPECT_THAT(Call<v1::Protocol>(observer_, draft), RefusedBy(rules::kNotASignatory));
}

TEST_F(NoWalkAround, ADeclineIsInWritingAndNotOfTheFuture) {
  v1::CreateProtocolRequest draft = Watched();
  draft.mutable_protocol()->mutable_parties(2)->set_declined_on("2026-12-01");
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kDeclineInFuture));
  draft.mutable_protocol()->mutable_parties(2)->set_declined_on("2026-10-01");
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kDeclineNotWritten));
}

TEST_F(NoWalkAround, NobodyIsDraftedAsASignatoryWhoCanNeverSign) {
  // All would have signed except one who cannot, and the protocol would never be in force.
  for (const auto capacity : {v1::PARTY_CAPACITY_CROWN, v1::PARTY_CAPACITY_FIRST_NATION,
                              v1::PARTY_CAPACITY_VICTIM_SERVICES, v1::PARTY_CAPACITY_HEALTH}) {
    v1::CreateProtocolRequest draft = Draft();
    Add(&draft, "another", capacity, v1::PARTY_PART_SIGNATORY);
    EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kSignatoryCannotSign));
    draft.mutable_protocol()->mutable_parties(2)->set_part(v1::PARTY_PART_CONSULTED);
    EXPECT_OK(Call<v1::Protocol>(director_, draft));
  }
}

TEST_F(NoWalkAround, AnAddendumReplacesNothingThatItStandsOn) {
  v1::CreateProtocolRequest base_draft = DraftOf(v1::PROTOCOL_KIND_BASE_CHILD_ABUSE);
  const v1::Protocol base = Signed(base_draft);
  v1::CreateProtocolRequest draft = DraftOf(v1::PROTOCOL_KIND_HT_ADDENDUM);
  draft.mutable_protocol()->set_parent_protocol(base.name());
  const v1::Protocol first = Signed(draft);
  ASSERT_EQ(first.state(), v1::PROTOCOL_STATE_IN_FORCE);
  // The draft adds to the first one, and by that to the base: it would end both at the moment at which it
  // comes into force.
  draft.mutable_protocol()->set_parent_protocol(first.name());
  for (const std::string& below : {first.name(), base.name()}) {
    draft.mutable_protocol()->set_supersedes(below);
    EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kParentSuperseded));
  }
}

TEST_F(NoWalkAround, NoCommentThatTheLeadCannotReadHoldsTheTextUp) {
  v1::Protocol p = Must(Call<v1::Protocol>(director_, Watched()));
  p = Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p));
  v1::CommentOnProtocolRequest say;
  say.set_name(p.name());
  say.set_etag(p.etag());
  // The comment is on a section for police alone, and the lead is a society.
  say.mutable_comment()->set_section(v1::SECTION_CODE_INTERVIEWS);
  say.mutable_comment()->set_comment("Never.");
  for (const Caller& police : {observer_, chief_}) {
    EXPECT_THAT(Call<v1::Protocol>(police, say), RefusedBy(rules::kLeadCannotAnswer));
  }
  // For a society there is no such section.
  EXPECT_THAT(Call<v1::Protocol>(consulted_, say), RefusedBy(rules::kSectionAbsent));
  EXPECT_EQ(Refusal<v1::OfferProtocolForSignatureRequest>(director_, p), "");
}

TEST_F(NoWalkAround, ATerritoryThatIsEmptyOrElsewhereLeavesNobodyUnheard) {
  const Caller director = Society(annotations::v1::ROLE_CAS_DIRECTOR, "cas-thunder-bay");
  v1::CreateProtocolRequest draft = Draft();
  draft.set_parent("agencies/cas-thunder-bay");
  draft.mutable_protocol()->mutable_parties(0)->set_agency("cas-thunder-bay");
  draft.mutable_protocol()->mutable_parties(1)->set_agency("ps-thunderbay");
  const auto offered = [&] {
    v1::Protocol p = Must(Call<v1::Protocol>(director, draft));
    p = Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director, p));
    return Refusal<v1::OfferProtocolForSignatureRequest>(director, p);
  };
  EXPECT_EQ(offered(), "INDIGENOUS_PARTY_MISSING");
  draft.mutable_protocol()->add_territory("york-region");
  EXPECT_EQ(offered(), "INDIGENOUS_PARTY_MISSING");
  Add(&draft, "cas-i-dilico", v1::PARTY_CAPACITY_INDIGENOUS_SOCIETY, v1::PARTY_PART_CONSULTED);
  Add(&draft, "ps-fn-anishinabek", v1::PARTY_CAPACITY_FN_POLICE, v1::PARTY_PART_CONSULTED);
  EXPECT_EQ(offered(), "");
}

}  // namespace
}  // namespace accord::protocols
