#include "clients/accordctl/core/yaml_writer.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {
namespace {

constexpr std::size_t kIndent = 2;
// Parsers need not accept more than 1024 characters for an implicit key (YAML 1.2.2,
// section 7.4.2).
constexpr std::size_t kLongKey = 500;

// This says whether the text, in lower case, begins with a letter and still is not text: bool and null of
// YAML 1.1.
bool IsYamlKeyword(const std::string& text) {
  static constexpr std::array<std::string_view, 9> kWords = {"y",   "n",    "yes",   "no",  "on",
                                                             "off", "true", "false", "null"};
  const std::string lower = absl::AsciiStrToLower(text);
  return std::find(kWords.begin(), kWords.end(), lower) != kWords.end();
}

// This says whether the text may be written without quotes: it begins with a letter, so it cannot be a
// number, a day or an indicator, and has nothing that ends it.
bool IsPlainScalar(const std::string& text) {
  if (text.empty() || !absl::ascii_isalpha(static_cast<unsigned char>(text.front())) || text.back() == ' ' ||
      text.back() == ':' || IsYamlKeyword(text) || NeedsEscaping(text))
    return false;
  return text.find_first_of("#\n\t\r\"'\\") == std::string::npos && !absl::StrContains(text, ": ");
}

std::string QuotedScalar(const std::string& text) {
  std::string out = "\"";
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto [code, size] = FirstCharacter(rest);
    const std::string_view bytes = rest.substr(0, std::max<std::size_t>(size, 1));
    rest.remove_prefix(bytes.size());
    if (code == '"' || code == '\\') {
      absl::StrAppend(&out, "\\", std::string(bytes));
    } else if (code == '\n') {
      out += "\\n";
    } else if (code == '\t') {
      out += "\\t";
    } else if (code == '\r') {
      out += "\\r";
    } else if (code == kNoCharacter) {
      out += "\\uFFFD";
    } else if (!IsHidden(code)) {
      out += bytes;
    } else {
      absl::StrAppend(&out,
                      code < 0x10000 ? absl::StrFormat("\\u%04x", code) : absl::StrFormat("\\U%08x", code));
    }
  }
  return out + "\"";
}

// This says whether the text can be a literal block: neither its indentation nor its line ends could
// be misread.
bool IsBlockScalar(const std::string& text) {
  if (!absl::StrContains(text, '\n') || absl::StrContains(text, '\r') || absl::EndsWith(text, "\n\n") ||
      NeedsEscaping(text))
    return false;
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.front().empty() || lines.front().front() == ' ') return false;
  return std::none_of(lines.begin(), lines.end(), [](const std::string& line) {
    return !line.empty() && (line.front() == '\t' || line.find_first_not_of(" \t") == std::string::npos);
  });
}

class YamlWriter {
 public:
  // This gives the document; every line ends with a line feed.
  std::string Document(const Json& json) {
    if (IsOpen(json)) return Lines(json, 0);
    return json.is_string() ? Text(json.get<std::string>()) + "\n" : Value(json, 0) + "\n";
  }
  // The last value is a block whose final line feed is part of it.
  bool ends_in_block() const { return ends_in_block_; }

 private:
  static bool IsOpen(const Json& json) { return json.is_structured() && !json.empty(); }
  static std::string Text(const std::string& text) { return IsPlainScalar(text) ? text : QuotedScalar(text); }

  // This gives lines that each begin with `indent` blanks.
  std::string Lines(const Json& json, std::size_t indent) {
    const std::string pad(indent, ' ');
    std::string out;
    if (json.is_array()) {
      for (const Json& item : json) {
        if (IsOpen(item)) {
          absl::StrAppend(&out, pad, "- ", Lines(item, indent + kIndent).substr(indent + kIndent));
        } else {
          absl::StrAppend(&out, pad, "- ", Value(item, indent), "\n");
        }
      }
      return out;
    }
    for (const auto& [key, value] : json.items()) {
      const std::string written = Text(key);
      absl::StrAppend(&out, pad, written.size() < kLongKey ? written : absl::StrCat("? ", written, "\n", pad),
                      ":");
      if (IsOpen(value)) {
        absl::StrAppend(&out, "\n", Lines(value, indent + kIndent));
      } else {
        absl::StrAppend(&out, " ", Value(value, indent), "\n");
      }
    }
    return out;
  }

  // This gives the text after a key or a dash at `indent`, without its last line feed.
  std::string Value(const Json& json, std::size_t indent) {
    ends_in_block_ = false;
    if (json.is_object()) return "{}";
    if (json.is_array()) return "[]";
    if (json.is_null()) return "~";
    if (!json.is_string()) return DumpJson(json);
    const auto& text = json.get_ref<const std::string&>();
    if (!IsBlockScalar(text)) return Text(text);
    ends_in_block_ = text.back() == '\n';
    std::string out = ends_in_block_ ? "|" : "|-";
    const std::string_view lines = std::string_view(text).substr(0, text.size() - (ends_in_block_ ? 1 : 0));
    for (absl::string_view line : absl::StrSplit(absl::string_view(lines.data(), lines.size()), '\n')) {
      absl::StrAppend(&out, "\n", line.empty() ? "" : std::string(indent + kIndent, ' '), line);
    }
    return out;
  }

  bool ends_in_block_ = false;
};

}  // namespace

std::string ToYaml(const Json& json) {
  YamlWriter writer;
  std::string out = writer.Document(json);
  // The caller adds the last line end; but that of a block is part of the text.
  if (!writer.ends_in_block()) out.pop_back();
  return out;
}

}  // namespace accord::ctl
