// These tests show consultation, the one protocol in force, review, renewal, and every way to end; and the
// coverage that follows.
#include <thread>

#include "common/testing/postgres.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

class AfterSignature : public ProtocolsFixture {
 protected:
  using ProtocolsFixture::ProtocolsFixture;

  absl::StatusOr<v1::Protocol> Sign(const Caller& caller, const v1::Protocol& protocol) {
    return MoveProtocol<v1::SignProtocolRequest>(caller, protocol);
  }
  absl::StatusOr<v1::Protocol> Review(const Caller& caller, const v1::Protocol& protocol,
                                      v1::ReviewKind kind = v1::REVIEW_KIND_PARTY_REQUEST) {
    v1::ReviewProtocolRequest request;
    request.set_name(protocol.name());
    request.set_etag(protocol.etag());
    request.set_kind(kind);
    request.set_reason("new tools");
    return Call<v1::Protocol>(caller, request);
  }
  absl::StatusOr<v1::Protocol> Terminate(const v1::Protocol& protocol, const std::string& day) {
    v1::TerminateProtocolRequest request;
    request.set_name(protocol.name());
    request.set_etag(protocol.etag());
    request.set_reason("we part");
    request.set_terminates_on(day);
    return Call<v1::Protocol>(chief_, request);
  }
  std::string CellOf(const std::string& society, const std::string& police) {
    v1::ListCoverageCellsRequest request;
    request.set_page_size(1000);
    const auto cells = Must(Call<v1::ListCoverageCellsResponse>(director_, request));
    for (const auto& cell : cells.coverage_cells()) {
      if (cell.society() == society && cell.police_service() == police) {
        return ShortName(v1::CoverageState_descriptor(), cell.state());
      }
    }
    return "absent";
  }
  v1::CreateProtocolRequest York() {
    v1::CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->add_territory("york-region");
    return draft;
  }
};

TEST_F(AfterSignature, EveryCommentIsAnsweredBeforeTheTextIsOffered) {
  v1::Protocol p = Must(Call<v1::Protocol>(director_, Draft()));
  p = Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p));
  v1::CommentOnProtocolRequest say;
  say.set_name(p.name());
  say.set_etag(p.etag());
  say.mutable_comment()->set_section(v1::SECTION_CODE_TRAINING);
  say.mutable_comment()->set_comment("Twice a year.");
  p = Must(Call<v1::Protocol>(chief_, say));
  ASSERT_EQ(p.comments_size(), 1);
  EXPECT_EQ(p.comments(0).agency(), "ps-york");
  EXPECT_THAT(MoveProtocol<v1::OfferProtocolForSignatureRequest>(director_, p),
              RefusedBy(rules::kCommentUnanswered));
  v1::DisposeProtocolCommentRequest answer;
  answer.set_name(p.name());
  answer.set_etag(p.etag());
  answer.set_comment_id(p.comments(0).id());
  answer.set_disposition(v1::COMMENT_DISPOSITION_ADAPTED);
  answer.set_reason("Once, and after each change.");
  EXPECT_THAT(Call<v1::Protocol>(chief_, answer), RefusedBy(rules::kNotTheLead));
  p = Must(Call<v1::Protocol>(director_, answer));
  EXPECT_OK(MoveProtocol<v1::OfferProtocolForSignatureRequest>(director_, p));
  EXPECT_EQ(Read(p.name(), chief_).comments(0).reason(), "Once, and after each change.");
}

TEST_F(AfterSignature, IndigenousAgenciesOfTheTerritorySignAreHeardOrDeclined) {
  v1::CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->add_territory("nowhere");
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kTerritoryUnknown));
  draft.mutable_protocol()->set_territory(0, "thunder-bay-district");
  const auto offer = [&](const v1::CreateProtocolRequest& request) {
    v1::Protocol p = Must(Call<v1::Protocol>(director_, request));
    p = Must(MoveProtocol<v1::OpenProtocolConsultationRequest>(director_, p));
    return testing::RuleOrError(MoveProtocol<v1::OfferProtocolForSignatureRequest>(director_, p).status());
  };
  EXPECT_EQ(offer(draft), "INDIGENOUS_PARTY_MISSING");
  auto* society = draft.mutable_protocol()->add_parties();
  society->set_agency("cas-i-dilico");
  society->set_capacity(v1::PARTY_CAPACITY_INDIGENOUS_SOCIETY);
  society->set_part(v1::PARTY_PART_CONSULTED);
  auto* police = draft.mutable_protocol()->add_parties();
  police->set_agency("ps-fn-anishinabek");
  police->set_capacity(v1::PARTY_CAPACITY_FN_POLICE);
  police->set_part(v1::PARTY_PART_OBSERVER);
  EXPECT_EQ(offer(draft), "INDIGENOUS_PARTY_MISSING");
  police->set_declined_on("2026-10-01");
  police->set_decline_record("letter 12");
  EXPECT_EQ(offer(draft), "");
}

TEST_F(AfterSignature, OnePairHasOneProtocolOfAKindInForceOnATerritory) {
  const v1::Protocol first = Offered(York());
  ASSERT_OK(Sign(chief_, Must(Sign(director_, first))));
  v1::Protocol second = Must(Sign(director_, Offered(York())));
  EXPECT_THAT(Sign(chief_, second), RefusedBy(rules::kAlreadyInForce));
  EXPECT_EQ(Read(second.name(), director_).state(), v1::PROTOCOL_STATE_PARTIALLY_SIGNED);
  // A protocol that names no territory stands for all of it.
  v1::Protocol everywhere = Must(Sign(director_, Offered(Draft())));
  EXPECT_THAT(Sign(chief_, everywhere), RefusedBy(rules::kAlreadyInForce));
}

TEST_F(AfterSignature, ASuccessorEndsWhatIsUnderReviewInTheSameMoment) {
  v1::Protocol old = Must(Sign(chief_, Must(Sign(director_, Offered(York())))));
  v1::CreateProtocolRequest draft = York();
  draft.mutable_protocol()->set_supersedes(old.name());
  v1::Protocol successor = Must(Sign(director_, Offered(draft)));
  EXPECT_THAT(Sign(chief_, successor), RefusedBy(rules::kStateNotPermitted));
  old = Must(Review(chief_, old));
  EXPECT_EQ(old.state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
  EXPECT_EQ(Must(Sign(chief_, successor)).state(), v1::PROTOCOL_STATE_IN_FORCE);
  old = Read(old.name(), director_);
  EXPECT_EQ(old.state(), v1::PROTOCOL_STATE_SUPERSEDED);
  EXPECT_EQ(old.superseded_by(), successor.name());
  EXPECT_EQ(old.reviews(0).outcome(), v1::REVIEW_OUTCOME_SUPERSEDE);
}

TEST_F(AfterSignature, AReviewEndsWhenEachSignatoryRenewed) {
  v1::Protocol p = Must(Review(director_, InForce()));
  EXPECT_EQ(CellOf("cas-york", "ps-york"), "in_force");
  v1::Protocol half = Must(MoveProtocol<v1::RenewProtocolRequest>(director_, p));
  EXPECT_EQ(half.state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
  EXPECT_THAT(MoveProtocol<v1::RenewProtocolRequest>(director_, half), RefusedBy(rules::kAlreadySigned));
  in_process_.clock().Advance(absl::Hours(24 * 31));
  p = Must(MoveProtocol<v1::RenewProtocolRequest>(chief_, half));
  EXPECT_EQ(p.state(), v1::PROTOCOL_STATE_IN_FORCE);
  EXPECT_EQ(p.next_review_due(), "2028-12-24");
}

TEST_F(AfterSignature, TheCalendarOpensReviewsAndEndsWhatIsOver) {
  v1::CreateProtocolRequest draft = York();
  draft.mutable_protocol()->set_effective_to("2029-06-30");
  v1::Protocol p = Must(Sign(chief_, Must(Sign(director_, Offered(draft)))));
  SweepOn("2028-11-22");
  EXPECT_EQ(Read(p.name(), director_).state(), v1::PROTOCOL_STATE_IN_FORCE);
  SweepOn("2028-11-23");
  p = Read(p.name(), director_);
  EXPECT_EQ(p.state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
  EXPECT_EQ(p.reviews(0).kind(), v1::REVIEW_KIND_SCHEDULED);
  SweepOn("2028-12-01");
  EXPECT_EQ(CellOf("cas-york", "ps-york"), "review_overdue");
  SweepOn("2029-06-30");
  EXPECT_EQ(Read(p.name(), director_).state(), v1::PROTOCOL_STATE_UNDER_REVIEW);
  SweepOn("2029-07-01");
  EXPECT_EQ(Read(p.name(), director_).state(), v1::PROTOCOL_STATE_EXPIRED);
  EXPECT_EQ(CellOf("cas-york", "ps-york"), "lapsed");
}

TEST_F(AfterSignature, NoticeRunsItsTimeAndThenTheProtocolEnds) {
  v1::Protocol p = InForce();
  EXPECT_THAT(Terminate(p, "2026-12-24"), RefusedBy(rules::kNoticeTooShort));
  p = Must(Terminate(p, ""));
  EXPECT_EQ(p.terminates_on(), "2027-01-22");
  SweepOn("2027-01-22");
  EXPECT_EQ(Read(p.name(), director_).state(), v1::PROTOCOL_STATE_IN_FORCE);
  SweepOn("2027-01-23");
  EXPECT_EQ(Read(p.name(), director_).state(), v1::PROTOCOL_STATE_TERMINATED);
}

TEST_F(AfterSignature, AFutureProtocolComesIntoForceByItselfOnItsDay) {
  v1::CreateProtocolRequest draft = York();
  draft.mutable_protocol()->set_effective_from("2027-01-01");
  v1::Protocol p = Must(Sign(chief_, Must(Sign(director_, Offered(draft)))));
  SweepOn("2026-12-31");
  EXPECT_EQ(Read(p.name(), director_).state(), v1::PROTOCOL_STATE_PARTIALLY_SIGNED);
  SweepOn("2027-01-01");
  EXPECT_EQ(Read(p.name(), director_).state(), v1::PROTOCOL_STATE_IN_FORCE);
}

TEST_F(AfterSignature, AnAddendumNeedsItsParentInForce) {
  v1::CreateProtocolRequest draft = York();
  draft.mutable_protocol()->set_kind(v1::PROTOCOL_KIND_HT_ADDENDUM);
  EXPECT_THAT(Call<v1::Protocol>(director_, draft), RefusedBy(rules::kParentProtocol));
  v1::Protocol parent = Offered(York());
  draft.mutable_protocol()->set_parent_protocol(parent.name());
  const v1::Protocol addendum = Must(Sign(director_, Offered(draft)));
  EXPECT_THAT(Sign(chief_, addendum), RefusedBy(rules::kParentNotInForce));
  ASSERT_OK(Sign(chief_, Must(Sign(director_, parent))));
  EXPECT_EQ(Must(Sign(chief_, addendum)).state(), v1::PROTOCOL_STATE_IN_FORCE);
}

TEST_F(AfterSignature, CoverageNamesEveryKnownOverlapAndWhatIsUnknown) {
  EXPECT_EQ(CellOf("cas-york", "ps-york"), "none");
  const v1::Protocol draft = Must(Call<v1::Protocol>(director_, York()));
  EXPECT_EQ(CellOf("cas-york", "ps-york"), "in_negotiation");
  EXPECT_EQ(CellOf("cas-jewish", "ps-toronto"), "none");
  EXPECT_EQ(CellOf("cas-york", "ps-toronto"), "absent");
  const auto cells = Must(Call<v1::ListCoverageCellsResponse>(director_, v1::ListCoverageCellsRequest()));
  EXPECT_GT(cells.territory_unknown_size(), 20);
}

TEST_F(AfterSignature, CoverageAsOfADayIsOfWhoSharedGroundThenAndTellsNoAgreementOfIt) {
  const v1::Protocol draft = Must(Call<v1::Protocol>(director_, York()));
  v1::ListCoverageCellsRequest request;
  request.set_page_size(1000);
  const auto cell = [&](const std::string& day, const std::string& pair) {
    request.set_as_of(day);
    const auto cells = Must(Call<v1::ListCoverageCellsResponse>(director_, request));
    for (const auto& each : cells.coverage_cells()) {
      if (each.name() == "coverageCells/" + pair) return each;
    }
    return v1::CoverageCell();
  };
  EXPECT_NE(cell("2018-12-31", "cas-windsor-essex.ps-amherstburg").name(), "");
  EXPECT_EQ(cell("2019-01-01", "cas-windsor-essex.ps-amherstburg").name(), "");
  EXPECT_THAT(cell("2021-04-01", "cas-i-niijaan.ps-sudbury").uncertain(),
              ::testing::ElementsAre("cas-i-niijaan"));
  EXPECT_EQ(cell("2021-04-01", "cas-york.ps-york").state(), v1::COVERAGE_STATE_UNSPECIFIED);
  EXPECT_EQ(cell("", "cas-york.ps-york").state(), v1::COVERAGE_STATE_IN_NEGOTIATION);
  const std::string today = FormatDay(OntarioDay(in_process_.clock().Now()));
  EXPECT_EQ(cell(today, "cas-york.ps-york").state(), v1::COVERAGE_STATE_IN_NEGOTIATION);
  request.set_as_of("2021-04-01");
  request.set_state(v1::COVERAGE_STATE_IN_FORCE);
  EXPECT_THAT(Call<v1::ListCoverageCellsResponse>(director_, request), RefusedBy(rules::kFieldInvalid));
}

class Race : public AfterSignature, public ::testing::WithParamInterface<bool> {
 protected:
  Race() : AfterSignature(GetParam() ? testing::PostgresCluster::Shared().NewDatabase() : "") {}
};

TEST_P(Race, OfTwoLastSignaturesAtOnceOneAloneBringsItsProtocolIntoForce) {
  for (int round = 0; round < 3; ++round) {
    v1::CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->add_territory(
        std::vector<std::string>{"york-region", "toronto", "ottawa"}[static_cast<std::size_t>(round)]);
    if (round == 1) draft.mutable_protocol()->set_territory(0, "durham-region");
    const v1::Protocol one = Must(Sign(director_, Offered(draft)));
    const v1::Protocol other = Must(Sign(director_, Offered(draft)));
    std::string rules[2];
    std::thread first([&] { rules[0] = RuleOf(Sign(chief_, one).status()); });
    std::thread second([&] { rules[1] = RuleOf(Sign(chief_, other).status()); });
    first.join();
    second.join();
    EXPECT_THAT(rules, ::testing::UnorderedElementsAre("", "ALREADY_IN_FORCE"));
  }
}

INSTANTIATE_TEST_SUITE_P(OnEveryDatabase, Race, ::testing::Bool(),
                         [](const auto& each) { return each.param ? "PostgreSQL" : "SQLite"; });

}  // namespace
}  // namespace accord::protocols
