#include "clients/accordctl/operate/config_edit.h"

#include <sys/stat.h>
#include <unistd.h>

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/input_files.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

bool IsConfigWordCharacter(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// This gives the position after a quoted string or a comment that begins at `at`; `at` itself if there
// is neither.
std::size_t PastConfigStringOrComment(const std::string& text, std::size_t at) {
  if (text[at] == '#') return std::min(text.find('\n', at), text.size());
  if (text[at] != '"' && text[at] != '\'') return at;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != text[at]) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

std::size_t PastConfigBlanks(const std::string& text, std::size_t at) {
  while (at < text.size() && absl::ascii_isspace(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

struct Span {
  std::size_t begin, end;
};

// This finds every `field: "..."`; it is nullopt if the field is written in another form.
std::optional<std::vector<Span>> FindFieldStrings(const std::string& text, const std::string& field) {
  std::vector<Span> found;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t past = PastConfigStringOrComment(text, at); past != at) {
      at = past;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && IsConfigWordCharacter(text[end])) ++end;
    if (text.compare(at, end - at, field) == 0) {
      std::size_t value = PastConfigBlanks(text, end);
      if (value >= text.size() || text[value] != ':') return std::nullopt;
      value = PastConfigBlanks(text, value + 1);
      if (value >= text.size() || text[value] != '"') return std::nullopt;
      end = PastConfigStringOrComment(text, value);
      found.push_back({at, end});
    }
    at = std::max(end, at + 1);
  }
  return found;
}

}  // namespace

absl::StatusOr<std::string> WithFieldStrings(const std::string& text, const std::string& field,
                                             const std::vector<std::string>& values) {
  const auto found = FindFieldStrings(text, field);
  if (!found || found->empty()) {
    return absl::InvalidArgumentError(absl::StrCat("write ", field, ": \"...\" once for each value"));
  }
  // The new values are on separate lines, or on one line if the first one shares its line.
  const std::size_t first = found->front().begin;
  const std::size_t line = text.rfind('\n', first) + 1;
  const std::string indent = text.substr(line, first - line);
  const bool alone = indent.find_first_not_of(" \t") == std::string::npos;
  std::string out = text.substr(0, first);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].find_first_of("\"\\\n") != std::string::npos) {
      return absl::InvalidArgumentError("a file's name holds a quote, a backslash or a line's end");
    }
    absl::StrAppend(&out, i == 0 ? "" : alone ? "\n" + indent : " ", field, ": \"", values[i], "\"");
  }
  std::size_t from = found->front().end;
  for (std::size_t i = 1; i < found->size(); ++i) {
    std::string between = text.substr(from, (*found)[i].begin - from);
    between.erase(between.find_last_not_of(" \t\n") + 1);
    absl::StrAppend(&out, between);
    from = (*found)[i].end;
  }
  return out + text.substr(from);
}

absl::Status EditFieldStrings(const std::string& file, const std::string& field,
                              const std::vector<std::string>& values) {
  ACCORD_ASSIGN_OR_RETURN(const std::string text, ReadInputFile(file));
  const auto changed = WithFieldStrings(text, field, values);
  if (!changed.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(file, ": ", std::string(changed.status().message())));
  }
  struct stat before {};
  stat(file.c_str(), &before);
  ACCORD_RETURN_IF_ERROR(WriteFileDurably(file, *changed));
  // The service's user must still be able to read the file.
  const bool kept = chmod(file.c_str(), before.st_mode & 07777) == 0 &&
                    (geteuid() != 0 || chown(file.c_str(), before.st_uid, before.st_gid) == 0);
  return kept ? absl::OkStatus()
              : accord::Refuse(rules::kFileNotWritten, absl::StrCat("cannot keep the owner of ", file));
}

}  // namespace accord::ctl
