#include "services/training/completions/completion_service.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/access/names.h"
#include "common/aggregates/suppress.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/storage/records/resources.h"
#include "services/training/completions/completion_counts.h"
#include "services/training/completions/completion_store.h"
#include "services/training/learner_access.h"
#include "services/training/record_names.h"

namespace accord::training {
namespace {

// This gives the position that a page token seals. None of the joined parts contains a line feed.
std::string CompletionPagePosition(const CompletionRow& row) {
  return absl::StrJoin({row.owner, row.course, row.learner_agency, row.learner, row.completed_on}, "\n");
}

}  // namespace

void CompletionService::Register(host::Handlers* handlers) {
  using S = CompletionService;
  handlers->Bind("accord.training.v1.CompletionService", this, &S::Create, &S::Append, &S::Finish, &S::Get,
                 &S::List, &S::ListErrors, &S::ListCompletions, &S::Count);
}

absl::StatusOr<v1::ListCompletionsResponse> CompletionService::ListCompletions(
    host::Call& call, Tx& tx, const v1::ListCompletionsRequest& request) {
  const Caller& caller = call.caller();
  CompletionQuery query;
  ACCORD_ASSIGN_OR_RETURN(query.limit, storage::PageSize(request.page_size()));
  if (IsLearnerStaff(caller, Staff::kRegistrars)) {
    query.owner = caller.agency;
  } else {
    query.learner_agency = caller.agency;
    if (!IsLeadOfLearners(caller)) query.learner = caller.actor;
  }
  if (!request.course().empty()) {
    const std::string owner = OwnerOf(request.course());
    // Registrars see completions of their own agency's courses only, and none of another agency's course.
    if (!query.owner.empty() && query.owner != owner) return v1::ListCompletionsResponse();
    query.owner = owner;
    query.course = IdOf(request.course());
  }
  const std::string scope = absl::StrCat("completions/", query.owner, "/", query.course, "/",
                                         query.learner_agency, "/", query.learner);
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string position, tokens_->Open(scope, request.page_token()));
    const std::vector<std::string> parts = absl::StrSplit(position, '\n');
    query.after = CompletionRow{parts.at(0), parts.at(1), parts.at(2), parts.at(3), parts.at(4), 0};
  }
  ACCORD_ASSIGN_OR_RETURN(const auto rows, ReadCompletions(tx, query));
  v1::ListCompletionsResponse response;
  for (const auto& row : rows) {
    auto* completion = response.add_completions();
    completion->set_course(absl::StrCat("agencies/", row.owner, "/courses/", row.course));
    // A completion has no name of its own, so the owner of its course is told who read it.
    call.Disclose(completion->course());
    completion->set_learner_agency(row.learner_agency);
    completion->set_learner(row.learner);
    completion->set_completed_on(row.completed_on);
  }
  if (static_cast<int>(rows.size()) == query.limit) {
    response.set_next_page_token(tokens_->Seal(scope, CompletionPagePosition(rows.back())));
  }
  return response;
}

absl::StatusOr<Tallies> CompletionService::CountAll(Tx& tx) {
  ACCORD_ASSIGN_OR_RETURN(const auto tallies, CountCompletions(tx, ""));
  return LabelsOfCompletionTallies(tallies);
}

absl::StatusOr<v1::CountTrainingResponse> CompletionService::Count(host::Call& call, Tx& tx,
                                                                   const v1::CountTrainingRequest&) {
  const bool office = call.caller().kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  v1::CountTrainingResponse response;
  std::vector<CompletionTally> tallies;
  if (office) {
    ACCORD_ASSIGN_OR_RETURN(const OfficeCounts counted, ReadOfficeCounts(tx));
    if (counted.at) *response.mutable_as_of() = ToProto(*counted.at);
    tallies = CompletionTalliesOf(counted.tallies);
  } else {
    ACCORD_ASSIGN_OR_RETURN(tallies, CountCompletions(tx, call.caller().agency));
  }
  for (auto begin = tallies.begin(); begin != tallies.end();) {
    const auto end = std::find_if(begin, tallies.end(), [&](const CompletionTally& tally) {
      return tally.owner != begin->owner || tally.course != begin->course;
    });
    std::vector<int64_t> cells;
    for (auto each = begin; each != end; ++each) cells.push_back(each->count);
    const auto shown = Suppress(cells, rules_->small_cell());
    for (std::size_t i = 0; i < cells.size(); ++i, ++begin) {
      auto* count = response.add_counts();
      count->set_course(absl::StrCat("agencies/", begin->owner, "/courses/", begin->course));
      count->set_agency(begin->agency);
      if (shown[i]) count->set_count(*shown[i]);
      count->set_suppressed(!shown[i]);
    }
  }
  const storage::ListQuery query{office ? kOffice : call.caller().agency, {}, 1000, "", ""};
  ACCORD_ASSIGN_OR_RETURN(const auto attested, attestations_.ListEvery<v1::Attestation>(tx, query));
  for (const auto& attestation : attested) {
    auto* count = response.add_counts();
    count->set_course(attestation.course());
    count->set_attested(attestation.statement());
  }
  return response;
}

}  // namespace accord::training
