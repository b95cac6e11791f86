#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/host/upkeep/sweeper.h"
#include "common/oprf/oprf.h"
#include "common/storage/backup/restored.h"
#include "common/testing/matchers.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "common/testing/service_fixture.h"
#include "services/intelligence/deconfliction/deconfliction_service.h"

namespace accord::intelligence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Must;
using ::testing::Not;
using testing::RefusedBy;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

v1::RuleSet Rules() {
  v1::RuleSet rules;
  rules.set_bureau("ci-ciso");
  rules.set_daily_evaluations(1000);
  rules.set_lodgement_days(90);
  return rules;
}

// What one side is told: of which lodgement of its own, whom to call, and whether it still stands.
using Told = std::tuple<std::string, std::string, std::string, bool>;
Told ToldBy(const v1::Conflict& conflict) {
  return {conflict.lodgement(), conflict.call_agency(), conflict.call(), conflict.open()};
}

class Deconfliction : public testing::ServiceTest, public ::testing::WithParamInterface<std::string> {
 protected:
  explicit Deconfliction(const std::string& backend = GetParam())
      : ServiceTest({DeconflictionMigration()},
                    backend == "postgres" ? testing::PostgresCluster::Shared().NewDatabase() : ""),
        service_(&in_process_.page_tokens(), &rules_),
        sweeper_(
            &in_process_.database(), &in_process_.clock(),
            {{DeconflictionService::kLodgement, std::bind_front(&DeconflictionService::PassTime, &service_)},
             {DeconflictionService::kEpoch, std::bind_front(&DeconflictionService::PassEpoch, &service_)}}) {
    service_.Register(&in_process_.handlers());
    EXPECT_OK(in_process_.Seal());
  }

  static Caller Police(const std::string& agency, const std::string& officer = "officer") {
    return {agency,  annotations::v1::AGENCY_KIND_POLICE_SERVICE, "ims",
            officer, {annotations::v1::ROLE_POLICE_INTEL},        annotations::v1::PURPOSE_INTELLIGENCE};
  }
  static Caller Bureau(Role role) {
    return {"ci-ciso", annotations::v1::AGENCY_KIND_CRIMINAL_INTELLIGENCE,
            "ims",     "b",
            {role},    annotations::v1::PURPOSE_INTELLIGENCE};
  }
  const Caller york_ = Police("ps-york"), peel_ = Police("ps-peel"), durham_ = Police("ps-durham");
  const Caller coordinator_ = Bureau(annotations::v1::ROLE_CISO_COORDINATOR);
  const Caller director_ = Bureau(annotations::v1::ROLE_CISO_DIRECTOR);

  // What an agency's own system does: blind, have evaluated, unblind.
  absl::StatusOr<std::pair<std::string, int64_t>> Evaluated(const Caller& caller, const std::string& target) {
    const oprf::Blinded blinded = oprf::Blind(target);
    v1::EvaluateTargetsRequest request;
    request.add_blinded_elements(blinded.element);
    ACCORD_ASSIGN_OR_RETURN(const auto evaluated, Call<v1::EvaluateTargetsResponse>(caller, request));
    ACCORD_ASSIGN_OR_RETURN(std::string element,
                            oprf::Unblind(blinded.blind, evaluated.evaluated_elements(0)));
    return std::pair(std::move(element), evaluated.epoch());
  }
  v1::CreateLodgementRequest Request(const Caller& caller, const std::string& element, int64_t epoch,
                                     const std::string& contact, int from_hours = 0, int until_hours = 24) {
    v1::CreateLodgementRequest request;
    request.set_parent("agencies/" + caller.agency);
    request.set_target(element);
    request.set_epoch(epoch);
    auto& lodgement = *request.mutable_lodgement();
    lodgement.set_contact(contact);
    *lodgement.mutable_from() = ToProto(in_process_.clock().Now() + absl::Hours(from_hours));
    *lodgement.mutable_until() = ToProto(in_process_.clock().Now() + absl::Hours(until_hours));
    return request;
  }
  absl::StatusOr<v1::LodgementResult> Lodged(const Caller& caller, const std::string& target,
                                             const std::string& contact, int from_hours = 0,
                                             int until_hours = 24) {
    ACCORD_ASSIGN_OR_RETURN(const auto evaluated, Evaluated(caller, target));
    return Call<v1::LodgementResult>(
        caller, Request(caller, evaluated.first, evaluated.second, contact, from_hours, until_hours));
  }
  absl::StatusOr<v1::Lodgement> Close(const Caller& caller, const v1::Lodgement& lodgement) {
    v1::CloseLodgementRequest request;
    request.set_name(lodgement.name());
    request.set_etag(lodgement.etag());
    return Call<v1::Lodgement>(caller, request);
  }
  std::vector<Told> Conflicts(const Caller& caller) {
    std::vector<Told> told;
    v1::ListConflictsRequest request;
    request.set_page_size(1000);
    do {
      const auto page = Must(Call<v1::ListConflictsResponse>(caller, request));
      for (const auto& conflict : page.conflicts()) told.push_back(ToldBy(conflict));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return told;
  }
  absl::StatusOr<v1::DeconflictionKey> Rotate() {
    return Call<v1::DeconflictionKey>(director_, v1::RotateDeconflictionKeyRequest());
  }
  void Sweep() { EXPECT_OK(sweeper_.Sweep()); }
  int64_t Count(const std::string& what) {
    const auto rows = in_process_.database().Read(
        [&](storage::Transaction& tx) { return tx.Query<int64_t>("select count(*) from " + what); });
    return std::get<0>(rows->at(0));
  }

  const v1::RuleSet rules_ = Rules();
  DeconflictionService service_;
  host::Sweeper sweeper_;
};

constexpr char kPhone[] = "phone:+14165550199";

TEST_P(Deconfliction, BothSidesLearnWhomToCallAndNobodyElseDoes) {
  const auto first = Lodged(york_, kPhone, "York duty desk");
  ASSERT_OK(first);
  EXPECT_THAT(first->conflicts(), IsEmpty());
  EXPECT_EQ(first->lodgement().officer(), "officer");
  const auto second = Lodged(peel_, kPhone, "Peel duty desk");
  ASSERT_OK(second);
  const Told yorks{first->lodgement().name(), "ps-peel", "Peel duty desk", true};
  const Told peels{second->lodgement().name(), "ps-york", "York duty desk", true};
  ASSERT_THAT(second->conflicts(), SizeIs(1));
  EXPECT_EQ(ToldBy(second->conflicts(0)), peels);
  EXPECT_THAT(Conflicts(york_), ElementsAre(yorks));
  EXPECT_THAT(Conflicts(peel_), ElementsAre(peels));
  EXPECT_THAT(Conflicts(durham_), IsEmpty());
  EXPECT_THAT(Conflicts(coordinator_), UnorderedElementsAre(yorks, peels));
  // But for its conflicts, the answer of a hit has the form of another's.
  v1::LodgementResult hit = *second;
  hit.clear_conflicts();
  EXPECT_EQ(hit.ByteSizeLong(), first->ByteSizeLong());
}

TEST_P(Deconfliction, ALodgementThatARestoreKeepsClosedHoldsUpNobodyElse) {
  const auto first = Lodged(york_, kPhone, "York duty desk");
  ASSERT_OK(first);
  const std::string name = first->lodgement().name();
  const absl::Time now = in_process_.clock().Now();
  const absl::Status closed = in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
    ACCORD_RETURN_IF_ERROR(storage::MarkRestored(tx, 0, now));
    return storage::CloseRecord(tx, DeconflictionService::kLodgement, name, "", now);
  });
  ASSERT_OK(closed);
  const auto second = Lodged(peel_, kPhone, "Peel duty desk");
  ASSERT_OK(second);
  EXPECT_THAT(second->conflicts(), IsEmpty());
  EXPECT_OK(Close(peel_, second->lodgement()));
}

TEST_P(Deconfliction, AnotherTargetOrAnotherWindowIsNoConflict) {
  ASSERT_OK(Lodged(york_, kPhone, "York", 10, 20));
  EXPECT_THAT(Lodged(peel_, "phone:+14165550198", "Peel", 10, 20)->conflicts(), IsEmpty());
  EXPECT_THAT(Lodged(peel_, kPhone, "Peel", 0, 10)->conflicts(), IsEmpty());
  EXPECT_THAT(Lodged(peel_, kPhone, "Peel", 20, 30)->conflicts(), IsEmpty());
  EXPECT_THAT(Lodged(peel_, kPhone, "Peel", 19, 30)->conflicts(), SizeIs(1));
  EXPECT_THAT(Conflicts(york_), SizeIs(1));
}

TEST_P(Deconfliction, TwoOfficersOfOneServiceCallEachOtherAndNobodyHimself) {
  ASSERT_OK(Lodged(york_, kPhone, "first"));
  EXPECT_THAT(Lodged(york_, kPhone, "again")->conflicts(), IsEmpty());
  EXPECT_THAT(Lodged(Police("ps-york", "colleague"), kPhone, "colleague")->conflicts(), SizeIs(2));
  EXPECT_THAT(Conflicts(york_), SizeIs(4));
}

TEST_P(Deconfliction, EndsWhenEitherCloses) {
  const auto first = Lodged(york_, kPhone, "York"), second = Lodged(peel_, kPhone, "Peel");
  EXPECT_THAT(Close(durham_, first->lodgement()), RefusedBy(rules::kNotFound));
  const auto closed = Close(york_, first->lodgement());
  ASSERT_OK(closed);
  EXPECT_FALSE(closed->open());
  EXPECT_THAT(Close(york_, *closed), RefusedBy(rules::kStateNotPermitted));
  EXPECT_FALSE(std::get<3>(Conflicts(york_).at(0)));
  EXPECT_FALSE(std::get<3>(Conflicts(peel_).at(0)));
  EXPECT_EQ(Count("lodged"), 1);
  // The other stands, and meets the next one alone.
  EXPECT_THAT(Lodged(durham_, kPhone, "Durham")->conflicts(), SizeIs(1));
}

TEST_P(Deconfliction, EndsWhenAWindowPasses) {
  ASSERT_OK(Lodged(york_, kPhone, "York", 0, 5));
  ASSERT_OK(Lodged(peel_, kPhone, "Peel", 0, 50));
  in_process_.clock().Advance(absl::Hours(5));
  // Passed is passed, swept or not.
  EXPECT_THAT(Lodged(durham_, kPhone, "Durham")->conflicts(), SizeIs(1));
  Sweep();
  EXPECT_EQ(Count("lodged"), 2);
  EXPECT_FALSE(std::get<3>(Conflicts(york_).at(0)));
  const auto listed = Must(Call<v1::ListLodgementsResponse>(york_, v1::ListLodgementsRequest()));
  ASSERT_THAT(listed.lodgements(), SizeIs(1));
  EXPECT_FALSE(listed.lodgements(0).open());
}

TEST_P(Deconfliction, AnElementOfOneAgencyMeansNothingFromAnother) {
  const auto yorks = Evaluated(york_, kPhone);
  ASSERT_OK(Lodged(york_, kPhone, "York"));
  const auto stolen = Call<v1::LodgementResult>(peel_, Request(peel_, yorks->first, yorks->second, "Peel"));
  ASSERT_OK(stolen);
  EXPECT_THAT(stolen->conflicts(), IsEmpty());
  EXPECT_NE(Must(Evaluated(peel_, kPhone)).first, yorks->first);
  // Nor does the hash that everybody can make.
  EXPECT_THAT(
      Must(Call<v1::LodgementResult>(peel_, Request(peel_, oprf::HashToGroup(kPhone), yorks->second, "Peel")))
          .conflicts(),
      IsEmpty());
}

TEST_P(Deconfliction, WhatIsNoElementOrNoWindowIsRefused) {
  v1::EvaluateTargetsRequest evaluate;
  evaluate.add_blinded_elements(oprf::HashToGroup("x"));
  evaluate.add_blinded_elements(std::string(33, '\0'));
  const auto refused = Call<v1::EvaluateTargetsResponse>(york_, evaluate);
  EXPECT_THAT(refused, RefusedBy(rules::kFieldInvalid));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("blinded_elements[1]"));
  EXPECT_EQ(Count("evaluation_count"), 0);
  const auto [element, epoch] = Must(Evaluated(york_, kPhone));
  const auto create = [&](const v1::CreateLodgementRequest& request) {
    return Rule(Call<v1::LodgementResult>(york_, request));
  };
  EXPECT_EQ(create(Request(york_, "phone", epoch, "York")), "FIELD_INVALID");
  EXPECT_EQ(create(Request(peel_, element, epoch, "York")), "NOT_FOUND");
  EXPECT_EQ(create(Request(york_, element, epoch + 1, "York")), "EPOCH_PASSED");
  EXPECT_EQ(create(Request(york_, element, epoch, "York", 5, 5)), "FIELD_INVALID");
  EXPECT_EQ(create(Request(york_, element, epoch, "York", -5, 0)), "FIELD_INVALID");
  EXPECT_EQ(create(Request(york_, element, epoch, "York", 0, 90 * 24 + 1)), "WINDOW_TOO_LONG");
  EXPECT_EQ(create(Request(york_, element, epoch, "York", -5, 90 * 24 - 5)), "");
  EXPECT_THAT(Call<v1::ListLodgementsResponse>(coordinator_, v1::ListLodgementsRequest()),
              RefusedBy(rules::kAgencyKindNotPermitted));
}

TEST_P(Deconfliction, GuessesOfADayAreCountedPerAgency) {
  v1::EvaluateTargetsRequest request;
  for (int i = 0; i < 50; ++i) request.add_blinded_elements(oprf::HashToGroup(absl::StrCat(i)));
  const auto evaluate = [&](const Caller& caller, const std::string& id) {
    request.set_request_id(id);
    return Call<v1::EvaluateTargetsResponse>(caller, request);
  };
  for (int i = 0; i < 20; ++i) ASSERT_OK(evaluate(york_, absl::StrCat("request-", i)));
  const auto refused = evaluate(york_, "request-20");
  EXPECT_THAT(refused, RefusedBy(rules::kEvaluationsExhausted));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(refused.status().GetPayload("type.googleapis.com/google.rpc.RetryInfo").has_value());
  // A repeated call is the same call; another officer is the same agency; another agency is not.
  EXPECT_OK(evaluate(york_, "request-19"));
  EXPECT_THAT(evaluate(Police("ps-york", "colleague"), "request-21"),
              RefusedBy(rules::kEvaluationsExhausted));
  EXPECT_OK(evaluate(peel_, "request-22"));
  in_process_.clock().Set(EndOfDay(OntarioDay(in_process_.clock().Now())) - absl::Microseconds(1));
  EXPECT_THAT(evaluate(york_, "request-23"), RefusedBy(rules::kEvaluationsExhausted));
  in_process_.clock().Advance(absl::Microseconds(1));
  EXPECT_OK(evaluate(york_, "request-24"));
  EXPECT_EQ(Count("evaluation_count where agency = 'ps-york'"), 1);
}

TEST_P(Deconfliction, ARotationMissesNothingAndForgetsTheOldKey) {
  const auto old = Evaluated(york_, kPhone);
  ASSERT_OK(Lodged(york_, kPhone, "York"));
  EXPECT_EQ(Rotate()->epoch(), 2);
  EXPECT_THAT(Rotate(), RefusedBy(rules::kRotationUnderWay));
  EXPECT_THAT(Call<v1::LodgementResult>(york_, Request(york_, old->first, old->second, "York")),
              RefusedBy(rules::kEpochPassed));
  EXPECT_NE(Must(Evaluated(york_, kPhone)).first, old->first);
  EXPECT_THAT(Lodged(peel_, kPhone, "before the old one is carried over")->conflicts(), SizeIs(1));
  Sweep();
  EXPECT_EQ(Count("deconfliction_epoch"), 1);
  EXPECT_EQ(Count("lodged where epoch = 2"), 2);
  EXPECT_EQ(Count("due where kind = 'deconfliction_epoch'"), 0);
  EXPECT_THAT(Lodged(durham_, kPhone, "after it")->conflicts(), SizeIs(2));
  EXPECT_EQ(Rotate()->epoch(), 3);
}

TEST_P(Deconfliction, ManyAtOnceMissNobody) {
  ASSERT_OK(Evaluated(york_, kPhone));
  constexpr int kAgencies = 6;
  std::vector<std::thread> threads;
  for (int i = 0; i < kAgencies; ++i) {
    threads.emplace_back([&, i] {
      const Caller caller = Police(absl::StrCat("ps-", i));
      // A busy database asks to come back: so does an agency's system.
      absl::Status last;
      for (int attempt = 0; attempt < 50; ++attempt) {
        last = Lodged(caller, kPhone, absl::StrCat("desk ", i)).status();
        if (!absl::IsUnavailable(last) && !absl::IsAborted(last)) break;
      }
      EXPECT_OK(last);
    });
  }
  // The key changes among them.
  EXPECT_OK(Rotate());
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < kAgencies; ++i) {
    std::set<std::string> called;
    for (const auto& [lodgement, agency, call, open] : Conflicts(Police(absl::StrCat("ps-", i)))) {
      EXPECT_TRUE(called.insert(agency).second);
      EXPECT_EQ(call, absl::StrCat("desk ", agency.substr(3)));
    }
    EXPECT_THAT(called, SizeIs(kAgencies - 1)) << i;
  }
}

TEST_P(Deconfliction, AtRestThereIsNoTargetNorWhatIsMadeOfIt) {
  const auto [element, epoch] = Must(Evaluated(york_, kPhone));
  ASSERT_OK(Call<v1::LodgementResult>(york_, Request(york_, element, epoch, "Detective Example")));
  ASSERT_OK(Lodged(peel_, kPhone, "Peel"));
  std::string everything, point;
  const auto dumped = in_process_.database().Read([&](storage::Transaction& tx) -> absl::Status {
    for (const char* columns :
         {"name || tag || point from lodged", "agency || day from evaluation_count",
          "salt from deconfliction_epoch", "name from resource", "body from resource", "body from revision",
          "request_id || request_hash || response from idempotency", "field || value from visible",
          "lodgement || conflict from lodgement_conflict", "kind || name || state from event"}) {
      ACCORD_ASSIGN_OR_RETURN(const auto rows, tx.Query<std::string>(absl::StrCat("select ", columns)));
      for (const auto& [text] : rows) absl::StrAppend(&everything, storage::WithoutKey(text), "\n");
    }
    ACCORD_ASSIGN_OR_RETURN(const auto live, LiveKeys(tx));
    ACCORD_ASSIGN_OR_RETURN(point, live.front().FromAgency("ps-york", element));
    return absl::OkStatus();
  });
  ASSERT_OK(dumped);
  ASSERT_THAT(everything, HasSubstr("agencies/ps-york/lodgements/"));
  for (const std::string& secret : {element, point, oprf::HashToGroup(kPhone), std::string(kPhone)}) {
    EXPECT_THAT(everything, Not(HasSubstr(Hex(secret))));
    EXPECT_THAT(everything, Not(HasSubstr(Base64(secret))));
    EXPECT_THAT(everything, Not(HasSubstr(secret)));
    EXPECT_THAT(everything, Not(HasSubstr(Hex(Sha256(secret)))));
  }
  EXPECT_THAT(everything, Not(HasSubstr("Detective Example")));
}

INSTANTIATE_TEST_SUITE_P(Databases, Deconfliction, ::testing::Values("sqlite", "postgres"),
                         [](const auto& param) { return param.param; });

// Every step against a few plain lines: who has a conflict with whom.
class DeconflictionModel : public Deconfliction {
 protected:
  DeconflictionModel() : Deconfliction("sqlite") {}

  struct Operation {
    v1::Lodgement lodgement;
    Caller caller;
    int target;
    absl::Time from, until;
    bool closed;
  };
  absl::Time now() { return in_process_.clock().Now(); }
  bool Open(const Operation& operation) { return !operation.closed && operation.until > now(); }

  int Pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  void LodgeOne() {
    const Caller caller = Police(absl::StrCat("ps-", Pick(4)), absl::StrCat("officer-", Pick(2)));
    const int target = Pick(16), from = Pick(30) - 5, until = std::max(from, 0) + 1 + Pick(40);
    const std::string contact = absl::StrCat("desk ", operations_.size());
    const auto result = Lodged(caller, absl::StrCat("target ", target), contact, from, until);
    ASSERT_OK(result);
    Operation mine{result->lodgement(),        caller, target, now() + absl::Hours(from),
                   now() + absl::Hours(until), false};
    std::vector<Told> expected, told;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const Operation& other = operations_[i];
      const bool same_person = other.caller.agency == caller.agency && other.caller.actor == caller.actor;
      if (!Open(other) || same_person || other.target != target || other.from >= mine.until ||
          mine.from >= other.until) {
        continue;
      }
      conflicts_.emplace_back(i, operations_.size());
      expected.emplace_back(mine.lodgement.name(), other.caller.agency, other.lodgement.contact(), true);
    }
    for (const auto& conflict : result->conflicts()) told.push_back(ToldBy(conflict));
    EXPECT_THAT(told, ::testing::UnorderedElementsAreArray(expected));
    operations_.push_back(mine);
  }

  void CloseOne() {
    if (operations_.empty()) return;
    Operation& operation = operations_[static_cast<std::size_t>(Pick(static_cast<int>(operations_.size())))];
    if (!Open(operation)) return;
    EXPECT_OK(Close(operation.caller, operation.lodgement));
    operation.closed = true;
  }

  // A few of what is under the old key, as a pass of the sweeper in the midst of its batch.
  void CarryAFew() {
    const int few = 1 + Pick(3);
    const absl::Status carried =
        in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
          ACCORD_ASSIGN_OR_RETURN(const auto live, LiveKeys(tx));
          return live.size() < 2 ? absl::OkStatus() : CarryOver(tx, live[1], live[0], few).status();
        });
    EXPECT_OK(carried);
  }

  void PassHours() {
    in_process_.clock().Advance(absl::Hours(1 + Pick(4)));
    for (auto& operation : operations_) {
      if (operation.closed || operation.until > now()) continue;
      operation.closed = true;
      const absl::Status passed = in_process_.database().Transact(
          [&](storage::Transaction& tx) { return service_.PassTime(tx, operation.lodgement.name(), now()); });
      EXPECT_OK(passed);
    }
  }

  void Compare() {
    std::map<std::string, std::vector<Told>> expected;
    for (const auto& [a, b] : conflicts_) {
      const bool open = Open(operations_[a]) && Open(operations_[b]);
      for (const auto& [mine, other] : {std::pair(a, b), std::pair(b, a)}) {
        expected[operations_[mine].caller.agency].emplace_back(operations_[mine].lodgement.name(),
                                                               operations_[other].caller.agency,
                                                               operations_[other].lodgement.contact(), open);
      }
    }
    std::vector<Told> all;
    for (int i = 0; i < 4; ++i) {
      const auto& of_one = expected[absl::StrCat("ps-", i)];
      all.insert(all.end(), of_one.begin(), of_one.end());
      auto told = Conflicts(Police(absl::StrCat("ps-", i)));
      EXPECT_EQ(std::multiset<Told>(told.begin(), told.end()),
                std::multiset<Told>(of_one.begin(), of_one.end()));
    }
    const auto told = Conflicts(coordinator_);
    EXPECT_EQ(std::multiset<Told>(told.begin(), told.end()), std::multiset<Told>(all.begin(), all.end()));
  }

  std::mt19937 random_;
  std::vector<Operation> operations_;
  // Each pair names two operations by their indices.
  std::vector<std::pair<std::size_t, std::size_t>> conflicts_;
};

TEST_F(DeconflictionModel, ConflictsAreThoseOfThePlainList) {
  const unsigned seed = testing::SeedOr(20261124);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  random_.seed(seed);
  int rotations = 0, midway = 0;
  for (int step = 0; step < 3000 && !HasFailure(); ++step) {
    SCOPED_TRACE(absl::StrCat("step ", step));
    const int action = Pick(20);
    if (action < 10) {
      midway += Count("deconfliction_epoch") > 1;
      LodgeOne();
    } else if (action < 13) {
      CloseOne();
    } else if (action < 15) {
      CarryAFew();
    } else if (action < 18) {
      PassHours();
    } else if (action == 18) {
      // Refused while the last one is under way.
      rotations += Rotate().ok();
    } else {
      Sweep();
    }
    if (step % 250 == 249) Compare();
  }
  Compare();
  EXPECT_GT(conflicts_.size(), 100u);
  EXPECT_GT(rotations, 20);
  EXPECT_GT(midway, 50);
}

}  // namespace
}  // namespace accord::intelligence
