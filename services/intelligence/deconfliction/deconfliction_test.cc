#include <algorithm>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "common/oprf/oprf.h"
#include "services/intelligence/testing/deconfliction_fixture.h"

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
  // Except for its conflicts, the answer to a hit has the form of any other answer.
  v1::LodgementResult hit = *second;
  hit.clear_conflicts();
  EXPECT_EQ(hit.ByteSizeLong(), first->ByteSizeLong());
}

TEST_P(Deconfliction, ALodgementThatARestoreKeepsClosedHoldsUpNobodyElse) {
  const auto first = Lodged(york_, kPhone, "York duty desk");
  ASSERT_OK(first);
  ASSERT_OK(KeepClosed(first->lodgement().name()));
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
  EXPECT_THAT(Lodged(peel_, kPhone, "Peel", 19, 20)->conflicts(), SizeIs(1));
  EXPECT_THAT(Conflicts(york_), SizeIs(1));
}

TEST_P(Deconfliction, TwoOfficersOfOneServiceCallEachOtherAndNobodyHimself) {
  ASSERT_OK(Lodged(york_, kPhone, "first", 0, 10));
  EXPECT_THAT(Lodged(york_, kPhone, "after it", 10, 20)->conflicts(), IsEmpty());
  EXPECT_THAT(Lodged(Police("ps-york", "colleague"), kPhone, "colleague")->conflicts(), SizeIs(2));
  EXPECT_THAT(Conflicts(york_), SizeIs(4));
}

TEST_P(Deconfliction, AnOfficerLodgesATargetOnceForATime) {
  const auto first = Lodged(york_, kPhone, "York", 5, 10);
  ASSERT_OK(first);
  ASSERT_OK(Lodged(peel_, kPhone, "Peel", 0, 30));
  const auto again = Lodged(york_, kPhone, "York", 9, 20);
  EXPECT_THAT(again, RefusedBy(rules::kAlreadyLodged));
  EXPECT_THAT(std::string(again.status().message()), HasSubstr(first->lodgement().name()));
  EXPECT_EQ(Count("lodged"), 2);
  EXPECT_THAT(Conflicts(peel_), SizeIs(1));
  // The first is found under the older key too.
  EXPECT_OK(Rotate());
  EXPECT_THAT(Lodged(york_, kPhone, "York", 9, 20), RefusedBy(rules::kAlreadyLodged));
  // Any time outside of the window is lodged by itself, and all of it once the lodgement is closed. The other
  // side hears of each.
  EXPECT_THAT(Lodged(york_, kPhone, "York", 10, 20)->conflicts(), SizeIs(1));
  ASSERT_OK(Close(york_, first->lodgement()));
  EXPECT_THAT(Lodged(york_, kPhone, "York", 0, 10)->conflicts(), SizeIs(1));
  EXPECT_THAT(Conflicts(peel_), SizeIs(3));
}

TEST_P(Deconfliction, AnAgencyHasSoManyOpenLodgementsOfATargetAndNoMatchOfThemIsLeftOut) {
  constexpr int kMost = DeconflictionService::kOpenOfTarget;
  const auto officer = [](int i) { return Police("ps-york", absl::StrCat("officer-", i)); };
  v1::Lodgement first;
  for (int i = 0; i < kMost; ++i) {
    const auto lodged = Lodged(officer(i), kPhone, absl::StrCat("desk ", i));
    ASSERT_OK(lodged);
    EXPECT_THAT(lodged->conflicts(), SizeIs(i));
    if (i == 0) first = lodged->lodgement();
  }
  const auto refused = Lodged(officer(kMost), kPhone, "one more");
  EXPECT_THAT(refused, RefusedBy(rules::kLodgementsOfTarget));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("agencies/ps-york/lodgements/"));
  // A window that meets none of them counts too, because another's window may meet them all.
  EXPECT_THAT(Lodged(officer(0), kPhone, "another day", 48, 72), RefusedBy(rules::kLodgementsOfTarget));
  EXPECT_OK(Lodged(officer(kMost), "phone:+14165550198", "another target"));
  EXPECT_THAT(Lodged(peel_, kPhone, "Peel")->conflicts(), SizeIs(kMost));
  ASSERT_OK(Close(officer(0), first));
  EXPECT_THAT(Lodged(officer(kMost), kPhone, "one more")->conflicts(), SizeIs(kMost));
}

TEST_P(Deconfliction, AnOwnLodgementThatARestoreKeepsClosedHoldsUpNoneOfTheSameTime) {
  const auto first = Lodged(york_, kPhone, "York");
  ASSERT_OK(first);
  ASSERT_OK(KeepClosed(first->lodgement().name()));
  EXPECT_OK(Lodged(york_, kPhone, "York"));
}

TEST_P(Deconfliction, EndsWhenEitherCloses) {
  const auto first = Lodged(york_, kPhone, "York"), second = Lodged(peel_, kPhone, "Peel");
  EXPECT_THAT(Close(durham_, first->lodgement()), RefusedBy(rules::kNotFound));
  const auto closed = Close(york_, first->lodgement());
  ASSERT_OK(closed);
  EXPECT_FALSE(closed->open());
  EXPECT_THAT(Close(york_, *closed), RefusedBy(rules::kAlreadyRecorded));
  EXPECT_FALSE(std::get<3>(Conflicts(york_).at(0)));
  EXPECT_FALSE(std::get<3>(Conflicts(peel_).at(0)));
  EXPECT_EQ(Count("lodged"), 1);
  // The other lodgement stands, and meets the next one alone.
  EXPECT_THAT(Lodged(durham_, kPhone, "Durham")->conflicts(), SizeIs(1));
}

TEST_P(Deconfliction, EachSideAcknowledgesItsOwnConflictAndTheOtherIsNotTold) {
  ASSERT_OK(Lodged(york_, kPhone, "York"));
  const auto peels = Lodged(peel_, kPhone, "Peel");
  ASSERT_OK(peels);
  ASSERT_THAT(peels->conflicts(), SizeIs(1));
  const v1::Conflict& conflict = peels->conflicts(0);
  const auto listed = [&](const Caller& caller) {
    return Must(Call<v1::ListConflictsResponse>(caller, v1::ListConflictsRequest()));
  };
  const std::string before = listed(york_).conflicts(0).SerializeAsString();
  EXPECT_THAT(Acknowledge(york_, conflict), RefusedBy(rules::kNotFound)) << "it is the other side's";
  EXPECT_THAT(Acknowledge(durham_, conflict), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Acknowledge(coordinator_, conflict), RefusedBy(rules::kAgencyKindNotPermitted));
  const auto acknowledged = Acknowledge(peel_, conflict);
  ASSERT_OK(acknowledged);
  EXPECT_EQ(acknowledged->acknowledged_by(), peel_.actor);
  EXPECT_EQ(FromProto(acknowledged->acknowledge_time()), in_process_.clock().Now());
  EXPECT_TRUE(acknowledged->open());
  EXPECT_THAT(Acknowledge(Police("ps-peel", "colleague"), *acknowledged), RefusedBy(rules::kAlreadyRecorded));
  EXPECT_EQ(listed(york_).conflicts(0).SerializeAsString(), before);
  ASSERT_THAT(listed(peel_).conflicts(), SizeIs(1));
  EXPECT_EQ(listed(peel_).conflicts(0).SerializeAsString(), acknowledged->SerializeAsString());
  // That the conflict is over changes nothing of what was said, and a conflict that is over can be read late.
  ASSERT_OK(Close(peel_, peels->lodgement()));
  EXPECT_FALSE(listed(peel_).conflicts(0).open());
  EXPECT_EQ(listed(peel_).conflicts(0).acknowledged_by(), peel_.actor);
  EXPECT_OK(Acknowledge(york_, listed(york_).conflicts(0)));
}

TEST_P(Deconfliction, ALodgementThatStandsDoesNotCarryConflictsThatHaveEnded) {
  ASSERT_OK(Lodged(york_, kPhone, "York"));
  ASSERT_OK(Lodged(durham_, kPhone, "Durham"));
  // Each of two conflicts is noted for both sides.
  ASSERT_EQ(Count("lodgement_conflict"), 4);
  for (int i = 0; i < 3; ++i) {
    const auto lodged = Lodged(peel_, kPhone, "Peel");
    ASSERT_OK(lodged);
    EXPECT_EQ(Count("lodgement_conflict"), 12);
    ASSERT_OK(Close(peel_, lodged->lodgement()));
    EXPECT_EQ(Count("lodgement_conflict"), 4);
  }
  // All of them were told.
  EXPECT_THAT(Conflicts(york_), SizeIs(4));
}

TEST_P(Deconfliction, EndsWhenAWindowPasses) {
  ASSERT_OK(Lodged(york_, kPhone, "York", 0, 5));
  ASSERT_OK(Lodged(peel_, kPhone, "Peel", 0, 50));
  in_process_.clock().Advance(absl::Hours(5));
  // A window that has passed matches nothing, swept or not.
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
  // The hash that everybody can make does not match either.
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
  // A repeated call is the same call, another officer is of the same agency, and another agency has its
  // own count.
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
      // A busy database asks the caller to come back, and an agency's system does so.
      absl::Status last;
      for (int attempt = 0; attempt < 50; ++attempt) {
        last = Lodged(caller, kPhone, absl::StrCat("desk ", i)).status();
        if (!absl::IsUnavailable(last) && !absl::IsAborted(last)) break;
      }
      EXPECT_OK(last);
    });
  }
  // The key changes in the midst of them.
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

}  // namespace
}  // namespace accord::intelligence
