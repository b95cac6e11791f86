// This lets the user fill in a file with an editor.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_EDITOR_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_EDITOR_H_

#include <functional>
#include <string>

#include "absl/status/status.h"

namespace accord::ctl {

// This opens `text` in $VISUAL, $EDITOR or vi, in a file that only this user may read, and passes the path of
// the saved file to `send`. If the content is refused, the editor opens again with the refusal as comments on
// top, until it is accepted or the user gives up by saving it unchanged or without any field. Then, and after
// any other error, the file is kept and the status says where. With `kept` it is also kept after success, and
// `kept` gets its path.
absl::Status EditAndSend(const std::string& text, const std::function<absl::Status(const std::string&)>& send,
                         std::string* kept = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_EDITOR_H_
