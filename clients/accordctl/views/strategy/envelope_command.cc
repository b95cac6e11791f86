// `accordctl strategy envelope NAME` shows what is committed of it and what is free, as the office or the
// ministry whose money it is.
#include <iostream>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/strategy/envelope.h"
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
    std::cout << EnvelopeTables(view);
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
