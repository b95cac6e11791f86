// This reads the whole of a list, page by page.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_READ_PAGES_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_READ_PAGES_H_

#include <functional>
#include <string>

#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "common/base/error.h"

namespace accord::ctl {

// This reads every page of `list noun`, with the fields of `request` besides the page's.
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

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_READ_PAGES_H_
