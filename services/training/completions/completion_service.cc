#include "services/training/completions/completion_service.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/aggregates/suppress.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/storage/records/resources.h"
#include "services/training/completions/completion_counts.h"
#include "services/training/completions/completion_store.h"
#include "services/training/completions/import_store.h"
#include "services/training/completions/roster.h"
#include "services/training/lifecycles.h"
#include "services/training/parties.h"

namespace accord::training {
namespace {

using v1::Import;

storage::Placement PlacementOf(const Import& import) {
  return {OwnerOf(import.name()), "", {OwnerOf(import.name())}, {}};
}

// The line feed that a page token's parts are joined by is in none of them.
std::string Position(const CompletionRow& row) {
  return absl::StrJoin({row.owner, row.course, row.learner_agency, row.learner, row.completed_on}, "\n");
}

}  // namespace

void CompletionService::Register(host::Handlers* handlers) {
  using S = CompletionService;
  handlers->Bind("accord.training.v1.CompletionService", this, &S::Create, &S::Append, &S::Finish, &S::Get,
                 &S::List, &S::ListErrors, &S::ListCompletions, &S::Count);
}

CompletionService::Result CompletionService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::CreateImportRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckOwnParent(call.caller(), request.parent()));
  Import import = request.import();
  if (import.size() < 1 || import.sha256().size() != 64) {
    return RefuseFields({{"import", "size is the file's bytes, sha256 its digest in hex"}});
  }
  import.set_name(absl::StrCat(request.parent(), "/imports/", NewId(call.now())));
  import.set_state(v1::IMPORT_STATE_OPEN);
  ACCORD_RETURN_IF_ERROR(OpenBatch(tx, call.caller().agency, import.name()));
  ACCORD_RETURN_IF_ERROR(imports_.Insert(tx, &import, write, PlacementOf(import)));
  return import;
}

absl::Status CompletionService::Take(const host::Call& call, Tx& tx, const std::string& data,
                                     Import* import) {
  const absl::CivilDay today = OntarioDay(call.now());
  Roster roster = Roster::OfStatements();
  std::vector<CompletionRow> rows;
  std::vector<LineError> errors;
  std::map<std::string, bool> courses;
  const auto fail = [&](int64_t line, const absl::Status& status) {
    import->set_errors(import->errors() + 1);
    if (import->errors() > rules_->max_import_errors()) return;
    errors.push_back({line, RuleOf(status), std::string(status.message())});
  };
  if (!import->header().empty()) {
    ACCORD_ASSIGN_OR_RETURN(roster, Roster::FromHeader(import->header()));
  }
  const auto is_course = [&](const std::string& id) {
    const auto known = courses.find(id);
    if (known != courses.end()) return known->second;
    v1::Course course;
    const std::string name = absl::StrCat("agencies/", OwnerOf(import->name()), "/courses/", id);
    return courses[id] = courses_.GetAny(tx, name, &course).ok();
  };
  const std::vector<Roster::RowCheck> checks = {
      [&](const CompletionRow& row) {
        if (!IsId(row.course) || is_course(row.course)) return absl::OkStatus();
        return Refuse(rules::kCourseUnknown, "course is none of your agency's courses.");
      },
      [&](const CompletionRow& row) {
        if (!IsId(row.learner_agency) || agencies_ == nullptr || agencies_->MayHave(row.learner_agency)) {
          return absl::OkStatus();
        }
        return Refuse(rules::kAgencyUnknown, "learner_agency names no agency of the register.");
      },
      [&](const CompletionRow& row) {
        return CheckNotOwnRecord(call.caller(), row.learner_agency, row.learner);
      }};
  for (absl::string_view line : absl::StrSplit(absl::string_view(data).substr(0, data.size() - 1), '\n')) {
    import->set_lines(import->lines() + 1);
    const int64_t number = import->lines();
    if (import->format() == v1::IMPORT_FORMAT_CSV && number == 1) {
      auto read = Roster::FromHeader(std::string_view(line.data(), line.size()));
      // Without its columns nothing of the file can be read.
      if (!read.ok()) return read.status();
      roster = *std::move(read);
      import->set_header(std::string(line));
      continue;
    }
    if (line.empty() || line == "\r") continue;
    auto row = roster.Read(std::string_view(line.data(), line.size()), today, checks);
    if (!row.ok()) {
      fail(number, row.status());
      continue;
    }
    row->line = number;
    rows.push_back(*std::move(row));
  }
  ACCORD_ASSIGN_OR_RETURN(const Refused refused, AddToBatch(tx, import->name(), rows));
  for (int64_t line : refused.repeated) {
    fail(line, Refuse(rules::kLineRepeated, "This completion is in the file already."));
  }
  import->set_known(import->known() + refused.known);
  import->set_accepted(import->accepted() + static_cast<int64_t>(rows.size() - refused.repeated.size()) -
                       refused.known);
  return AddErrors(tx, import->name(), errors);
}

CompletionService::Result CompletionService::Append(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::AppendImportRequest& request) {
  Import import;
  ACCORD_RETURN_IF_ERROR(imports_.Get(tx, request.name(), call.caller().agency, &import));
  ACCORD_RETURN_IF_ERROR(ImportLifecycle().Next(import.state(), "append").status());
  const auto size = static_cast<int64_t>(request.data().size());
  // It was sent again after an interruption: it was taken, and is not taken twice.
  if (request.offset() <= import.received() - size) return import;
  if (request.offset() != import.received()) {
    return Refuse(rules::kOffsetMismatch, "Go on where `received` says.");
  }
  if (import.received() + size > import.size() || request.data().back() != '\n') {
    return RefuseFields(
        {{"data", "ends with a line, and all of it is no longer than the size that was announced"}});
  }
  ACCORD_RETURN_IF_ERROR(Take(call, tx, request.data(), &import));
  import.set_received(import.received() + size);
  const std::string etag = import.etag();
  ACCORD_RETURN_IF_ERROR(imports_.Update(tx, &import, etag, write, PlacementOf(import)));
  return import;
}

CompletionService::Result CompletionService::Finish(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::FinishImportRequest& request) {
  Import import;
  ACCORD_RETURN_IF_ERROR(imports_.Get(tx, request.name(), call.caller().agency, &import));
  ACCORD_ASSIGN_OR_RETURN(const int next,
                          ImportLifecycle().Next(import.state(), request.commit() ? "commit" : "abandon"));
  if (request.commit()) {
    if (import.received() != import.size()) {
      return Refuse(rules::kImportIncomplete, "Not all of the file has arrived.");
    }
    if (import.errors() > 0) {
      return Refuse(
          rules::kImportHasErrors,
          "Nothing is taken of a roster with errors: `list import-errors`, correct it, and import again.");
    }
    ACCORD_ASSIGN_OR_RETURN(const bool own,
                            BatchHolds(tx, import.name(), call.caller().agency, call.caller().actor));
    if (own)
      ACCORD_RETURN_IF_ERROR(CheckNotOwnRecord(call.caller(), call.caller().agency, call.caller().actor));
    ACCORD_RETURN_IF_ERROR(CommitBatch(tx, import.name()));
  } else {
    ACCORD_RETURN_IF_ERROR(DropBatch(tx, import.name()));
  }
  import.set_state(static_cast<v1::ImportState>(next));
  ACCORD_RETURN_IF_ERROR(imports_.Update(tx, &import, request.etag(), write, PlacementOf(import)));
  return import;
}

CompletionService::Result CompletionService::Get(host::Call& call, Tx& tx,
                                                 const v1::GetImportRequest& request) {
  Import import;
  ACCORD_RETURN_IF_ERROR(imports_.Get(tx, request.name(), call.caller().agency, &import));
  return import;
}

absl::StatusOr<v1::ListImportsResponse> CompletionService::List(host::Call& call, Tx& tx,
                                                                const v1::ListImportsRequest& request) {
  const storage::ListQuery query{call.caller().agency, {}, request.page_size(), request.page_token(), ""};
  return imports_.ListInto(tx, query, &v1::ListImportsResponse::mutable_imports);
}

absl::StatusOr<v1::ListImportErrorsResponse> CompletionService::ListErrors(
    host::Call& call, Tx& tx, const v1::ListImportErrorsRequest& request) {
  Import import;
  ACCORD_RETURN_IF_ERROR(imports_.Get(tx, request.name(), call.caller().agency, &import));
  const std::string scope = absl::StrCat("import_errors/", import.name());
  int64_t after = 0;
  if (!request.page_token().empty()) {
    ACCORD_ASSIGN_OR_RETURN(const std::string position, tokens_->Open(scope, request.page_token()));
    if (!absl::SimpleAtoi(position, &after)) return absl::InternalError("page token");
  }
  ACCORD_ASSIGN_OR_RETURN(const int limit, storage::PageSize(request.page_size()));
  ACCORD_ASSIGN_OR_RETURN(const auto errors, ErrorsAfter(tx, import.name(), after, limit));
  v1::ListImportErrorsResponse response;
  for (const auto& error : errors) {
    auto* out = response.add_import_errors();
    out->set_line(error.line);
    out->set_rule(error.rule);
    out->set_message(error.message);
  }
  if (static_cast<int>(errors.size()) == limit) {
    response.set_next_page_token(tokens_->Seal(scope, absl::StrCat(errors.back().line)));
  }
  return response;
}

absl::StatusOr<v1::ListCompletionsResponse> CompletionService::ListCompletions(
    host::Call& call, Tx& tx, const v1::ListCompletionsRequest& request) {
  const Caller& caller = call.caller();
  CompletionQuery query;
  ACCORD_ASSIGN_OR_RETURN(query.limit, storage::PageSize(request.page_size()));
  if (IsStaff(caller, Staff::kRegistrars)) {
    query.owner = caller.agency;
  } else {
    query.learner_agency = caller.agency;
    if (!IsLead(caller)) query.learner = caller.actor;
  }
  if (!request.course().empty()) {
    const std::string owner = OwnerOf(request.course());
    // Registrars see what their own agency's courses gave: of another agency's, whatever its id, nothing.
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
    // A completion has no name of its own: the owner of its course hears who read.
    call.Disclose(completion->course());
    completion->set_learner_agency(row.learner_agency);
    completion->set_learner(row.learner);
    completion->set_completed_on(row.completed_on);
  }
  if (static_cast<int>(rows.size()) == query.limit) {
    response.set_next_page_token(tokens_->Seal(scope, Position(rows.back())));
  }
  return response;
}

absl::StatusOr<Tallies> CompletionService::CountAll(Tx& tx) {
  ACCORD_ASSIGN_OR_RETURN(const auto tallies, CountCompletions(tx, ""));
  return LabelsOf(tallies);
}

absl::StatusOr<v1::CountTrainingResponse> CompletionService::Count(host::Call& call, Tx& tx,
                                                                   const v1::CountTrainingRequest&) {
  const bool office = call.caller().kind == annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;
  v1::CountTrainingResponse response;
  std::vector<Tally> tallies;
  if (office) {
    ACCORD_ASSIGN_OR_RETURN(const OfficeCounts counted, ReadOfficeCounts(tx));
    if (counted.at) *response.mutable_as_of() = ToProto(*counted.at);
    tallies = TalliesOf(counted.tallies);
  } else {
    ACCORD_ASSIGN_OR_RETURN(tallies, CountCompletions(tx, call.caller().agency));
  }
  for (auto begin = tallies.begin(); begin != tallies.end();) {
    const auto end = std::find_if(begin, tallies.end(), [&](const Tally& tally) {
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
