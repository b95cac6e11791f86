// `accordctl roster` takes completions out of learning systems, in whole or not at all, and gives them
// out again.
#include <unistd.h>

#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "accord/training/v1/completion_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/read_pages.h"
#include "clients/accordctl/views/rosters/roster_agencies.h"
#include "clients/accordctl/views/rosters/roster_lines.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/new_file.h"

namespace accord::ctl {
namespace {

using training::v1::Import;

constexpr char kCompletions[] = "/accord.training.v1.CompletionService/";

struct RosterOptions {
  std::string file, format = "csv", out, course;
};

void ShowImportProgress(const Import& import, absl::Time start, int64_t from) {
  if (isatty(2) == 0) return;
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  const double part = static_cast<double>(import.received()) / static_cast<double>(import.size());
  const auto filled = static_cast<std::size_t>(part * 30);
  std::fprintf(stderr, "\r[%s%s] %5.1f%%  %lld lines  %.1f MB/s ", std::string(filled, '#').c_str(),
               std::string(30 - filled, '.').c_str(), part * 100, static_cast<long long>(import.lines()),
               static_cast<double>(import.received() - from) / 1e6 / std::max(seconds, 0.001));
  if (import.received() == import.size()) std::fprintf(stderr, "\n");
}

// This gives an open import of this very file, or a new one.
absl::StatusOr<Import> BeginImport(CommandSession* session, const RosterOptions& options,
                                   RosterLines* lines) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  Import wanted;
  wanted.set_format(options.format == "csv" ? training::v1::IMPORT_FORMAT_CSV
                                            : training::v1::IMPORT_FORMAT_XAPI);
  wanted.set_file_name(options.file == "-" ? "standard-input"
                                           : options.file.substr(options.file.rfind('/') + 1));
  int64_t size = 0;
  lines->Measure(wanted.mutable_sha256(), &size);
  wanted.set_size(size);
  std::optional<Import> open;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<training::v1::ListImportsResponse>(session, "imports", [&](const auto& page) {
        for (const Import& import : page.imports()) {
          if (import.state() == training::v1::IMPORT_STATE_OPEN && import.sha256() == wanted.sha256())
            open = import;
        }
      }));
  if (open) {
    std::cerr << Text("going on with {{name}} at {{received}} of {{size}} bytes",
                      {{"name", open->name()},
                       {"received", absl::StrCat(open->received())},
                       {"size", absl::StrCat(size)}})
              << "\n";
    return *open;
  }
  training::v1::CreateImportRequest request;
  request.set_parent("agencies/" + client->agency());
  *request.mutable_import() = wanted;
  request.set_request_id(NewRequestId());
  Import created;
  ACCORD_RETURN_IF_ERROR(client->Call(absl::StrCat(kCompletions, "CreateImport"), request, &created));
  return created;
}

absl::Status CompleteImport(CommandSession* session, bool commit, Import* import) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  training::v1::FinishImportRequest request;
  request.set_name(import->name());
  request.set_etag(import->etag());
  request.set_commit(commit);
  request.set_request_id(NewRequestId());
  return client->Call(absl::StrCat(kCompletions, "FinishImport"), request, import);
}

// This gives a line such as `2 lines   1 completion   0 known already   1 error`. An agency that the register
// does not have is an error that the service does not count.
std::string ImportSummary(const Import& import, std::size_t unknown_agencies) {
  const auto number = [](int64_t count) { return static_cast<std::size_t>(count); };
  return absl::StrJoin({Counted(number(import.lines()), "line", "lines"),
                        Counted(number(import.accepted()), "completion", "completions"),
                        Counted(number(import.known()), "known already|one", "known already|many"),
                        Counted(number(import.errors()) + unknown_agencies, "error", "errors")},
                       "   ");
}

absl::Status ReportImport(CommandSession* session, const RosterLines& lines, const Import& import,
                          std::size_t unknown_agencies) {
  if (session->format() != Format::kTable) {
    std::cout << PrintOne(import, session->format());
  } else {
    std::cout << ImportSummary(import, unknown_agencies) << "\n";
  }
  if (import.errors() == 0) return absl::OkStatus();
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  training::v1::ListImportErrorsRequest request;
  request.set_name(import.name());
  request.set_page_size(1000);
  do {
    training::v1::ListImportErrorsResponse page;
    ACCORD_RETURN_IF_ERROR(client->Call(absl::StrCat(kCompletions, "ListImportErrors"), request, &page));
    for (const auto& error : page.import_errors()) {
      std::cout << lines.Place(error.line()) << ": " << error.rule() << ": " << Shown(error.message())
                << "\n";
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status ImportRoster(CommandSession* session, const RosterOptions& options) {
  const bool statements = options.format == "xapi";
  ACCORD_ASSIGN_OR_RETURN(const auto lines, RosterLines::Open(options.file, statements));
  if (!statements && lines->IsOneLine()) {
    return absl::InvalidArgumentError(
        absl::StrCat(lines->Place(1),
                     ": is the only line, and completions stand below a header: is it the file that the "
                     "other system wrote?"));
  }
  const AgencyFaults agencies = FaultsOfAgencies(session, statements, lines.get());
  ACCORD_ASSIGN_OR_RETURN(Import import, BeginImport(session, options, lines.get()));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  const absl::Time start = absl::Now();
  const int64_t from = import.received();
  lines->Rewind(from);
  for (std::string chunk = lines->Next(); !chunk.empty(); chunk = lines->Next()) {
    training::v1::AppendImportRequest request;
    request.set_name(import.name());
    request.set_offset(import.received());
    request.set_data(std::move(chunk));
    // The same bytes at the same place are the same request.
    request.set_request_id(
        absl::StrCat(import.name().substr(import.name().rfind('/') + 1), "-", import.received()));
    const absl::Status appended = client->Call(absl::StrCat(kCompletions, "AppendImport"), request, &import);
    // Without its header nothing of the file can be read.
    if (absl::IsInvalidArgument(appended)) {
      ACCORD_RETURN_IF_ERROR(CompleteImport(session, false, &import));
      return Reword(appended, absl::StrCat(lines->Place(import.lines() + 1), ": ",
                                           std::string(appended.message()), " Nothing was taken."));
    }
    ACCORD_RETURN_IF_ERROR(appended);
    ShowImportProgress(import, start, from);
  }
  const bool fits = import.errors() == 0 && agencies.faults.empty();
  const bool commit = !session->dry_run && fits;
  ACCORD_RETURN_IF_ERROR(CompleteImport(session, commit, &import));
  ACCORD_RETURN_IF_ERROR(ReportImport(session, *lines, import, agencies.faults.size()));
  for (const std::string& fault : agencies.faults) std::cout << fault << "\n";
  if (!fits) {
    return Refuse(rules::kRosterHasErrors, "Nothing was taken: correct the lines above and import again.");
  }
  std::cerr << Text(commit ? "all of it is taken" : "a dry run: nothing was taken") << "\n";
  if (!agencies.checked) {
    std::cerr << Text("Not checked: whether each learner_agency is an agency of the register.") << "\n";
  }
  return absl::OkStatus();
}

absl::Status AbandonImports(CommandSession* session) {
  std::vector<Import> open;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<training::v1::ListImportsResponse>(session, "imports", [&](const auto& page) {
        for (const Import& import : page.imports()) {
          if (import.state() == training::v1::IMPORT_STATE_OPEN) open.push_back(import);
        }
      }));
  for (Import& import : open) ACCORD_RETURN_IF_ERROR(CompleteImport(session, false, &import));
  std::cout << Text("given up: {{counted}}; nothing was taken",
                    {{"counted", Counted(open.size(), "open import", "open imports")}})
            << "\n";
  return absl::OkStatus();
}

absl::Status ExportCompletions(CommandSession* session, const RosterOptions& options) {
  std::unique_ptr<NewFile> file;
  if (!options.out.empty()) {
    ACCORD_ASSIGN_OR_RETURN(file, NewFile::Create(options.out, FileKind::kPrivate));
  }
  const auto put = [&file](const std::string& text) -> absl::Status {
    if (file != nullptr) return file->Write(text);
    if ((std::cout << text).good()) return absl::OkStatus();
    return Refuse(rules::kFileNotWritten, "cannot write the completions");
  };
  absl::Status written = put("course,learner_agency,learner,completed_on\n");
  Json request = Json::object();
  if (!options.course.empty()) request["course"] = options.course;
  std::size_t rows = 0;
  ACCORD_RETURN_IF_ERROR(ReadPages<training::v1::ListCompletionsResponse>(
      session, "completions",
      [&](const auto& page) {
        std::string text;
        // Every cell is an id or a day: nothing to quote.
        for (const auto& row : page.completions()) {
          absl::StrAppend(&text, row.course().substr(row.course().rfind('/') + 1), ",", row.learner_agency(),
                          ",", row.learner(), ",", row.completed_on(), "\n");
          ++rows;
        }
        written.Update(put(text));
      },
      request));
  ACCORD_RETURN_IF_ERROR(written);
  if (file == nullptr) return absl::OkStatus();
  ACCORD_RETURN_IF_ERROR(file->Commit());
  std::cout << Text("{{counted}} in {{file}}",
                    {{"counted", Counted(rows, "completion", "completions")}, {"file", options.out}})
            << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddRosterCommands(CLI::App* app, CommandSession* session) {
  CLI::App* roster =
      app->add_subcommand("roster", "Bring completions in from other learning systems, and take them out");
  roster->group("Views")->require_subcommand(1);
  auto options = std::make_shared<RosterOptions>();
  CLI::App* import = AddCommand(
      roster, session, "import",
      "Take a roster, whole or not at all. Run again after an interruption, it goes on",
      [=] { return ImportRoster(session, *options); }, DryRun::kTaken);
  import
      ->add_option("file", options->file,
                   "CSV (UTF-8, commas) with course, learner_agency, learner, completed_on (YYYY-MM-DD); or "
                   "statements; - is standard input")
      ->required();
  import->add_option("--format", options->format, "csv or xapi (1.0.3: an array, or a statement a line)")
      ->check(CLI::IsMember({"csv", "xapi"}));
  import->add_flag("--dry-run", session->dry_run, "Read and report every line, take nothing");
  AddCommand(roster, session, "abandon", "Give up imports that were not finished",
             [=] { return AbandonImports(session); });
  CLI::App* out = AddCommand(roster, session, "export",
                             "Export completions as CSV: your own, your agency's, or your courses'",
                             [=] { return ExportCompletions(session, *options); });
  out->add_option("--out", options->out, "File; the screen if left out")->check(FaultOfFileToWrite);
  out->add_option("--course", options->course, "Only completions of one course, by its name");
}

}  // namespace accord::ctl
