// `accordctl strategy envelope NAME` shows what is committed of it and what is free, as the office or the
// ministry whose money it is.
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/strategy/envelope_page.h"
#include "clients/accordctl/views/strategy/strategy_records.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

absl::StatusOr<EnvelopeView> LoadEnvelopeView(CommandSession* session, const std::string& named) {
  EnvelopeView view;
  view.now = absl::Now();
  ACCORD_ASSIGN_OR_RETURN(const std::string name, WholeName(session, *FindCommand("get", "envelope"), named));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  strategy::v1::GetEnvelopePositionRequest request;
  request.set_name(name);
  ACCORD_RETURN_IF_ERROR(
      client->Call("/accord.strategy.v1.MoneyService/GetEnvelopePosition", request, &view.position));
  ACCORD_ASSIGN_OR_RETURN(view.allocations, LoadAllocations(session, name));
  ACCORD_ASSIGN_OR_RETURN(view.agencies, NamesOfAgencies(session));
  return view;
}

Json EnvelopeJson(const EnvelopeView& view) {
  Json allocations = Json::array();
  for (const auto& allocation : view.allocations) allocations.push_back(ToJson(allocation));
  return {{"position", ToJson(view.position)}, {"allocations", allocations}};
}

void PrintEnvelopeTables(const EnvelopeView& view) {
  const auto& position = view.position;
  std::string stated = QualifierText(position.envelope().qualifier());
  absl::StrAppend(&stated, stated.empty() ? "" : " ", position.envelope().as_stated());
  std::vector<Row> rows = {TableHeadings({"OF", "CEILING", "COMMITTED", "FREE", "AS STATED"}),
                           {Text("all years"), MoneyText(position.envelope().total_cents()),
                            MoneyText(position.committed_cents()), MoneyText(position.free_cents()), stated}};
  for (const auto& year : position.years()) {
    const bool known = year.has_ceiling_cents();
    rows.push_back({year.fiscal_year(), known ? MoneyText(year.ceiling_cents()) : "",
                    MoneyText(year.committed_cents()),
                    known ? MoneyText(year.ceiling_cents() - year.committed_cents()) : "", ""});
  }
  std::cout << position.envelope().title() << "\n" << Table(rows);
  if (view.allocations.empty()) return;
  std::vector<Row> allocations = {TableHeadings({"RECIPIENT", "YEAR", "AMOUNT", "STATE"})};
  for (const auto& allocation : view.allocations) {
    allocations.push_back({allocation.recipient(), allocation.fiscal_year(),
                           MoneyText(allocation.amount_cents()), AllocationWords(allocation.state())});
  }
  std::cout << "\n" << Table(allocations);
}

absl::Status PrintEnvelope(CommandSession* session, const std::string& name, const std::string& html_file) {
  ACCORD_ASSIGN_OR_RETURN(const EnvelopeView view, LoadEnvelopeView(session, name));
  if (!html_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(html_file, EnvelopePage(view), FileKind::kPrivate));
    std::cout << Text("{{counted}} in {{file}}",
                      {{"counted", Counted(view.allocations.size(), "allocation", "allocations")},
                       {"file", html_file}})
              << "\n";
  } else if (session->format() == Format::kName) {
    std::cout << view.position.envelope().name() << "\n";
  } else if (session->format() != Format::kTable) {
    std::cout << PrintDocument(EnvelopeJson(view), session->format());
  } else {
    PrintEnvelopeTables(view);
  }
  return absl::OkStatus();
}

}  // namespace

void AddEnvelopeCommand(CLI::App* strategy, CommandSession* session) {
  const auto name = std::make_shared<std::string>(), file = std::make_shared<std::string>();
  CLI::App* command =
      AddCommand(strategy, session, "envelope",
                 "Show what is committed of an envelope and what is free, with the purpose funding",
                 [=] { return PrintEnvelope(session, *name, *file); });
  command->add_option("name", *name, "agencies/.../envelopes/..., or its last part")->required();
  command->add_option("--html", *file, "Write a page instead of printing tables")->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
