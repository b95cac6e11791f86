// Crowns, police, victims' supporters and others of ten agencies try everything that this service can do:
// whatever has an effect, and whatever anybody learns, is held against what the field allows.
#include <cstdio>

#include "common/testing/change_watch.h"
#include "common/testing/people.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/prosecution/testing/field_oracle.h"
#include "services/prosecution/testing/fixture.h"
#include "services/prosecution/testing/insiders_shape.h"

namespace accord::prosecution {
namespace {

namespace a = annotations::v1;

// Each office has as many people as can be assigned, advise, or have a conflict beside one another.
std::vector<Caller> Everybody() {
  testing::People people("system");
  const auto crown = a::AGENCY_KIND_CROWN;
  for (const char* office : {"cr-york", "cr-ottawa"}) {
    for (const char* actor : {"counsel", "second", "third"}) {
      people.Add(office, crown, actor, {a::ROLE_CROWN_COUNSEL}, a::PURPOSE_PROSECUTION);
    }
    people.Add(office, crown, "clerk", {a::ROLE_CROWN_ADMIN}, a::PURPOSE_PROSECUTION);
  }
  // Somebody who coordinates an office is not the province's coordinator.
  people.Add("cr-ottawa", crown, "coordinator", {a::ROLE_CROWN_COORDINATOR}, a::PURPOSE_PROSECUTION);
  people.Add("cr-york", crown, "both", {a::ROLE_CROWN_COORDINATOR, a::ROLE_CROWN_ADMIN},
             a::PURPOSE_PROSECUTION);
  for (const char* actor : {"coordinator", "deputy", "relief"}) {
    people.Add("cr-phtpt", crown, actor, {a::ROLE_CROWN_COORDINATOR}, a::PURPOSE_PROSECUTION);
  }
  people.Add("cr-phtpt", crown, "specialist", {a::ROLE_CROWN_COUNSEL}, a::PURPOSE_PROSECUTION);
  people.Add("cr-phtpt", crown, "clerk", {a::ROLE_CROWN_ADMIN}, a::PURPOSE_PROSECUTION);
  for (const char* service : {"ps-york", "ps-ottawa"}) {
    const auto police = a::AGENCY_KIND_POLICE_SERVICE;
    people.Add(service, police, "member", {a::ROLE_POLICE_MEMBER}, a::PURPOSE_CRIMINAL_INVESTIGATION);
    people.Add(service, police, "chief", {a::ROLE_POLICE_CHIEF}, a::PURPOSE_CRIMINAL_INVESTIGATION);
    people.Add(service, police, "intel", {a::ROLE_POLICE_INTEL}, a::PURPOSE_INTELLIGENCE);
  }
  const auto support = a::AGENCY_KIND_VICTIM_SERVICES;
  people.Add("vs-york", support, "worker", {a::ROLE_VS_WORKER}, a::PURPOSE_VICTIM_SUPPORT);
  people.Add("vs-york", support, "witness", {a::ROLE_VWAP_WORKER}, a::PURPOSE_VICTIM_SUPPORT);
  people.Add("vs-ottawa", support, "manager", {a::ROLE_VS_MANAGER}, a::PURPOSE_VICTIM_SUPPORT);
  people.Add("sv-supports", a::AGENCY_KIND_PLATFORM_SERVICE, "relay", {a::ROLE_PLATFORM_SERVICE},
             a::PURPOSE_VICTIM_SUPPORT);
  people.Add("cas-york", a::AGENCY_KIND_CHILDREN_AID_SOCIETY, "worker", {a::ROLE_CAS_WORKER},
             a::PURPOSE_CHILD_PROTECTION);
  people.Add("ci-ciso", a::AGENCY_KIND_CRIMINAL_INTELLIGENCE, "analyst", {a::ROLE_CISO_ANALYST},
             a::PURPOSE_INTELLIGENCE);
  people.Add("co-pahtco", a::AGENCY_KIND_COORDINATION_OFFICE, "staff", {a::ROLE_OFFICE_STAFF},
             a::PURPOSE_PROTOCOL_GOVERNANCE);
  people.Add("co-pahtco", a::AGENCY_KIND_COORDINATION_OFFICE, "privacy", {a::ROLE_PRIVACY_OFFICER},
             a::PURPOSE_PRIVACY_REVIEW);
  return people.callers();
}

class InsidersOfProsecution : public ProsecutionFixture {
 protected:
  explicit InsidersOfProsecution(const std::string& dsn = "") : ProsecutionFixture(dsn) {
    oracle_.Start(in_process_.clock().Now());
  }

  testing::Insiders::Options Options(int steps) {
    testing::Insiders::Options options;
    options.steps = testing::StepsOr(steps);
    options.package = "accord.prosecution.v1";
    // Methods of the log are tested with the host, some methods have no record of anybody, and the stream is
    // watched at the end.
    options.elsewhere = {"accord.prosecution.v1.RevisionService", "accord.prosecution.v1.StatusService",
                         "accord.prosecution.v1.ChangeService", "accord.prosecution.v1.LawService",
                         "accord.prosecution.v1.VocabularyService"};
    options.people = people_;
    options.about = {{"AssignCrown", "case"},
                     {"RecordPublicationBan", "case"},
                     {"ReplaceCrown", "case"},
                     {"RecordTestimonialAid", "case"},
                     {"RecordRecordsApplication", "case"},
                     {"CreateAccused", "case"},
                     {"CreateLinkToken", "case"},
                     {"GetLinkedCase", "link_token"},
                     {"CreateCaseNote", "case"},
                     {"ListCaseNotes", "case"},
                     {"LinkCaseDuplicate", "case"},
                     {"ListCaseDuplicates", "case"}};
    options.under = {"CreateAccused"};
    options.often = {"AssignCrown",     "AdvanceAccused", "RecordAccusedDisposition", "RecordAccusedSentence",
                     "CreateLinkToken", "GetLinkedCase",  "RecordTestimonialAid",     "UndoAccusedStage"};
    options.rare = {"CreateCase", "DeclareCaseConflict", "RevokeLinkToken", "WithdrawLinkToken"};
    options.shape = [this](const Caller& who, const testing::World& world, absl::Time now,
                           google::protobuf::Message* request) {
      Shape(who, world, now, &requests_, request);
    };
    options.sweep = [this] {
      Sweep();
      CountAll();
    };
    options.leap = absl::Hours(24 * 500);
    return options;
  }
  // A link tells of one victim only, whoever opens it.
  void OpenByEverybody(const testing::World& world, const std::string& link) {
    v1::GetLinkedCaseRequest request;
    request.set_name(link);
    for (const Caller& who : people_) {
      const auto answer = Call<v1::GetLinkedCaseResponse>(who, request);
      if (!answer.ok()) continue;
      ++opened_;
      EXPECT_EQ(
          oracle_.OfAnswer({&who, "GetLinkedCase", &request}, *answer, world, in_process_.clock().Now()), "")
          << who.agency << "/" << who.actor << " " << answer->ShortDebugString();
    }
  }
  static std::vector<std::string> LinksOf(const testing::World& world) {
    std::vector<std::string> links;
    for (const auto& [name, record] : world) {
      if (As<v1::LinkToken>(record.get()) != nullptr) links.push_back(name);
    }
    return links;
  }
  // A link opens for a time only, so one is tried between the acts as well.
  void OpenOneLink(const testing::World& world) {
    const std::vector<std::string> links = LinksOf(world);
    if (!links.empty()) OpenByEverybody(world, links[opening_.Below(static_cast<int>(links.size()))]);
  }
  // Only the office hears how many there are. It does not hear of a few, and hears the same until a period
  // ends. It is asked again and again between the acts.
  void CountAll() {
    for (const Caller& who : people_) {
      const v1::CountProsecutionsRequest request;
      const auto answer = Call<v1::CountProsecutionsResponse>(who, request);
      EXPECT_EQ(answer.ok(), IsAmong(who, "office")) << who.agency << "/" << who.actor;
      if (!answer.ok()) {
        EXPECT_THAT(RuleOf(answer.status()), testing::NotForTheCaller()) << who.agency << "/" << who.actor;
        continue;
      }
      EXPECT_EQ(
          oracle_.OfAnswer({&who, "CountProsecutions", &request}, *answer, {}, in_process_.clock().Now()), "")
          << answer->ShortDebugString();
      EXPECT_TRUE(answer->has_as_of());
    }
  }
  void TryEverything(int steps) {
    testing::Insiders::Options options = Options(steps);
    const testing::Insiders* running = nullptr;
    options.sweep = [&running, this, sweep = options.sweep] {
      sweep();
      if (running != nullptr && opening_.Percent(25)) OpenOneLink(running->world());
    };
    testing::Insiders insiders(&in_process_, &oracle_, &requests_, &dice_, options);
    running = &insiders;
    auto acts = testing::ActsOf(Lines());
    acts.insert("GetLinkedCase");
    if (!testing::RunWhole(&insiders, acts, testing::StepsOr(steps))) return;
    for (const std::string& link : LinksOf(insiders.world())) OpenByEverybody(insiders.world(), link);
    EXPECT_GT(opened_, 0);
    auto told = testing::WatchAllChanges(&in_process_, &insiders, people_);
    EXPECT_GT(told["case"], 0);
    EXPECT_GT(told["accused"], 0);
    EXPECT_GT(told["link_token"], 0);
  }

  testing::Dice dice_{testing::SeedOr(20261126)};
  testing::Dice opening_{testing::SeedOr(20261126)};
  int opened_ = 0;
  const std::vector<Caller> people_ = Everybody();
  OracleOfProsecution oracle_;
  testing::RandomRequest requests_{
      &dice_,
      {"cr-york", "cr-ottawa", "cr-phtpt", "ps-york", "vs-york", "vs-ottawa", "cas-york", "ci-ciso",
       "co-pahtco"},
      {"counsel", "second", "third", "clerk", "specialist", "coordinator", "central-east", "ps-york"},
      {"2026-01-15", "2026-06-01", "2026-11-20", "2026-12-20", "2027-03-01"}};
};

TEST_F(InsidersOfProsecution, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) { TryEverything(3000); }

class InsidersOfProsecutionOnPostgres : public InsidersOfProsecution {
 protected:
  InsidersOfProsecutionOnPostgres()
      : InsidersOfProsecution(testing::PostgresCluster::Shared().NewDatabase()) {}
};

TEST_F(InsidersOfProsecutionOnPostgres, HaveNoEffectAndLearnNothingThatTheFieldDoesNotAllow) {
  TryEverything(3000);
}

}  // namespace
}  // namespace accord::prosecution
