// People of six agencies, in every role, try everything that this service can do: whatever has an effect, and
// whatever anybody learns, is held against what the field allows.
#include <algorithm>
#include <cstdio>
#include <set>

#include "common/testing/change_watch.h"
#include "common/testing/people.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/protocols/testing/field_oracle.h"
#include "services/protocols/testing/fixture.h"
#include "services/protocols/testing/insiders_shape.h"

namespace accord::protocols {
namespace {

namespace a = annotations::v1;

// There are two people in each office that needs two.
std::vector<Caller> Everybody() {
  testing::People people("system");
  const auto society = a::AGENCY_KIND_CHILDREN_AID_SOCIETY;
  const auto protects = a::PURPOSE_CHILD_PROTECTION, governs = a::PURPOSE_PROTOCOL_GOVERNANCE,
             reviews = a::PURPOSE_PRIVACY_REVIEW, investigates = a::PURPOSE_CRIMINAL_INVESTIGATION;
  people.Add("cas-york", society, "worker", {a::ROLE_CAS_WORKER}, {protects});
  people.Add("cas-york", society, "learning", {a::ROLE_CAS_WORKER, a::ROLE_LEARNER}, {protects});
  people.Add("cas-york", society, "supervisor", {a::ROLE_CAS_SUPERVISOR}, {protects});
  people.Add("cas-york", society, "director", {a::ROLE_CAS_DIRECTOR}, {governs, protects});
  people.Add("cas-york", society, "privacy", {a::ROLE_PRIVACY_OFFICER}, {reviews});
  for (const char* police : {"ps-york", "ps-durham"}) {
    const auto kind = a::AGENCY_KIND_POLICE_SERVICE;
    people.Add(police, kind, "member", {a::ROLE_POLICE_MEMBER}, {investigates});
    people.Add(police, kind, "supervisor", {a::ROLE_POLICE_SUPERVISOR}, {investigates});
    people.Add(police, kind, "chief", {a::ROLE_POLICE_CHIEF}, {governs, investigates});
    people.Add(police, kind, "intel", {a::ROLE_POLICE_INTEL}, {a::PURPOSE_INTELLIGENCE, investigates});
    people.Add(police, kind, "privacy", {a::ROLE_PRIVACY_OFFICER}, {reviews});
  }
  const auto bureau = a::AGENCY_KIND_CRIMINAL_INTELLIGENCE;
  people.Add("ci-ciso", bureau, "analyst", {a::ROLE_CISO_ANALYST}, {a::PURPOSE_INTELLIGENCE});
  people.Add("ci-ciso", bureau, "director", {a::ROLE_CISO_DIRECTOR}, {a::PURPOSE_INTELLIGENCE, governs});
  people.Add("ci-ciso", bureau, "privacy", {a::ROLE_PRIVACY_OFFICER}, {reviews});
  people.Add("cr-york", a::AGENCY_KIND_CROWN, "counsel", {a::ROLE_CROWN_COUNSEL},
             {a::PURPOSE_PROSECUTION, governs});
  const auto office = a::AGENCY_KIND_COORDINATION_OFFICE;
  people.Add("co-pahtco", office, "staff", {a::ROLE_OFFICE_STAFF}, {governs});
  people.Add("co-pahtco", office, "director", {a::ROLE_OFFICE_DIRECTOR}, {governs, protects});
  people.Add("co-pahtco", office, "privacy", {a::ROLE_PRIVACY_OFFICER}, {reviews});
  people.Add("co-pahtco", office, "admin", {a::ROLE_PLATFORM_ADMIN}, {a::PURPOSE_ADMINISTRATION});
  people.Add("sv-training", a::AGENCY_KIND_PLATFORM_SERVICE, "relay", {a::ROLE_PLATFORM_SERVICE},
             {a::PURPOSE_TRAINING});
  return people.callers();
}

class InsidersOfProtocols : public ProtocolsFixture {
 protected:
  explicit InsidersOfProtocols(const std::string& dsn = "") : ProtocolsFixture(dsn) { oracle_.Start(Now()); }

  absl::Time Now() { return in_process_.clock().Now(); }

  testing::Insiders::Options Options(int steps) {
    testing::Insiders::Options options;
    options.steps = testing::StepsOr(steps);
    options.package = "accord.protocols.v1";
    // Methods of the log are tested with the host, some methods have no record of anybody, and streams are
    // watched at the end.
    options.elsewhere = {"accord.protocols.v1.RevisionService", "accord.protocols.v1.StatusService",
                         "accord.protocols.v1.ChangeService", "accord.protocols.v1.LawService",
                         "accord.protocols.v1.VocabularyService"};
    options.people = people_;
    options.plain_tables = {"select 'held ' || name || ' ' || agency from held"};
    options.about = {{"CreateReferral", "protocol"},
                     {"CreateJointInvestigation", "referral"},
                     {"CreateDispute", "referral"},
                     {"PlaceLegalHold", "referral"},
                     {"LiftLegalHold", "referral"},
                     {"RequestEmergencyAccess", "referral"},
                     {"CreateReferralFilter", "referral"},
                     {"ApproveEmergencyAccess", "emergency_access"},
                     {"CreateNote", "referral"},
                     {"CreateInspectorReferral", "protocol"},
                     {"CommentOnProtocol", "protocol"},
                     {"CreateAttachment", "referral"},
                     {"UploadAttachmentChunk", "attachment"},
                     {"DownloadAttachmentChunk", "attachment"},
                     {"LinkDuplicate", "referral"}};
    options.often = {"CreateReferral",
                     "AcknowledgeReferral",
                     "ScreenReferral",
                     "CreateJointInvestigation",
                     "JoinJointInvestigation",
                     "LeaveJointInvestigation",
                     "SignProtocol",
                     "OfferProtocolForSignature",
                     "RecordReferralVoluntaryAgreement",
                     "UploadAttachmentChunk",
                     "CommitAttachment",
                     "UndoReferralStep",
                     "ReopenReferral"};
    options.rare = {
        "WithdrawProtocol",       "UpdateProtocol",   "TerminateProtocol",    "RevokeReferral",
        "RejectReferral",         "CloseReferral",    "DeleteReferralFilter", "ConcludeJointInvestigation",
        "OpenLegislativeReviews", "DiscardAttachment"};
    options.shape = [this](const Caller& who, const testing::World& world, absl::Time now,
                           google::protobuf::Message* request) {
      Shape(who, world, now, &requests_, request);
    };
    options.sweep = [this] { SweepAll(); };
    options.leap = absl::Hours(24 * 800);
    return options;
  }

  // Whoever watches hears of what concerns them, and of nothing else.
  void WatchEverything(testing::Insiders* insiders) {
    const std::string marker = MarkTheEnd();
    int told = 0;
    for (const Caller& who : people_) {
      v1::WatchReferralsRequest request;
      request.set_after_sequence(1);
      const absl::Status status =
          in_process_.Stream<v1::ReferralEvent>(who, request, [&](const v1::ReferralEvent& event) {
            if (event.name().empty() || event.name() == marker) return event.name().empty();
            ++told;
            EXPECT_TRUE(insiders->Knows(who, event.name())) << who.agency << " hears of " << event.name();
            return true;
          });
      EXPECT_EQ(status.ok(), IsAmong(who, "duty")) << who.agency << "/" << who.actor << status;
      if (!status.ok()) {
        EXPECT_THAT(RuleOf(status), testing::NotForTheCaller()) << who.agency << "/" << who.actor;
      }
    }
    EXPECT_GT(told, 0);
  }
  // This stores a referral that everybody can read, after all others, and gives its name.
  std::string MarkTheEnd() {
    v1::Referral last;
    last.set_name("agencies/cas-york/referrals/zzzzzzzzzzzzzzzzzzzzzzzzzz");
    storage::Placement placement;
    placement.owner = "cas-york";
    for (const Caller& who : people_) placement.parties.push_back(who.agency);
    std::sort(placement.parties.begin(), placement.parties.end());
    placement.parties.erase(std::unique(placement.parties.begin(), placement.parties.end()),
                            placement.parties.end());
    const absl::Status stored = in_process_.database().Transact([&](storage::Transaction& tx) {
      storage::Resources referrals("referral", &in_process_.page_tokens());
      return referrals.Insert(tx, &last, {"test", "test", "marker-0000", Now()}, placement);
    });
    EXPECT_OK(stored);
    return last.name();
  }
  void TryEverything(int steps) {
    // They begin with York's protocol.
    InForce();
    testing::Insiders insiders(&in_process_, &oracle_, &requests_, &dice_, Options(steps));
    auto acts = testing::ActsOf(Lines());
    // The calendar does it at once when its day comes.
    acts.erase("ActivateProtocol");
    if (!testing::RunWhole(&insiders, acts, testing::StepsOr(steps))) return;
    auto told = testing::WatchAllChanges(&in_process_, &insiders, people_);
    EXPECT_GT(told["referral"], 0);
    EXPECT_GT(told["protocol"], 0);
    WatchEverything(&insiders);
  }

  testing::Dice dice_{testing::SeedOr(20261126)};
  const std::vector<Caller> people_ = Everybody();
  OracleOfProtocols oracle_;
  testing::RandomRequest requests_{
      &dice_,
      {"cas-york", "ps-york", "ps-durham", "cas-york", "ps-york", "ci-ciso", "cr-york", "co-pahtco"},
      {"worker", "learning", "supervisor", "director", "member", "chief", "privacy", "staff"},
      {"2026-09-01", "2026-11-01", "2026-11-20", "2026-11-23", "2026-12-20", "2027-03-01", "2027-06-01"}};
};

TEST_F(InsidersOfProtocols, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) { TryEverything(3000); }

class InsidersOfProtocolsOnPostgres : public InsidersOfProtocols {
 protected:
  InsidersOfProtocolsOnPostgres() : InsidersOfProtocols(testing::PostgresCluster::Shared().NewDatabase()) {}
};

TEST_F(InsidersOfProtocolsOnPostgres, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) {
  TryEverything(2500);
}

}  // namespace
}  // namespace accord::protocols
