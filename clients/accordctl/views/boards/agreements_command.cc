// `accordctl agreements` prints the agreements as a table or as one self-contained page.
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/boards/agreements.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

absl::StatusOr<AgreementsView> LoadAgreements(CommandSession* session) {
  AgreementsView view;
  view.now = absl::Now();
  std::vector<protocols::v1::Protocol> seen;
  ACCORD_RETURN_IF_ERROR(ReadPages<protocols::v1::ListProtocolsResponse>(
      session, "protocols",
      [&](const auto& page) { seen.insert(seen.end(), page.protocols().begin(), page.protocols().end()); }));
  view.agreements = AgreementsOn(seen, FormatDay(OntarioDay(view.now)));
  ACCORD_ASSIGN_OR_RETURN(view.agencies, NamesOfAgencies(session));
  return view;
}

absl::Status PrintAgreements(CommandSession* session, const std::string& html_file) {
  ACCORD_ASSIGN_OR_RETURN(const AgreementsView view, LoadAgreements(session));
  if (!html_file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(html_file, AgreementsPage(view), FileKind::kPrivate));
    const std::string counted = Counted(view.agreements.size(), "agreement of a pair", "agreements of pairs");
    std::cout << Text("{{counted}} in {{file}}", {{"counted", counted}, {"file", html_file}}) << "\n";
  } else if (session->format() == Format::kName) {
    for (const Agreement& each : view.agreements) {
      if (each.stands) std::cout << each.protocol << "\n";
    }
  } else if (session->format() != Format::kTable) {
    std::cout << PrintDocument(AgreementsJson(view), session->format());
  } else {
    std::cout << AgreementsTable(view);
  }
  return absl::OkStatus();
}

}  // namespace

void AddAgreementsCommand(CLI::App* app, CommandSession* session) {
  auto file = std::make_shared<std::string>();
  AddCommand(app, session, "agreements",
             "Show which agencies may exchange what, under which protocol and until when",
             [=] { return PrintAgreements(session, *file); })
      ->group("Views")
      ->add_option("--html", *file, "Write a page for those who sign instead of printing a table")
      ->check(FaultOfFileToWrite);
}

}  // namespace accord::ctl
