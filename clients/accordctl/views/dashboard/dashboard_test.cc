#include "clients/accordctl/views/dashboard/dashboard.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/commands.h"
#include "clients/accordctl/core/output.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/zone.h"
#include "clients/accordctl/testing/dashboard_fixture.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

namespace p = protocols::v1;
namespace i = intelligence::v1;
namespace c = prosecution::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(DashboardTest, AFreshReferralThatNobodyAssessesIsNotOverdue) {
  const Dashboard dashboard = Shown(Of(Fresh()));
  ASSERT_THAT(dashboard.waiting, SizeIs(1));
  const std::string table = DashboardTable(dashboard);
  EXPECT_THAT(table, HasSubstr("0 overdue"));
  EXPECT_THAT(table, HasSubstr("2026-11-26 11:30 EST  in 2 h"));
  EXPECT_THAT(table, Not(HasSubstr("d overdue")));
  EXPECT_THAT(table, HasSubstr("accordctl referral acknowledge agencies/cas-york/referrals/01a"));
  // A server that counts nothing due says nothing: no time is read as 1970.
  p::Referral unset = Fresh();
  unset.clear_next_due();
  EXPECT_THAT(Of(unset), IsEmpty());
}

TEST_F(DashboardTest, ShowsTheOwnCertificateOnceTwoThirdsOfItsLifeAreOver) {
  pki::Issued certificate;
  certificate.uri = "spiffe://accord.example/agency/ps-york/system/rms";
  certificate.fingerprint = std::string(32, '\x1f');
  certificate.not_before = In(-absl::Hours(24 * 60));
  certificate.not_after = In(absl::Hours(24 * 30));
  const std::vector<Waiting> waiting = Of(certificate);
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].name, "agencies/ps-york/systems/rms/certificates/1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f");
  EXPECT_EQ(waiting[0].due, certificate.not_after);
  EXPECT_EQ(waiting[0].turn, Turn::kTeam);
  EXPECT_THAT(DashboardTable(Shown(waiting)), HasSubstr("accordctl certificate renew"));
  for (const std::string& said : {waiting[0].what, waiting[0].kind, waiting[0].state}) {
    EXPECT_TRUE(HasText(said)) << said;
  }
  certificate.not_after += absl::Seconds(3);
  EXPECT_THAT(Of(certificate), IsEmpty()) << "two seconds early";
}

TEST_F(DashboardTest, SaysWhoseTurnItIs) {
  p::Referral referral = Fresh();
  EXPECT_EQ(Of(referral)[0].turn, Turn::kUnassigned);
  referral.set_assignee("colleague");
  EXPECT_EQ(Of(referral)[0].turn, Turn::kTeam);
  referral.set_assignee("member");
  EXPECT_EQ(Of(referral)[0].turn, Turn::kMine);
  // What we sent is others' to do, and worth a line once it is late.
  referral.set_name("agencies/ps-york/referrals/01b");
  referral.set_to_agency("cas-york");
  EXPECT_THAT(Of(referral), IsEmpty());
  Due(-absl::Minutes(5), &referral);
  EXPECT_EQ(Of(referral)[0].turn, Turn::kOthers);
  referral.set_next_due_what(p::NEXT_DUE_FLAG);
  EXPECT_EQ(Of(referral)[0].turn, Turn::kTeam);
  // Somebody in another office may have the same name.
  c::Accused accused = Accused(c::NEXT_DUE_COURT_DAY, 0);
  accused.set_lead_crown("member");
  accused.set_lead_crown_agency("cr-york");
  EXPECT_EQ(Of(accused)[0].turn, Turn::kTeam);
}

TEST_F(DashboardTest, AnInspectorsReferralIsTheTurnOfWhomeverItIsAssignedTo) {
  p::InspectorReferral inspection;
  inspection.set_name("agencies/svc-training/inspectorReferrals/01i");
  inspection.set_to_agency("ps-york");
  inspection.set_state(p::INSPECTOR_REFERRAL_STATE_SUBMITTED);
  EXPECT_EQ(Of(inspection)[0].turn, Turn::kUnassigned);
  inspection.set_assignee("colleague");
  EXPECT_EQ(Of(inspection)[0].turn, Turn::kTeam);
  inspection.set_assignee("member");
  std::vector<Waiting> waiting = Of(inspection);
  EXPECT_EQ(waiting[0].turn, Turn::kMine);
  EXPECT_EQ(waiting[0].assignee, "member");
  NoteDepartedPeople({"colleague"}, &waiting);
  EXPECT_EQ(waiting[0].turn, Turn::kUnassigned);
}

// They are disabled or gone from the agency, and nobody works on what is theirs.
TEST_F(DashboardTest, WhatWhoeverLeftWorkedOnIsNobodysAndSaysWhoseItWas) {
  p::Referral referral = Fresh();
  referral.set_assignee("gone");
  std::vector<Waiting> waiting = Of(referral);
  NoteDepartedPeople({}, &waiting);
  EXPECT_EQ(waiting[0].turn, Turn::kTeam) << "nothing is known of anybody";
  NoteDepartedPeople({"member", "gone"}, &waiting);
  EXPECT_EQ(waiting[0].turn, Turn::kTeam);
  NoteDepartedPeople({"member"}, &waiting);
  EXPECT_EQ(waiting[0].turn, Turn::kUnassigned);
  EXPECT_THAT(waiting[0].note, HasSubstr("gone left"));
  // Of a team somebody is still there.
  p::JointInvestigation joint;
  joint.set_name("agencies/ps-york/jointInvestigations/02b");
  Due(absl::Hours(1), &joint);
  for (const auto& [agency, actor] : std::vector<std::pair<std::string, std::string>>{
           {"ps-york", "constable"}, {"ps-york", "gone"}, {"cas-york", "worker"}}) {
    auto* person = joint.add_team();
    person->set_agency(agency);
    person->set_actor(actor);
  }
  waiting = Of(joint);
  NoteDepartedPeople({"member", "constable"}, &waiting);
  EXPECT_EQ(waiting[0].turn, Turn::kTeam);
  EXPECT_THAT(waiting[0].note, HasSubstr("gone left"));
  EXPECT_THAT(waiting[0].note, Not(HasSubstr("worker"))) << "of the other agency";
}

TEST_F(DashboardTest, ListsTheMostUrgentFirstAndEachThingOnce) {
  p::Referral later = Fresh("01b"), late = Fresh("01c");
  Due(-absl::Hours(3), &late);
  std::vector<Waiting> waiting = Of(later);
  for (const auto& more : {Of(late), Of(Fresh()), Of(Fresh())}) {
    waiting.insert(waiting.end(), more.begin(), more.end());
  }
  waiting[2].due = In(absl::Hours(1));
  waiting[3].due = In(absl::Hours(1));
  const Dashboard dashboard = Shown(waiting);
  std::vector<std::string> names;
  for (const Waiting& each : dashboard.waiting) names.push_back(each.name);
  EXPECT_THAT(names, ElementsAre("agencies/cas-york/referrals/01c", "agencies/cas-york/referrals/01a",
                                 "agencies/cas-york/referrals/01b"));
  EXPECT_EQ(DashboardCounts(dashboard), "0 mine, 0 my team, 3 unassigned, 1 overdue, 2 due within 24 h");
  EXPECT_THAT(DashboardTable(dashboard), HasSubstr("3 h overdue"));
  EXPECT_THAT(Shown(waiting, 30, true).waiting, IsEmpty());
}

TEST_F(DashboardTest, CountsWhatComesLaterAndDoesNotListIt) {
  p::Protocol protocol;
  protocol.set_name("agencies/cas-york/protocols/01p");
  protocol.set_state(p::PROTOCOL_STATE_IN_FORCE);
  protocol.set_next_due_what(p::NEXT_DUE_REVIEW);
  auto* party = protocol.add_parties();
  party->set_agency("ps-york");
  party->set_part(p::PARTY_PART_SIGNATORY);
  Due(absl::Hours(24 * 31), &protocol);
  EXPECT_THAT(Shown(Of(protocol)).waiting, IsEmpty());
  EXPECT_THAT(DashboardTable(Shown(Of(protocol))), HasSubstr("1 due after 30 d, not listed"));
  EXPECT_THAT(Shown(Of(protocol), 40).waiting, SizeIs(1));
  // A protocol waits for those who have not signed.
  protocol.set_state(p::PROTOCOL_STATE_PARTIALLY_SIGNED);
  protocol.set_next_due_what(p::NEXT_DUE_SIGN);
  EXPECT_EQ(Of(protocol)[0].what, "sign");
  party->set_signed_digest("00");
  EXPECT_THAT(Of(protocol), IsEmpty());
}

TEST_F(DashboardTest, OfOneAccusedTheTasksForVictimsAndTheCeilingAreOneLineEach) {
  std::vector<Waiting> waiting = Of(Accused(c::NEXT_DUE_VICTIM_TASKS, 3));
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0].next, "case get agencies/cr-york/cases/c1");
  EXPECT_EQ(waiting[0].note, "3 open");
  EXPECT_TRUE(waiting[0].due);
  // Without a day in court the accused wait, and no clock runs.
  waiting = Of(Accused(c::NEXT_DUE_CEILING, 3));
  ASSERT_THAT(waiting, SizeIs(2));
  EXPECT_FALSE(waiting[0].due);
  c::CeilingAlert alert;
  alert.set_accused("agencies/cr-york/cases/c1/accused/a1");
  alert.set_days(90);
  Due(absl::Hours(24), &alert);
  const auto told = Of(alert);
  waiting.insert(waiting.end(), told.begin(), told.end());
  EXPECT_THAT(Shown(waiting).waiting, SizeIs(2));
  // What is acknowledged has nothing due.
  alert.clear_next_due();
  alert.set_acknowledged_by("coordinator");
  EXPECT_THAT(Of(alert), IsEmpty());
}

TEST_F(DashboardTest, TheEndOfADayBelongsToThatDayAndTheZoneIsPrinted) {
  EXPECT_EQ(DashboardMoment(EndOfDay(absl::CivilDay(2026, 11, 26)), OntarioZone()), "2026-11-26 24:00 EST");
  EXPECT_EQ(DashboardMoment(EndOfDay(absl::CivilDay(2026, 11, 26)), absl::UTCTimeZone()),
            "2026-11-27 05:00 UTC");
  // This is the hour that there is twice.
  const absl::Time first = absl::FromUnixSeconds(1793511000);
  EXPECT_EQ(DashboardMoment(first, OntarioZone()), "2026-11-01 01:30 EDT");
  EXPECT_EQ(DashboardMoment(first + absl::Hours(1), OntarioZone()), "2026-11-01 01:30 EST");
  EXPECT_EQ(DashboardZoneLine(Shown({})), "Times are of America/Toronto (EST, UTC-05:00).");
  ASSERT_EQ(setenv("TZ", ":America/Winnipeg", 1), 0);
  EXPECT_EQ(CallersZone().name(), "America/Winnipeg");
  ASSERT_EQ(setenv("TZ", "no/such/place", 1), 0);
  EXPECT_EQ(CallersZone(), OntarioZone());
  ASSERT_EQ(unsetenv("TZ"), 0);
  EXPECT_EQ(CallersZone(), OntarioZone());
}

TEST_F(DashboardTest, EveryCommandThatItNamesIsOne) {
  std::vector<Waiting> all;
  const auto add = [&](const auto& record) {
    const auto of = Of(record);
    EXPECT_THAT(of, Not(IsEmpty())) << record.GetTypeName();
    all.insert(all.end(), of.begin(), of.end());
  };
  p::Referral referral = Fresh();
  for (int what = 1; what <= p::NEXT_DUE_FLAG; ++what) {
    for (const auto state :
         {p::REFERRAL_STATE_SUBMITTED, p::REFERRAL_STATE_ACKNOWLEDGED, p::REFERRAL_STATE_JOINT}) {
      referral.set_next_due_what(static_cast<p::NextDue>(what));
      referral.set_state(state);
      add(referral);
    }
  }
  p::Dispute dispute;
  Due(absl::Hours(1), &dispute);
  add(dispute);
  p::JointInvestigation joint;
  Due(absl::Hours(1), &joint);
  for (const auto what : {p::NEXT_DUE_PLAN, p::NEXT_DUE_STEP, p::NEXT_DUE_CONCLUDE}) {
    joint.set_next_due_what(what);
    add(joint);
  }
  p::InspectorReferral inspection;
  inspection.set_to_agency("ps-york");
  for (const auto state : {p::INSPECTOR_REFERRAL_STATE_SUBMITTED, p::INSPECTOR_REFERRAL_STATE_ACKNOWLEDGED}) {
    inspection.set_state(state);
    add(inspection);
  }
  p::Protocol protocol;
  Due(absl::Hours(1), &protocol);
  protocol.add_parties()->set_agency("ps-york");
  protocol.mutable_parties(0)->set_part(p::PARTY_PART_SIGNATORY);
  for (const auto what : {p::NEXT_DUE_SIGN, p::NEXT_DUE_REVIEW, p::NEXT_DUE_RENEW, p::NEXT_DUE_REPLACE}) {
    protocol.set_next_due_what(what);
    add(protocol);
  }
  i::InformationRequest asked;
  asked.add_to("ps-york");
  Due(absl::Hours(1), &asked);
  for (const auto state : {i::INFORMATION_REQUEST_STATE_ISSUED, i::INFORMATION_REQUEST_STATE_PARTIAL}) {
    asked.set_state(state);
    add(asked);
  }
  asked.set_name("agencies/ps-york/informationRequests/01");
  asked.set_state(i::INFORMATION_REQUEST_STATE_ANSWERED);
  add(asked);
  i::ReleaseRequest release;
  release.set_name("agencies/ps-york/releaseRequests/01");
  release.set_originator("ps-york");
  Due(-absl::Hours(1), &release);
  for (const auto state : {i::RELEASE_STATE_PENDING, i::RELEASE_STATE_PROPOSED}) {
    release.set_state(state);
    add(release);
  }
  release.set_originator("ps-peel");
  release.set_state(i::RELEASE_STATE_PENDING);
  add(release);
  i::PurgeNotice notice;
  Due(-absl::Hours(1), &notice);
  for (const char* name : {"agencies/ps-york/purgeNotices/01", "agencies/ps-peel/purgeNotices/01"}) {
    notice.set_name(name);
    add(notice);
  }
  for (const auto what : {c::NEXT_DUE_VICTIM_TASKS, c::NEXT_DUE_COURT_DAY, c::NEXT_DUE_CEILING}) {
    add(Accused(what, 1));
  }
  c::AdviceRequest advice;
  Due(absl::Hours(1), &advice);
  advice.set_crown_agency("ps-york");
  add(advice);
  training::v1::CompletionCertificate certificate;
  certificate.set_learner_agency("ps-york");
  Due(absl::Hours(1), &certificate);
  add(certificate);
  supports::v1::SupportReferral received;
  received.set_name("agencies/vs-york/supportReferrals/01");
  for (const auto state :
       {supports::v1::SUPPORT_REFERRAL_STATE_SENT, supports::v1::SUPPORT_REFERRAL_STATE_ACKNOWLEDGED}) {
    received.set_state(state);
    add(received);
  }
  supports::v1::SurvivorNotice to_reach;
  to_reach.set_name("agencies/ps-york/survivorNotices/01");
  to_reach.set_state(supports::v1::SURVIVOR_NOTICE_STATE_OPEN);
  add(to_reach);
  supports::v1::BenefitClaim claim;
  claim.set_name("agencies/ps-york/benefitClaims/01");
  for (const auto state :
       {supports::v1::BENEFIT_CLAIM_STATE_REQUESTED, supports::v1::BENEFIT_CLAIM_STATE_ELIGIBLE,
        supports::v1::BENEFIT_CLAIM_STATE_INCOMPLETE, supports::v1::BENEFIT_CLAIM_STATE_APPROVED}) {
    claim.set_state(state);
    add(claim);
  }
  supports::v1::SupportDisclosure disclosure;
  disclosure.set_name("agencies/ps-york/supportCases/01/supportDisclosures/01");
  add(disclosure);
  supports::v1::BenefitPayment payment;
  payment.set_name("agencies/ps-york/benefitPayments/01");
  for (const auto state :
       {supports::v1::BENEFIT_PAYMENT_STATE_DUE, supports::v1::BENEFIT_PAYMENT_STATE_REVERSAL_PROPOSED}) {
    payment.set_state(state);
    add(payment);
  }
  supports::v1::RestrainingOrder order;
  order.set_name("agencies/ps-york/restrainingOrders/01");
  order.set_state(supports::v1::RESTRAINING_ORDER_STATE_GRANTED);
  add(order);
  order.add_servings()->set_document(supports::v1::SERVED_DOCUMENT_ORDER);
  add(order);
  for (const Waiting& each : all) {
    const std::vector<std::string> words = absl::StrSplit(each.next, ' ');
    EXPECT_NE(FindCommand(words[1], words[0]), nullptr) << each.next;
    EXPECT_EQ(words.size() > 2, words[1] != "list") << each.next;
    EXPECT_TRUE(HasText(each.what)) << each.what;
    EXPECT_TRUE(HasText(each.kind)) << each.kind;
  }
}

}  // namespace
}  // namespace accord::ctl
