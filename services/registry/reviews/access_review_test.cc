// These tests show who says which people stay, who signs it, and what the signature does.
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/testing/separation_walk.h"
#include "services/registry/placements.h"
#include "services/registry/testing/fixture.h"

namespace accord::registry {
namespace {

class AccessReviews : public Registry {
 protected:
  absl::StatusOr<v1::AccessReview> Create(const Caller& caller, const std::string& agency) {
    v1::CreateAccessReviewRequest request;
    request.set_parent("agencies/" + agency);
    return Call<v1::AccessReview>(caller, request);
  }
  absl::StatusOr<v1::AccessReview> Decide(const Caller& caller, const v1::AccessReview& review,
                                          const std::string& actor, v1::AccessDecision decision,
                                          const std::string& last_act = "") {
    v1::DecideAccessReviewRequest request;
    request.set_name(review.name());
    request.set_etag(review.etag());
    auto* each = request.add_decisions();
    each->set_actor(actor);
    each->set_decision(decision);
    each->set_last_act(last_act);
    return Call<v1::AccessReview>(caller, request);
  }
  absl::StatusOr<v1::AccessReview> Sign(const Caller& caller, const v1::AccessReview& review) {
    return Verb<v1::AccessReview, v1::SignAccessReviewRequest>(caller, review);
  }
  v1::AccessReview Read(const std::string& name) {
    v1::GetAccessReviewRequest request;
    request.set_name(name);
    return Must(Call<v1::AccessReview>(office_, request));
  }
  v1::ActorState StateOf(const std::string& actor) {
    v1::GetActorRequest request;
    request.set_name(actor);
    return Must(Call<v1::Actor>(office_, request)).state();
  }
  Caller Officer(const std::string& agency, AgencyKind kind, const std::string& id = "privacy") {
    return {agency, kind, "console", id, {ROLE_PRIVACY_OFFICER}, PURPOSE_PRIVACY_REVIEW};
  }
  static std::vector<std::string> PeopleOf(const v1::AccessReview& review) {
    std::vector<std::string> people;
    for (const auto& person : review.people()) {
      people.push_back(
          absl::StrCat(person.actor(), " ", ShortName(v1::AccessDecision_descriptor(), person.decision())));
    }
    return people;
  }

  const Caller officer_ = Officer("cas-york", AGENCY_KIND_CHILDREN_AID_SOCIETY);
};

TEST(ReviewQuarterOf, BeginsWithJanuaryAprilJulyAndOctober) {
  EXPECT_EQ(ReviewQuarterOf(absl::CivilDay(2026, 1, 1)), "2026-Q1");
  EXPECT_EQ(ReviewQuarterOf(absl::CivilDay(2026, 3, 31)), "2026-Q1");
  EXPECT_EQ(ReviewQuarterOf(absl::CivilDay(2026, 4, 1)), "2026-Q2");
  EXPECT_EQ(ReviewQuarterOf(absl::CivilDay(2026, 12, 31)), "2026-Q4");
}

TEST_F(AccessReviews, AreSignedByAPrivacyOfficerWhoDisablesWhomNobodyKeeps) {
  ASSERT_OK(CreateActor(society_, "cas-york", ROLE_CAS_WORKER, "away"));
  ASSERT_OK(CreateActor(society_, "cas-york", ROLE_CAS_WORKER, "here"));
  v1::AccessReview review = Must(Create(society_, "cas-york"));
  EXPECT_EQ(review.quarter(), ReviewQuarterOf(OntarioDay(in_process_.clock().Now())));
  EXPECT_THAT(PeopleOf(review), ::testing::ElementsAre("away unspecified", "here unspecified"));
  review = Must(Decide(society_, review, "here", v1::ACCESS_DECISION_KEEP, "2026-11-20"));
  review = Must(Decide(society_, review, "away", v1::ACCESS_DECISION_DISABLE));
  EXPECT_EQ(review.people(1).last_act(), "2026-11-20");
  EXPECT_EQ(review.people(1).decided_by(), "admin");
  EXPECT_EQ(StateOf("agencies/cas-york/actors/away"), v1::ACTOR_STATE_ACTIVE) << "nothing ends before it";
  in_process_.clock().Advance(absl::Seconds(1));
  review = Must(Sign(officer_, review));
  EXPECT_EQ(review.state(), v1::ACCESS_REVIEW_STATE_SIGNED);
  EXPECT_EQ(review.signed_by(), "privacy");
  EXPECT_EQ(FromProto(review.sign_time()), in_process_.clock().Now());
  EXPECT_EQ(StateOf("agencies/cas-york/actors/away"), v1::ACTOR_STATE_DISABLED);
  EXPECT_EQ(StateOf("agencies/cas-york/actors/here"), v1::ACTOR_STATE_ACTIVE);
  const auto told = Must(Call<v1::ListRoleGrantsResponse>(officer_, v1::ListRoleGrantsRequest()));
  ASSERT_EQ(told.role_grants_size(), 3);
  EXPECT_EQ(told.role_grants(2).actor(), "agencies/cas-york/actors/away");
  EXPECT_EQ(told.role_grants(2).by(), "privacy");
}

TEST_F(AccessReviews, AreNotSignedByTheWrongPerson) {
  ASSERT_OK(CreateActor(society_, "cas-york", ROLE_CAS_WORKER, "away"));
  v1::AccessReview review = Must(Create(society_, "cas-york"));
  review = Must(Decide(society_, review, "away", v1::ACCESS_DECISION_DISABLE));
  EXPECT_THAT(Sign(society_, review), RefusedBy(rules::kRoleNotPermitted));
  EXPECT_THAT(Sign(Officer("ps-york", AGENCY_KIND_POLICE_SERVICE), review), RefusedBy(rules::kNotFound));
  EXPECT_THAT(Sign(Officer("co-pahtco", AGENCY_KIND_COORDINATION_OFFICE), review),
              RefusedBy(rules::kNotTheOwner));
  // A person who decided as an administrator is a privacy officer since then.
  EXPECT_THAT(Sign(Officer("cas-york", AGENCY_KIND_CHILDREN_AID_SOCIETY, "admin"), review),
              RefusedBy(rules::kReviewSignedByDecider));
  EXPECT_EQ(StateOf("agencies/cas-york/actors/away"), v1::ACTOR_STATE_ACTIVE);
  EXPECT_EQ(Read(review.name()).etag(), review.etag());
}

TEST_F(AccessReviews, AreNotSignedBeforeEverybodyHasADecision) {
  ASSERT_OK(CreateActor(society_, "cas-york", ROLE_CAS_WORKER, "one"));
  ASSERT_OK(CreateActor(society_, "cas-york", ROLE_CAS_WORKER, "two"));
  v1::AccessReview review = Must(Create(society_, "cas-york"));
  EXPECT_THAT(Sign(officer_, review), RefusedBy(rules::kReviewUndecided));
  review = Must(Decide(society_, review, "one", v1::ACCESS_DECISION_DISABLE));
  EXPECT_THAT(Sign(officer_, review), RefusedBy(rules::kReviewUndecided));
  EXPECT_EQ(StateOf("agencies/cas-york/actors/one"), v1::ACTOR_STATE_ACTIVE);
}

TEST_F(AccessReviews, AreOutdatedByWhoCameOrWentOrHasOtherRoles) {
  const v1::Actor one = Must(CreateActor(society_, "cas-york", ROLE_CAS_WORKER, "one"));
  v1::AccessReview review = Must(Create(society_, "cas-york"));
  review = Must(Decide(society_, review, "one", v1::ACCESS_DECISION_KEEP));
  ASSERT_OK(CreateActor(society_, "cas-york", ROLE_CAS_WORKER, "two"));
  EXPECT_THAT(Sign(officer_, review), RefusedBy(rules::kReviewOutdated));
  review = Must(Decide(society_, review, "two", v1::ACCESS_DECISION_KEEP));
  v1::UpdateActorRequest update;
  *update.mutable_actor() = one;
  update.mutable_actor()->add_roles(ROLE_CAS_SUPERVISOR);
  update.mutable_update_mask()->add_paths("roles");
  const v1::Actor promoted = Must(Call<v1::Actor>(society_, update));
  EXPECT_THAT(Sign(officer_, review), RefusedBy(rules::kReviewOutdated));
  review = Must(Decide(society_, review, "two", v1::ACCESS_DECISION_KEEP));
  EXPECT_THAT(PeopleOf(review), ::testing::ElementsAre("one unspecified", "two keep"))
      << "who has other roles is decided on again";
  ASSERT_OK((Verb<v1::Actor, v1::DisableActorRequest>(society_, promoted)));
  EXPECT_THAT(Sign(officer_, review), RefusedBy(rules::kReviewOutdated));
  EXPECT_THAT(Decide(society_, review, "one", v1::ACCESS_DECISION_KEEP),
              RefusedBy(rules::kReviewPersonAbsent));
  review = Must(Decide(society_, review, "two", v1::ACCESS_DECISION_KEEP));
  EXPECT_OK(Sign(officer_, review));
}

TEST_F(AccessReviews, OfAQuarterAreOneAndOfTheNextAnother) {
  const v1::AccessReview first = Must(Create(society_, "cas-york"));
  EXPECT_THAT(Create(society_, "cas-york"), RefusedBy(rules::kAlreadyExists));
  in_process_.clock().Advance(absl::Hours(24 * 92));
  const v1::AccessReview next = Must(Create(office_, "cas-york"));
  EXPECT_NE(next.name(), first.name());
  const auto own = Must(Call<v1::ListAccessReviewsResponse>(officer_, v1::ListAccessReviewsRequest()));
  EXPECT_EQ(own.access_reviews_size(), 2);
  const auto others = Must(Call<v1::ListAccessReviewsResponse>(Officer("ps-york", AGENCY_KIND_POLICE_SERVICE),
                                                               v1::ListAccessReviewsRequest()));
  EXPECT_EQ(others.access_reviews_size(), 0);
}

TEST_F(AccessReviews, AreDecidedByNobodyAboutTheOwnLine) {
  ASSERT_OK(CreateActor(office_, "cas-york", ROLE_PLATFORM_ADMIN, "admin"));
  ASSERT_OK(CreateActor(office_, "cas-york", ROLE_PLATFORM_ADMIN, "deputy"));
  v1::AccessReview review = Must(Create(society_, "cas-york"));
  for (const auto decision : {v1::ACCESS_DECISION_KEEP, v1::ACCESS_DECISION_DISABLE}) {
    EXPECT_THAT(Decide(society_, review, "admin", decision), RefusedBy(rules::kOwnRecord));
  }
  EXPECT_EQ(Read(review.name()).etag(), review.etag());
  review = Must(Decide(society_, review, "deputy", v1::ACCESS_DECISION_KEEP));
  EXPECT_THAT(Sign(officer_, review), RefusedBy(rules::kReviewUndecided)) << "here somebody else decides";
  Caller deputy = society_;
  deputy.actor = "deputy";
  review = Must(Decide(deputy, review, "admin", v1::ACCESS_DECISION_KEEP));
  // Somebody who has the same id at the office is another person.
  review = Must(Decide(office_, review, "admin", v1::ACCESS_DECISION_KEEP));
  EXPECT_EQ(review.people(0).decided_by_agency(), "co-pahtco");
  EXPECT_OK(Sign(officer_, review));
}

TEST_F(AccessReviews, OfTheOfficesLastAdministratorAreDecidedByWhoSigns) {
  v1::AccessReview review = Must(Create(office_, "co-pahtco"));
  EXPECT_THAT(Decide(office_, review, "admin", v1::ACCESS_DECISION_KEEP), RefusedBy(rules::kOwnRecord));
  review = Must(Sign(Officer("co-pahtco", AGENCY_KIND_COORDINATION_OFFICE), review));
  EXPECT_THAT(PeopleOf(review), ::testing::ElementsAre("admin keep"));
  EXPECT_EQ(review.people(0).decided_by(), "privacy");
  EXPECT_EQ(StateOf("agencies/co-pahtco/actors/admin"), v1::ACTOR_STATE_ACTIVE);
}

TEST_F(AccessReviews, NeverDisableTheLastAdministratorOfTheOffice) {
  ASSERT_OK(CreateActor(office_, "co-pahtco", ROLE_PLATFORM_ADMIN, "deputy"));
  Caller deputy = office_;
  deputy.actor = "deputy";
  v1::AccessReview review = Must(Create(office_, "co-pahtco"));
  review = Must(Decide(deputy, review, "admin", v1::ACCESS_DECISION_DISABLE));
  review = Must(Decide(office_, review, "deputy", v1::ACCESS_DECISION_DISABLE));
  EXPECT_THAT(Sign(Officer("co-pahtco", AGENCY_KIND_COORDINATION_OFFICE), review),
              RefusedBy(rules::kLastAdministrator));
  EXPECT_EQ(StateOf("agencies/co-pahtco/actors/admin"), v1::ACTOR_STATE_ACTIVE);
  EXPECT_EQ(StateOf("agencies/co-pahtco/actors/deputy"), v1::ACTOR_STATE_ACTIVE);
  EXPECT_EQ(Read(review.name()).state(), v1::ACCESS_REVIEW_STATE_OPEN);
}

class RegistrySeparations : public AccessReviews {
 protected:
  testing::Attempt NewAttempt() {
    v1::AccessReview review;
    review.set_name(absl::StrCat("agencies/cas-york/accessReviews/s", ++records_));
    review.set_state(v1::ACCESS_REVIEW_STATE_OPEN);
    EXPECT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
      return store_.access_reviews.Insert(
          tx, &review, {"cas-york", "admin", review.name(), in_process_.clock().Now()}, PlacementOf(review));
    }));
    return {review.name(), officer_};
  }

  int records_ = 0;
};

TEST_F(RegistrySeparations, AreOfTwoPeople) {
  EXPECT_EQ(testing::WalkSeparations(&in_process_, "accord.registry.v1",
                                     [this](const std::string&) { return NewAttempt(); }),
            1);
}

}  // namespace
}  // namespace accord::registry
