// Views over many records share this: reading every page, and writing a page of their own.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_VIEWS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_VIEWS_H_

#include <functional>
#include <string>

#include "absl/strings/str_replace.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/screen.h"
#include "clients/accordctl/views/page.h"
#include "common/base/error.h"

namespace accord::ctl {

// Every page of `list noun`, with the fields of `request` beside the page's.
template <class Response>
absl::Status Pages(CommandSession* session, const std::string& noun,
                   const std::function<void(const Response&)>& take, Json request = Json::object()) {
  std::string token;
  do {
    request["page_size"] = 500;
    if (!token.empty()) request["page_token"] = token;
    ACCORD_ASSIGN_OR_RETURN(const MessagePtr page, Invoke(session, "list", noun, request));
    const auto& response = dynamic_cast<const Response&>(*page);
    take(response);
    token = response.next_page_token();
  } while (!token.empty());
  return absl::OkStatus();
}

// Gives the first row of a table, in the language that is spoken.
inline Row Headings(Row english) {
  for (std::string& heading : english) heading = Text(heading);
  return english;
}

// What agencies are called, for those who read ids badly; with a day, `YYYY-MM-DD`, as they were called on
// it. Whoever did not exist then has the name of now.
absl::StatusOr<AgencyNames> NamesOfAgencies(CommandSession* session, const std::string& day = "");

// The name of an agency, or each name that it may have had on the day of the answer.
std::string NameTold(const registry::v1::Agency& agency);

// Gives the text by which a page tells for whom it was made.
absl::StatusOr<std::string> ReaderOf(CommandSession* session, const AgencyNames& agencies);

// This escapes text for an HTML page, within quotes or not.
inline std::string Escaped(const std::string& text) {
  return absl::StrReplaceAll(
      Shown(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_VIEWS_H_
