// Filling in a file with the editor of one's choice.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_EDIT_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_EDIT_H_

#include <functional>
#include <string>

#include "absl/status/status.h"

namespace accord::ctl {

// Opens `text` in $VISUAL, $EDITOR or vi, in a file that only this user reads, and hands what was saved to
// `send` by its path. What is refused for what was written comes back with the refusal as comments on top,
// until it is taken or given up: by saving it unchanged, or without any field. Then, and after every other
// fault, the file stays and the status says where. With `kept` it also stays when it was taken, and `kept`
// says where.
absl::Status EditAndSend(const std::string& text, const std::function<absl::Status(const std::string&)>& send,
                         std::string* kept = nullptr);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_EDIT_H_
