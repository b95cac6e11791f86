#include "services/registry/reviews/access_review_service.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/rules.h"
#include "services/registry/administration.h"
#include "services/registry/caller_view.h"
#include "services/registry/lifecycles.h"
#include "services/registry/placements.h"
#include "services/registry/resource_names.h"

namespace accord::registry {
namespace {

constexpr int kMonthsOfAQuarter = 3;

// This gives `q4-2026` for `2026-Q4`, since an id begins with a letter.
std::string ReviewIdOf(const std::string& quarter) {
  const auto dash = quarter.find('-');
  return absl::StrCat(absl::AsciiStrToLower(quarter.substr(dash + 1)), "-", quarter.substr(0, dash));
}

bool SameRoles(const v1::ReviewedPerson& person, const v1::Actor& actor) {
  return std::equal(person.roles().begin(), person.roles().end(), actor.roles().begin(), actor.roles().end());
}

v1::ReviewedPerson* FindPerson(std::string_view actor, v1::AccessReview* review) {
  for (v1::ReviewedPerson& person : *review->mutable_people()) {
    if (person.actor() == actor) return &person;
  }
  return nullptr;
}

}  // namespace

std::string ReviewQuarterOf(absl::CivilDay day) {
  return absl::StrCat(day.year(), "-Q", (day.month() - 1) / kMonthsOfAQuarter + 1);
}

void AccessReviewService::Register(host::Handlers* handlers) {
  using S = AccessReviewService;
  handlers->Bind("accord.registry.v1.AccessReviewService", this, &S::Create, &S::Get, &S::List, &S::Decide,
                 &S::Sign);
}

absl::StatusOr<std::vector<v1::Actor>> AccessReviewService::ActivePeople(Tx& tx, const std::string& agency) {
  const storage::ListQuery query{agency, {}, 1000, "", absl::StrCat("agencies/", agency, "/actors/")};
  ACCORD_ASSIGN_OR_RETURN(std::vector<v1::Actor> people, store_->actors.ListEvery<v1::Actor>(tx, query));
  std::erase_if(people, [](const v1::Actor& actor) { return actor.state() != v1::ACTOR_STATE_ACTIVE; });
  return people;
}

absl::Status AccessReviewService::RefreshPeople(Tx& tx, v1::AccessReview* review) {
  ACCORD_ASSIGN_OR_RETURN(const auto people, ActivePeople(tx, PartOf(review->name(), 1)));
  std::map<std::string, v1::ReviewedPerson> before;
  for (const v1::ReviewedPerson& person : review->people()) before[person.actor()] = person;
  review->clear_people();
  for (const v1::Actor& actor : people) {
    v1::ReviewedPerson* person = review->add_people();
    const std::string id = PartOf(actor.name(), 3);
    const auto known = before.find(id);
    if (known != before.end() && SameRoles(known->second, actor)) {
      *person = known->second;
      continue;
    }
    person->set_actor(id);
    *person->mutable_roles() = actor.roles();
  }
  return absl::OkStatus();
}

AccessReviewService::Result AccessReviewService::Create(host::Call& call, Tx& tx, const Write& write,
                                                        const v1::CreateAccessReviewRequest& request) {
  const std::string id = PartOf(request.parent(), 1);
  ACCORD_RETURN_IF_ERROR(CheckAdministers(call.caller(), id));
  v1::Agency agency;
  ACCORD_RETURN_IF_ERROR(store_->agencies.GetAny(tx, "agencies/" + id, &agency));
  v1::AccessReview review;
  review.set_quarter(ReviewQuarterOf(OntarioDay(call.now())));
  review.set_name(absl::StrCat(agency.name(), "/accessReviews/", ReviewIdOf(review.quarter())));
  review.set_state(v1::ACCESS_REVIEW_STATE_OPEN);
  ACCORD_RETURN_IF_ERROR(RefreshPeople(tx, &review));
  ACCORD_RETURN_IF_ERROR(store_->access_reviews.Insert(tx, &review, write, PlacementOf(review)));
  return review;
}

AccessReviewService::Result AccessReviewService::Get(host::Call& call, Tx& tx,
                                                     const v1::GetAccessReviewRequest& request) {
  v1::AccessReview review;
  ACCORD_RETURN_IF_ERROR(store_->access_reviews.Get(tx, request.name(), ViewerOf(call.caller()), &review));
  return review;
}

absl::StatusOr<v1::ListAccessReviewsResponse> AccessReviewService::List(
    host::Call& call, Tx& tx, const v1::ListAccessReviewsRequest& request) {
  const storage::ListQuery query{ViewerOf(call.caller()), {}, request.page_size(), request.page_token(), ""};
  return store_->access_reviews.ListInto(tx, query, &v1::ListAccessReviewsResponse::mutable_access_reviews);
}

AccessReviewService::Result AccessReviewService::Moved(host::Call& call, Tx& tx, const std::string& name,
                                                       const std::string& event) {
  v1::AccessReview review;
  ACCORD_RETURN_IF_ERROR(store_->access_reviews.Get(tx, name, ViewerOf(call.caller()), &review));
  ACCORD_ASSIGN_OR_RETURN(const int next, AccessReviewLifecycle().Next(review.state(), event));
  review.set_state(static_cast<v1::AccessReviewState>(next));
  return review;
}

AccessReviewService::Result AccessReviewService::Decide(host::Call& call, Tx& tx, const Write& write,
                                                        const v1::DecideAccessReviewRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::AccessReview review, Moved(call, tx, request.name(), "decide"));
  ACCORD_RETURN_IF_ERROR(RefreshPeople(tx, &review));
  for (const v1::PersonDecision& decision : request.decisions()) {
    v1::ReviewedPerson* person = FindPerson(decision.actor(), &review);
    if (person == nullptr) {
      return Refuse(rules::kReviewPersonAbsent, "Read the review again and decide on people whom it lists.");
    }
    if (PartOf(review.name(), 1) == write.agency && decision.actor() == write.actor) {
      return Refuse(rules::kOwnRecord,
                    "Another administrator, or the coordination office, decides about you.");
    }
    person->set_decision(decision.decision());
    person->set_last_act(decision.last_act());
    person->set_decided_by_agency(write.agency);
    person->set_decided_by(write.actor);
  }
  ACCORD_RETURN_IF_ERROR(
      store_->access_reviews.Update(tx, &review, request.etag(), write, PlacementOf(review)));
  return review;
}

absl::Status AccessReviewService::KeepLastAdministrator(Tx& tx, const Write& write,
                                                        v1::AccessReview* review) {
  for (v1::ReviewedPerson& person : *review->mutable_people()) {
    if (person.decision() != v1::ACCESS_DECISION_UNSPECIFIED) continue;
    v1::Actor actor;
    ACCORD_RETURN_IF_ERROR(store_->actors.GetAny(
        tx, absl::StrCat("agencies/", PartOf(review->name(), 1), "/actors/", person.actor()), &actor));
    const absl::Status replaceable = CheckNotLastAdministrator(tx, store_, actor);
    if (replaceable.ok()) continue;
    if (RuleOf(replaceable) != rules::kLastAdministrator.reason) return replaceable;
    person.set_decision(v1::ACCESS_DECISION_KEEP);
    person.set_decided_by_agency(write.agency);
    person.set_decided_by(write.actor);
  }
  return absl::OkStatus();
}

absl::Status AccessReviewService::CheckComplete(Tx& tx, const v1::AccessReview& review) {
  ACCORD_ASSIGN_OR_RETURN(const auto people, ActivePeople(tx, PartOf(review.name(), 1)));
  const bool same = std::equal(people.begin(), people.end(), review.people().begin(), review.people().end(),
                               [](const v1::Actor& actor, const v1::ReviewedPerson& person) {
                                 return PartOf(actor.name(), 3) == person.actor() && SameRoles(person, actor);
                               });
  if (!same) {
    return Refuse(rules::kReviewOutdated,
                  "People or their roles have changed since: an administrator decides again.");
  }
  for (const v1::ReviewedPerson& person : review.people()) {
    if (person.decision() == v1::ACCESS_DECISION_UNSPECIFIED) {
      return Refuse(rules::kReviewUndecided, "An administrator decides on each person before you sign.");
    }
  }
  return absl::OkStatus();
}

AccessReviewService::Result AccessReviewService::Sign(host::Call& call, Tx& tx, const Write& write,
                                                      const v1::SignAccessReviewRequest& request) {
  ACCORD_ASSIGN_OR_RETURN(v1::AccessReview review, Moved(call, tx, request.name(), "sign"));
  ACCORD_RETURN_IF_ERROR(KeepLastAdministrator(tx, write, &review));
  ACCORD_RETURN_IF_ERROR(CheckComplete(tx, review));
  review.set_signed_by(write.actor);
  *review.mutable_sign_time() = ToProto(write.now);
  ACCORD_RETURN_IF_ERROR(
      store_->access_reviews.Update(tx, &review, request.etag(), write, PlacementOf(review)));
  for (const v1::ReviewedPerson& person : review.people()) {
    if (person.decision() != v1::ACCESS_DECISION_DISABLE) continue;
    v1::Actor actor;
    ACCORD_RETURN_IF_ERROR(store_->actors.GetAny(
        tx, absl::StrCat("agencies/", PartOf(review.name(), 1), "/actors/", person.actor()), &actor));
    const std::string etag = actor.etag();
    ACCORD_RETURN_IF_ERROR(DisablePerson(tx, store_, write, etag, &actor));
  }
  return review;
}

}  // namespace accord::registry
