// `accordctl strategy export` writes initiatives, indicators and awards as files of public standards. Records
// that the caller may not read are not exported, and the number of records that are left out is reported.
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/exchange/awards.h"
#include "clients/accordctl/exchange/file_values.h"
#include "clients/accordctl/exchange/grants.h"
#include "clients/accordctl/exchange/iati.h"
#include "clients/accordctl/exchange/indicator_csv.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/strategy/strategy_records.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

struct ExportOptions {
  std::string file, format = "json", prefix, undated_as_of, indicator;
};

void PrintExported(const std::string& counted, const std::string& file) {
  std::cout << Text("{{counted}} in {{file}}", {{"counted", counted}, {"file", file}}) << "\n";
}

// This reports nothing if the count is zero.
void PrintLeftOutOfExport(std::size_t count, const std::string& why) {
  if (count == 0) return;
  std::cout << Text("left out: {{counted}}, {{why}}",
                    {{"counted", Counted(count, "record", "records")}, {"why", Text(why)}})
            << "\n";
}

absl::Status ExportIati(CommandSession* session, const ExportOptions& options) {
  if (!options.undated_as_of.empty() && !ParseDay(options.undated_as_of)) {
    return absl::InvalidArgumentError("--undated-as-of is a day that exists, YYYY-MM-DD");
  }
  IatiInput input;
  input.organisation = options.prefix;
  input.undated_as_of = options.undated_as_of;
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  input.agency = client->agency();
  ACCORD_ASSIGN_OR_RETURN(input.initiatives, LoadInitiatives(session));
  ACCORD_ASSIGN_OR_RETURN(input.tables, LoadIndicatorTables(session));
  ACCORD_ASSIGN_OR_RETURN(input.names, NamesOfAgencies(session));
  ACCORD_ASSIGN_OR_RETURN(const IatiDocument document, IatiDocumentOf(input));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.file, document.xml, FileKind::kPrivate));
  PrintExported(Counted(document.activities, "activity", "activities"), options.file);
  PrintLeftOutOfExport(document.undated, "because no day is known");
  PrintLeftOutOfExport(document.without_activity, "because the indicator belongs to no activity");
  return absl::OkStatus();
}

absl::Status ExportIndicators(CommandSession* session, const ExportOptions& options) {
  std::string name;
  if (!options.indicator.empty()) {
    ACCORD_ASSIGN_OR_RETURN(name, WholeName(session, *FindCommand("get", "indicator"), options.indicator));
  }
  ACCORD_ASSIGN_OR_RETURN(const auto tables, LoadIndicatorTables(session, name));
  if (!name.empty()) {
    for (const auto& table : tables) ACCORD_RETURN_IF_ERROR(CheckIndicatorMayLeaveAlone(table));
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string csv, IndicatorCsv(tables));
  const std::string metadata = options.file + "-metadata.json";
  ACCORD_RETURN_IF_ERROR(WriteFile(metadata, IndicatorCsvMetadata(options.file), FileKind::kPrivate));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.file, csv, FileKind::kPrivate));
  PrintExported(Counted(tables.size(), "indicator", "indicators"), options.file);
  std::cout << Text("what its columns mean is in {{file}}", {{"file", metadata}}) << "\n";
  return absl::OkStatus();
}

absl::Status ExportAwardsOfList(CommandSession* session, const ExportOptions& options,
                                const AwardList& list) {
  Publisher publisher;
  publisher.prefix = options.prefix;
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  publisher.agency = client->agency();
  ACCORD_ASSIGN_OR_RETURN(publisher.names, NamesOfAgencies(session));
  // This is reported even if nothing is left to export.
  for (const auto& [why, count] : list.left_out) PrintLeftOutOfExport(count, why);
  auto written = options.format == "csv" ? GrantsCsv(list, publisher) : GrantsJson(list, publisher);
  ACCORD_ASSIGN_OR_RETURN(const std::string text, std::move(written));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.file, text, FileKind::kPrivate));
  PrintExported(Counted(list.awards.size(), "award", "awards"), options.file);
  return absl::OkStatus();
}

absl::Status ExportAwards(CommandSession* session, const ExportOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const auto envelopes, LoadEnvelopes(session));
  ACCORD_ASSIGN_OR_RETURN(const auto allocations, LoadAllocations(session));
  const AwardList list = AwardsOfAllocations(allocations, envelopes);
  ACCORD_RETURN_IF_ERROR(ExportAwardsOfList(session, options, list));
  std::cout << Text("{{amount}} CAD at the level of awards, to which contributions to funds are never added",
                    {{"amount", AmountAsFileValue(SumOfAwards(list))}})
            << "\n";
  return absl::OkStatus();
}

absl::Status ExportContributions(CommandSession* session, const ExportOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const auto contributions, LoadContributions(session));
  const AwardList list = AwardsOfContributions(contributions);
  ACCORD_RETURN_IF_ERROR(ExportAwardsOfList(session, options, list));
  std::cout << Text("{{amount}} CAD at the level of contributions, to which awards are never added",
                    {{"amount", AmountAsFileValue(SumOfAwards(list))}})
            << "\n";
  return absl::OkStatus();
}

using Export = absl::Status (*)(CommandSession*, const ExportOptions&);

CLI::App* AddExportCommand(CLI::App* app, CommandSession* session, const std::string& name,
                           const std::string& help, Export run,
                           const std::shared_ptr<ExportOptions>& options) {
  CLI::App* command = AddCommand(app, session, name, help, [=] { return run(session, *options); });
  command->add_option("file", options->file, "The file that is written")
      ->check(FaultOfFileToWrite)
      ->required();
  return command;
}

void AddGrantOptions(CLI::App* command, const std::shared_ptr<ExportOptions>& options) {
  command->add_option("--format", options->format, "json or csv [json]")
      ->check(CLI::IsMember({"json", "csv"}));
  command->add_option("--prefix", options->prefix,
                      "What 360Giving has registered for the publisher, before every identifier");
}

}  // namespace

void AddStrategyExportCommands(CLI::App* strategy, CommandSession* session) {
  CLI::App* app = strategy->add_subcommand("export", "Write what may leave as files of public standards");
  app->fallthrough()->require_subcommand(1);
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* iati = AddExportCommand(
      app, session, "iati", "Write initiatives and their results as IATI 2.03 XML", ExportIati, options);
  iati->add_option("--prefix", options->prefix,
                   "What IATI has registered for the organisation, before every identifier");
  iati->add_option("--undated-as-of", options->undated_as_of,
                   "Write this day for initiatives of which no day is known. Without it they are left "
                   "out, because the standard asks for a day");
  CLI::App* indicators =
      AddExportCommand(app, session, "indicators",
                       "Write indicators as CSV, with metadata of CSV on the Web beside it. Small figures "
                       "of people are suppressed",
                       ExportIndicators, options);
  indicators->add_option("--indicator", options->indicator, "One indicator by its name; otherwise all");
  AddGrantOptions(
      AddExportCommand(app, session, "awards",
                       "Write as 360Giving what is committed out of envelopes, with the purpose funding",
                       ExportAwards, options),
      options);
  AddGrantOptions(
      AddExportCommand(
          app, session, "contributions",
          "Write as 360Giving what ministries give to funds. An amount that nobody stated is left "
          "out",
          ExportContributions, options),
      options);
}

}  // namespace accord::ctl
