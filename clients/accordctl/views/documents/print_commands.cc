// `accordctl referral print NAME`, and the same of a protocol, an accused and a certificate, prints one
// record as a document for people to standard output.
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/who_may_call.h"
#include "clients/accordctl/core/zone.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/documents/documents.h"
#include "clients/accordctl/views/page_reader.h"
#include "clients/accordctl/views/printed_cells.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

template <class Record>
absl::Status PrintRecord(CommandSession* session, const std::string& noun, const std::string& given,
                         const std::string& day,
                         PrintedDocument (*document_of)(const Record&, const PrintedFor&)) {
  const Command* get = FindCommand("get", noun);
  if (get == nullptr) return absl::UnimplementedError(absl::StrCat("no command get ", noun));
  ACCORD_ASSIGN_OR_RETURN(const std::string name, WholeName(session, *get, given));
  PrintedFor whom;
  ACCORD_ASSIGN_OR_RETURN(whom.agencies, NamesOfAgencies(session, day));
  ACCORD_ASSIGN_OR_RETURN(whom.reader, PageReader(session, whom.agencies));
  whom.zone = CallersZone();
  // The record is read last: what the client then tells as masked is of this answer.
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, *get, {{"name", name}}));
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  whom.masked = {client->masked().begin(), client->masked().end()};
  whom.now = absl::Now();
  const auto& record = dynamic_cast<const Record&>(*answer);
  std::cout << PrintedPage(document_of(record, whom), whom);
  return absl::OkStatus();
}

// The command stands below the noun, beside those that the protos give it.
template <class Record>
void AddPrint(CLI::App* app, CommandSession* session, const std::string& noun, const std::string& what,
              PrintedDocument (*document_of)(const Record&, const PrintedFor&)) {
  CLI::App* of_noun = AddCommand(app, session, noun, "", nullptr)->group("");
  auto name = std::make_shared<std::string>(), day = std::make_shared<std::string>();
  CLI::App* print =
      AddCommand(of_noun, session, "print", absl::StrCat("Write ", what, " as an HTML page for paper"),
                 [=] { return PrintRecord<Record>(session, noun, *name, *day, document_of); });
  print->add_option("NAME", *name, "The record's name, or its last part")->required();
  print->add_option("--as-of", *day, "Name agencies as they were called on this day, YYYY-MM-DD");
  const Command* get = FindCommand("get", noun);
  if (get != nullptr) print->footer(absl::StrCat("Who may: ", WhoMayCall(get->method), "."));
}

}  // namespace

void AddPrintCommands(CLI::App* app, CommandSession* session) {
  AddPrint(app, session, "referral", "a referral", &ReferralDocument);
  AddPrint(app, session, "protocol", "the text of a protocol with its digest and signatures",
           &ProtocolDocument);
  AddPrint(app, session, "accused", "the clock of a prosecution", &ClockDocument);
  AddPrint(app, session, "completion-certificate", "the record of a training certificate",
           &CertificateDocument);
}

}  // namespace accord::ctl
