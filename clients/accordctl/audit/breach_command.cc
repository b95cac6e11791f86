// `accordctl breach` reports what a breach touched.
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "accord/audit/v1/audit_service.pb.h"
#include "clients/accordctl/audit/breach.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/ids.h"
#include "common/base/rules.h"

namespace accord::ctl {
namespace {

// This places the agency's own holds. A record that it holds already stays held; there is nothing to hold for
// a record that has ended or that it cannot see. A refusal for one record does not stop the others and is
// reported at the end.
absl::Status HoldBreachRecords(CommandSession* session, const std::vector<BreachLine>& lines,
                               const std::string& reason) {
  int64_t placed = 0, held = 0, gone = 0;
  absl::Status refused;
  for (const std::string& record : HoldableRecords(lines)) {
    const absl::Status status =
        Invoke(session, "place", "legal-hold",
               {{"resource", record}, {"reason", reason}, {"request_id", NewRequestId()}})
            .status();
    if (status.ok()) {
      ++placed;
    } else if (RuleOf(status) == rules::kAlreadyHeld.reason) {
      ++held;
    } else if (absl::IsNotFound(status)) {
      ++gone;
    } else if (IsTemporary(status)) {
      return status;
    } else {
      refused.Update(status);
    }
  }
  std::cerr << CountedText(placed, "referral was", "referrals were") << " put under a legal hold, " << held
            << " had one, " << gone << " cannot be held any more; other records have no hold\n";
  return refused;
}

absl::Status ReportBreach(CommandSession* session, const BreachWanted& wanted) {
  // Errors in the arguments are reported before a gateway is needed.
  ACCORD_RETURN_IF_ERROR(BreachRequest(wanted, "", absl::Now()).status());
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  const std::string reader = client->agency();
  ACCORD_ASSIGN_OR_RETURN(const Json request, BreachRequest(wanted, reader, absl::Now()));
  EntriesTold told;
  LogRead log;
  ACCORD_RETURN_IF_ERROR(ReadPages<audit::v1::ListEntriesResponse>(
      session, "entries",
      [&](const auto& page) {
        for (const auto& entry : page.entries()) told.emplace(entry.index(), entry);
        log.moved_before = std::max<int64_t>(log.moved_before, page.moved_before());
      },
      request));
  // The checkpoint is read last, so that the log that is reported includes every entry that
  // was read.
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get", "checkpoint", Json::object()));
  const auto& checkpoint = dynamic_cast<const audit::v1::Checkpoint&>(*answer);
  log.size = checkpoint.tree_size();
  log.root = Hex(checkpoint.root_hash());
  const std::vector<BreachLine> lines = BreachLines(told, reader, wanted.certificate);
  if (!wanted.csv_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(wanted.csv_file, BreachCsv(lines), FileKind::kPrivate));
  }
  if (session->format() == Format::kName) {
    std::set<std::string> records;
    for (const BreachLine& line : lines) records.insert(line.record);
    for (const std::string& record : records) std::cout << record << "\n";
  } else if (session->format() == Format::kTable) {
    std::cout << BreachTable(lines, log);
  } else {
    std::cout << PrintDocument(BreachJson(request, lines, log), session->format());
  }
  return wanted.hold.empty() ? absl::OkStatus() : HoldBreachRecords(session, lines, wanted.hold);
}

}  // namespace

void AddBreachCommands(CLI::App* app, CommandSession* session) {
  CLI::App* breach = AddCommand(app, session, "breach", "Tell what a breach touched, out of the log", nullptr)
                         ->require_subcommand(1)
                         ->group("Administration");
  auto wanted = std::make_shared<BreachWanted>();
  CLI::App* report =
      AddCommand(breach, session, "report",
                 "Report which of this agency's records an agency, a person or a certificate was shown or "
                 "changed within a time; -o name prints the records alone",
                 [=] { return ReportBreach(session, *wanted); });
  report->add_option("--from", wanted->from, "The report begins at this time; it must be given");
  report->add_option("--to", wanted->to,
                     "The report ends before this time, which must be past; it must be given");
  report->add_option("--agency", wanted->agency, "Only calls of this agency");
  report->add_option("--person", wanted->person, "Only calls of the person of this id");
  report->add_option("--certificate", wanted->certificate,
                     "Only calls by this certificate: its resource name, or hex digits of its fingerprint");
  report->add_option("--hold", wanted->hold,
                     "Put the referrals of the report under a legal hold of this agency, for this reason");
  report->add_option("--csv", wanted->csv_file, "Write the lines into this file as CSV, too")
      ->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
