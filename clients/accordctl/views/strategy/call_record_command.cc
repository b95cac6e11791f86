// `accordctl strategy call-record NAME` shows how a call came to its order.
#include <iostream>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/short_names.h"
#include "clients/accordctl/core/zone.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page_reader.h"
#include "clients/accordctl/views/printed_cells.h"
#include "clients/accordctl/views/strategy/call_record.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// This gives all pages of it as one.
absl::StatusOr<strategy::v1::FundingCallRecord> LoadCallRecord(CommandSession* session,
                                                               const std::string& name) {
  strategy::v1::FundingCallRecord record;
  Json request = {{"name", name}, {"page_size", 500}};
  std::string token;
  do {
    if (!token.empty()) request["page_token"] = token;
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "get-record", "funding-call", request));
    const auto& page = dynamic_cast<const strategy::v1::FundingCallRecord&>(*answer);
    if (token.empty()) {
      record = page;
    } else {
      record.mutable_applications()->MergeFrom(page.applications());
    }
    token = page.next_page_token();
  } while (!token.empty());
  record.clear_next_page_token();
  return record;
}

absl::Status PrintCallRecord(CommandSession* session, const std::string& given, bool html) {
  const Command* get = FindCommand("get", "funding-call");
  if (get == nullptr) return absl::UnimplementedError("no command get funding-call");
  ACCORD_ASSIGN_OR_RETURN(const std::string name, WholeName(session, *get, given));
  PrintedFor whom;
  if (html) {
    ACCORD_ASSIGN_OR_RETURN(whom.agencies, NamesOfAgencies(session));
    ACCORD_ASSIGN_OR_RETURN(whom.reader, PageReader(session, whom.agencies));
    whom.zone = CallersZone();
    whom.now = absl::Now();
  }
  ACCORD_ASSIGN_OR_RETURN(const strategy::v1::FundingCallRecord record, LoadCallRecord(session, name));
  if (html) {
    ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
    whom.masked = {client->masked().begin(), client->masked().end()};
    std::cout << PrintedPage(CallRecordDocument(record, whom), whom);
  } else if (session->format() == Format::kName) {
    for (const auto& each : record.applications()) std::cout << each.funding_application() << "\n";
  } else if (session->format() == Format::kTable) {
    std::cout << Table(CallRecordRows(record));
  } else {
    std::cout << PrintDocument(ToJson(record), session->format());
  }
  return absl::OkStatus();
}

}  // namespace

void AddCallRecordCommand(CLI::App* strategy, CommandSession* session) {
  auto name = std::make_shared<std::string>();
  auto html = std::make_shared<bool>(false);
  CLI::App* command =
      AddCommand(strategy, session, "call-record",
                 "Show how a call came to its order: criteria, declarations, scores, ranks and tie-breaks",
                 [=] { return PrintCallRecord(session, *name, *html); });
  command->add_option("NAME", *name, "The call's name, or its last part")->required();
  command->add_flag("--html", *html, "Write it as an HTML page, which loads nothing, to standard output");
}

}  // namespace accord::ctl
