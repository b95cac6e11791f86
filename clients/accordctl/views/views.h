// Functions that views over many records share: reading every page, and writing a page of
// their own.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_VIEWS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_VIEWS_H_

#include <functional>
#include <string>

#include "absl/strings/str_replace.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/views/page.h"
#include "common/base/error.h"

namespace accord::ctl {

// Reads every page of `list noun`, with the fields of `request` besides the page's.
template <class Response>
absl::Status ReadPages(CommandSession* session, const std::string& noun,
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

// Gives the first row of a table, in the session's language.
inline Row TableHeadings(Row english) {
  for (std::string& heading : english) heading = Text(heading);
  return english;
}

// Gives agencies' names, for readers who do not know their ids; with a day, `YYYY-MM-DD`, the names
// on that day. An agency that did not exist then has its present name.
absl::StatusOr<AgencyNames> NamesOfAgencies(CommandSession* session, const std::string& day = "");

// Gives the name of an agency, or each name that it may have had on the day of the answer.
std::string NamesOnDay(const registry::v1::Agency& agency);

// Gives the text that says for whom a page was made.
absl::StatusOr<std::string> PageReader(CommandSession* session, const AgencyNames& agencies);

// Escapes text for an HTML page, inside or outside of quotes.
inline std::string EscapedHtml(const std::string& text) {
  return absl::StrReplaceAll(
      Shown(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_VIEWS_H_
