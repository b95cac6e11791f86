#include "clients/accordctl/core/wrap_text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace accord::ctl {

std::string WrapText(const std::string& text, std::size_t width, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::vector<std::string> lines;
  for (const std::string& paragraph : std::vector<std::string>(absl::StrSplit(text, '\n'))) {
    // Leading blanks of a line are kept.
    const std::string lead =
        margin + std::string(std::min(paragraph.find_first_not_of(' '), paragraph.size()), ' ');
    std::string line = lead;
    for (const std::string& word :
         std::vector<std::string>(absl::StrSplit(paragraph, ' ', absl::SkipEmpty()))) {
      if (line.size() > lead.size() && line.size() + 1 + word.size() > width) {
        lines.push_back(line);
        line = lead;
      }
      absl::StrAppend(&line, line.size() > lead.size() ? " " : "", word);
    }
    lines.push_back(line);
  }
  return absl::StrJoin(lines, "\n").substr(indent);
}

}  // namespace accord::ctl
