// `accordctl retention` shows how long each kind of record is kept, and certificates for records that
// have ended.
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/operate/retention_schedule.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

absl::Status PrintSchedule(CommandSession* session, const std::string& on) {
  if (!on.empty() && !ParseDay(on)) {
    return absl::InvalidArgumentError("--on is a day that exists, YYYY-MM-DD");
  }
  const std::string day = on.empty() ? FormatDay(OntarioDay(absl::Now())) : on;
  const host::v1::RetentionSchedule schedule = OwnRetentionSchedule();
  const std::vector<host::v1::RetentionRow> rows = RetentionRowsOn(schedule, day);
  switch (session->format()) {
    case Format::kName:
      for (const auto& row : rows) std::cout << row.kind() << "\n";
      return absl::OkStatus();
    case Format::kTable:
      std::cout << RetentionTable(rows)
                << Text("The rows of {{day}}, looked through on {{as_of}}.",
                        {{"day", DayText(day)}, {"as_of", DayText(schedule.as_of())}})
                << "\n";
      return absl::OkStatus();
    default:
      std::cout << PrintDocument(RetentionJson(schedule, day, rows), session->format());
      return absl::OkStatus();
  }
}

absl::Status PrintDisposal(CommandSession* session, const std::string& name) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  std::optional<protocols::v1::Tombstone> found;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<protocols::v1::ListTombstonesResponse>(session, "tombstones", [&](const auto& page) {
        for (const protocols::v1::Tombstone& each : page.tombstones()) {
          if (each.resource() == name) found = each;
        }
      }));
  // The answer is the same whether a record still exists, never existed or belongs to
  // another agency.
  if (!found) return NotFound();
  if (session->format() == Format::kTable) {
    std::cout << DisposalCertificate(*found, client->agency());
  } else {
    std::cout << PrintOne(*found, session->format());
  }
  return absl::OkStatus();
}

}  // namespace

void AddRetentionCommands(CLI::App* app, CommandSession* session) {
  CLI::App* retention =
      AddCommand(app, session, "retention", "Show how long each kind is kept, and what has ended", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  auto day = std::make_shared<std::string>();
  AddCommand(retention, session, "schedule",
             "Print how long each kind is kept, by which authority, and under which it is held; log entries "
             "and backups are among them",
             [=] { return PrintSchedule(session, *day); })
      ->add_option("--on", *day, "The day whose rows are printed, YYYY-MM-DD [today in Ontario]");
  auto name = std::make_shared<std::string>();
  AddCommand(retention, session, "certificate",
             "Print a certificate of disposal for a record that was purged or sealed away",
             [=] { return PrintDisposal(session, *name); })
      ->add_option("NAME", *name, "The record's whole name, as `accordctl tombstones list` has it")
      ->required();
}

}  // namespace accord::ctl
