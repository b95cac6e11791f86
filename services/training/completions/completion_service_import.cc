// These handlers of CompletionService import rosters, part by part.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "services/training/completions/completion_service.h"
#include "services/training/completions/completion_store.h"
#include "services/training/completions/import_store.h"
#include "services/training/completions/roster.h"
#include "services/training/learner_access.h"
#include "services/training/lifecycles.h"
#include "services/training/ownership.h"

namespace accord::training {
namespace {

using v1::Import;

storage::Placement ImportPlacement(const Import& import) {
  return {OwnerOf(import.name()), "", {OwnerOf(import.name())}, {}};
}

}  // namespace

CompletionService::Result CompletionService::Create(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::CreateImportRequest& request) {
  ACCORD_RETURN_IF_ERROR(CheckParentIsCallers(call.caller(), request.parent()));
  Import import = request.import();
  if (import.size() < 1 || import.sha256().size() != 64) {
    return RefuseFields({{"import", "size is the file's bytes, sha256 its digest in hex"}});
  }
  import.set_name(absl::StrCat(request.parent(), "/imports/", NewId(call.now())));
  import.set_state(v1::IMPORT_STATE_OPEN);
  ACCORD_RETURN_IF_ERROR(OpenImport(tx, call.caller().agency, import.name()));
  ACCORD_RETURN_IF_ERROR(imports_.Insert(tx, &import, write, ImportPlacement(import)));
  return import;
}

absl::Status CompletionService::ReadImportLines(const host::Call& call, Tx& tx, const std::string& data,
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
      // Nothing of the file can be read without its columns.
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
  ACCORD_ASSIGN_OR_RETURN(const RefusedLines refused, AddToImport(tx, import->name(), rows));
  for (int64_t line : refused.repeated) {
    fail(line, Refuse(rules::kLineRepeated, "This completion is in the file already."));
  }
  import->set_known(import->known() + refused.known);
  import->set_accepted(import->accepted() + static_cast<int64_t>(rows.size() - refused.repeated.size()) -
                       refused.known);
  return AddImportErrors(tx, import->name(), errors);
}

CompletionService::Result CompletionService::Append(host::Call& call, Tx& tx, const storage::Write& write,
                                                    const v1::AppendImportRequest& request) {
  Import import;
  ACCORD_RETURN_IF_ERROR(imports_.Get(tx, request.name(), call.caller().agency, &import));
  ACCORD_RETURN_IF_ERROR(ImportLifecycle().Next(import.state(), "append").status());
  const auto size = static_cast<int64_t>(request.data().size());
  // The client sent this part again after an interruption. It was taken already, and is not taken twice.
  if (request.offset() <= import.received() - size) return import;
  if (request.offset() != import.received()) {
    return Refuse(rules::kOffsetMismatch, "Go on where `received` says.");
  }
  if (import.received() + size > import.size() || request.data().back() != '\n') {
    return RefuseFields(
        {{"data", "ends with a line, and all of it is no longer than the size that was announced"}});
  }
  ACCORD_RETURN_IF_ERROR(ReadImportLines(call, tx, request.data(), &import));
  import.set_received(import.received() + size);
  const std::string etag = import.etag();
  ACCORD_RETURN_IF_ERROR(imports_.Update(tx, &import, etag, write, ImportPlacement(import)));
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
                            IsLearnerInImport(tx, import.name(), call.caller().agency, call.caller().actor));
    if (own)
      ACCORD_RETURN_IF_ERROR(CheckNotOwnRecord(call.caller(), call.caller().agency, call.caller().actor));
    ACCORD_RETURN_IF_ERROR(CommitImport(tx, import.name()));
  } else {
    ACCORD_RETURN_IF_ERROR(DropImport(tx, import.name()));
  }
  import.set_state(static_cast<v1::ImportState>(next));
  ACCORD_RETURN_IF_ERROR(imports_.Update(tx, &import, request.etag(), write, ImportPlacement(import)));
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
  ACCORD_ASSIGN_OR_RETURN(const auto errors, ImportErrorsAfter(tx, import.name(), after, limit));
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

}  // namespace accord::training
