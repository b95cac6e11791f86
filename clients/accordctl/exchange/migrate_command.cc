// `accordctl migrate import` and `reconcile` import an agency's open records from its former system.
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/exchange/migration.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

// The journal is flushed to disk after this many records; what a crash loses is found again by
// request ids.
constexpr std::size_t kJournalEach = 50;

struct MigrateOptions {
  std::string file, journal;
};

struct KindCounts {
  std::size_t lines = 0, brought = 0, known = 0, refused = 0, found = 0;
};
using CountsByKind = std::map<std::string, KindCounts>;

struct Migration {
  std::vector<MigrationLine> lines;
  Journal journal;
  std::string agency, journal_file;
  CountsByKind counts;
};

std::string JournalOf(const MigrateOptions& options) {
  return options.journal.empty() ? options.file + ".journal" : options.journal;
}

absl::Status PrintMigrationFaults(const std::string& file, const std::vector<MigrationFault>& faults) {
  for (const MigrationFault& fault : faults) {
    const std::string rule = accord::RuleOf(fault.status);
    std::cout << file << ":" << fault.line << ": "
              << (rule.empty() ? absl::StatusCodeToString(fault.status.code()) : rule) << ": "
              << Shown(ReasonText(fault.status)) << "\n";
  }
  if (faults.empty()) return absl::OkStatus();
  return Refuse(rules::kMigrationRefused,
                absl::StrCat(CountedText(static_cast<int64_t>(faults.size()), "line is", "lines are"),
                             " refused, and nothing of the file was brought"));
}

absl::StatusOr<Json> MigrateRequestFor(const std::string& agency, const MigrationLine& line) {
  const Command* create = FindCommand("create", MigrationNoun(std::get<0>(line.key)));
  if (create == nullptr || create->body() == nullptr) return absl::UnimplementedError("no such command");
  Json request = {{"parent", "agencies/" + agency}, {"request_id", MigrationRequestId(agency, line)}};
  request[create->body()->name()] = line.record;
  return request;
}

// This validates the line and, unless `tried`, makes the record; gives its name.
absl::StatusOr<std::string> ImportLine(CommandSession* session, const std::string& agency,
                                       const MigrationLine& line, bool tried) {
  ACCORD_ASSIGN_OR_RETURN(const Json request, MigrateRequestFor(agency, line));
  const bool dry_run = std::exchange(session->dry_run, tried);
  const auto answer = Invoke(session, "create", MigrationNoun(std::get<0>(line.key)), request);
  session->dry_run = dry_run;
  if (!answer.ok()) return answer.status();
  const google::protobuf::Message& record = **answer;
  return record.GetReflection()->GetString(record, record.GetDescriptor()->FindFieldByName("name"));
}

absl::StatusOr<Journal> ReadJournalFile(const std::string& file) {
  ACCORD_ASSIGN_OR_RETURN(const bool there, IsThere(file));
  if (!there) return Journal();
  ACCORD_ASSIGN_OR_RETURN(const std::string text, ReadInputFile(file, "the journal", kMostFileBytes));
  return ReadJournal(text);
}

// This reports errors that show without a gateway, and gives the lines that still have to be imported.
absl::StatusOr<Migration> ReadMigrationOnce(const MigrateOptions& options) {
  Migration migration;
  migration.journal_file = JournalOf(options);
  ACCORD_RETURN_IF_ERROR(RefuseEmptyFile(options.file));
  ACCORD_ASSIGN_OR_RETURN(const std::string text, ReadInputFile(options.file, "", kMostFileBytes));
  MigrationFile file = ReadMigration(text);
  ACCORD_ASSIGN_OR_RETURN(migration.journal, ReadJournalFile(migration.journal_file));
  for (MigrationLine& line : file.lines) {
    KindCounts& counts = migration.counts[std::get<0>(line.key)];
    ++counts.lines;
    const absl::Status known = CheckMigrationLine(line, migration.journal);
    if (absl::IsAlreadyExists(known)) {
      ++counts.known;
    } else if (!known.ok()) {
      file.faults.push_back({line.number, known});
    } else {
      migration.lines.push_back(std::move(line));
    }
  }
  ACCORD_RETURN_IF_ERROR(PrintMigrationFaults(options.file, file.faults));
  return migration;
}

// This validates every line before the first one is imported.
absl::Status ValidateMigrationLines(CommandSession* session, const MigrateOptions& options,
                                    const Migration& migration) {
  std::vector<MigrationFault> faults;
  for (const MigrationLine& line : migration.lines) {
    const absl::Status tried = ImportLine(session, migration.agency, line, /*tried=*/true).status();
    if (tried.ok()) continue;
    if (IsTemporary(tried)) return tried;
    faults.push_back({line.number, tried});
  }
  return PrintMigrationFaults(options.file, faults);
}

absl::Status WriteJournal(const Migration& migration) {
  return WriteFile(migration.journal_file, JournalText(migration.journal), FileKind::kPrivate);
}

// A line that is refused now, for instance because of an earlier one, does not stop the others.
absl::Status ImportEachLine(CommandSession* session, const MigrateOptions& options, Migration* migration) {
  absl::Status refused, passing;
  std::size_t unwritten = 0;
  for (const MigrationLine& line : migration->lines) {
    const auto name = ImportLine(session, migration->agency, line, /*tried=*/false);
    KindCounts& counts = migration->counts[std::get<0>(line.key)];
    if (!name.ok() && IsTemporary(name.status())) {
      passing = name.status();
      break;
    }
    if (!name.ok()) {
      ++counts.refused;
      std::cout << options.file << ":" << line.number << ": " << accord::RuleOf(name.status()) << ": "
                << Shown(ReasonText(name.status())) << "\n";
      refused.Update(name.status());
      continue;
    }
    ++counts.brought;
    migration->journal[line.key] = {line.digest, *name};
    if (++unwritten < kJournalEach) continue;
    ACCORD_RETURN_IF_ERROR(WriteJournal(*migration));
    unwritten = 0;
  }
  ACCORD_RETURN_IF_ERROR(WriteJournal(*migration));
  return passing.ok() ? refused : passing;
}

// This looks up each record of the journal, because an imported record must exist.
absl::Status FindImportedRecords(CommandSession* session, const Journal& journal, CountsByKind* counts) {
  for (const auto& [key, brought] : journal) {
    const std::string& kind = std::get<0>(key);
    const absl::Status found = Invoke(session, "get", MigrationNoun(kind), {{"name", brought.name}}).status();
    if (found.ok()) {
      ++(*counts)[kind].found;
    } else if (absl::IsNotFound(found)) {
      std::cout << brought.name << ": NOT_FOUND, out of " << Shown(std::get<1>(key)) << " "
                << Shown(std::get<2>(key)) << "\n";
    } else {
      return found;
    }
  }
  return absl::OkStatus();
}

std::string MigratedCountsText(const CountsByKind& counts, const Journal& journal, Format format) {
  std::map<std::string, std::size_t> in_journal;
  for (const auto& [key, brought] : journal) ++in_journal[std::get<0>(key)];
  std::vector<Row> rows = {
      TableHeadings({"KIND", "LINES", "BROUGHT", "KNOWN", "REFUSED", "IN JOURNAL", "FOUND"})};
  Json json = Json::array();
  for (const auto& [kind, each] : counts) {
    const std::size_t journaled = in_journal[kind];
    rows.push_back({kind, absl::StrCat(each.lines), absl::StrCat(each.brought), absl::StrCat(each.known),
                    absl::StrCat(each.refused), absl::StrCat(journaled), absl::StrCat(each.found)});
    json.push_back({{"kind", kind},
                    {"lines", each.lines},
                    {"brought", each.brought},
                    {"known", each.known},
                    {"refused", each.refused},
                    {"journal", journaled},
                    {"found", each.found}});
  }
  return format == Format::kTable ? Table(rows) : PrintDocument(json, format);
}

absl::Status ImportLines(CommandSession* session, const MigrateOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(Migration migration, ReadMigrationOnce(options));
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  migration.agency = client->agency();
  ACCORD_RETURN_IF_ERROR(ValidateMigrationLines(session, options, migration));
  absl::Status brought;
  if (!session->dry_run) {
    brought = ImportEachLine(session, options, &migration);
    if (brought.ok() || !IsTemporary(brought)) {
      ACCORD_RETURN_IF_ERROR(FindImportedRecords(session, migration.journal, &migration.counts));
    }
  }
  std::cout << MigratedCountsText(migration.counts, migration.journal, session->format());
  return brought;
}

absl::Status ReconcileLines(CommandSession* session, const MigrateOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(Migration migration, ReadMigrationOnce(options));
  ACCORD_RETURN_IF_ERROR(FindImportedRecords(session, migration.journal, &migration.counts));
  std::cout << MigratedCountsText(migration.counts, migration.journal, session->format());
  for (const auto& [kind, each] : migration.counts) {
    if (each.found < each.lines) {
      return absl::DataLossError("not every line of the file is a record of Accord: see the counts");
    }
  }
  return absl::OkStatus();
}

void AddImportCommands(CLI::App* migrate, CommandSession* session) {
  const auto add = [&](const char* name, const char* help, auto run, DryRun dry_run) {
    auto options = std::make_shared<MigrateOptions>();
    CLI::App* command = AddCommand(
        migrate, session, name, help, [=] { return run(session, *options); }, dry_run);
    command->add_option("FILE", options->file, "JSON lines: kind, source_system, source_id and record")
        ->required();
    command->add_option("--journal", options->journal, "What became of each line [FILE.journal]");
  };
  add("import", "Bring open referrals, cases and partners of a former system, or nothing of the file",
      ImportLines, DryRun::kTaken);
  add("reconcile", "Ask for every record that was brought out of a file, and count", ReconcileLines,
      DryRun::kRefused);
}

}  // namespace

void AddMigrateCommands(CLI::App* app, CommandSession* session) {
  CLI::App* migrate =
      AddCommand(app, session, "migrate", "Bring an agency's records in, and take them out", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  AddImportCommands(migrate, session);
  AddRecordsExportCommands(migrate, session);
}

}  // namespace accord::ctl
