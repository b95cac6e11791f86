#include "clients/accordctl/core/yaml_parser.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "clients/accordctl/core/document_builder.h"
#include "clients/accordctl/core/document_limits.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/yaml_faults.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// This checks sizes and bytes, before anything is made of them.
absl::Status CheckTextToParse(const std::string& text, const std::string& path) {
  if (text.size() > kMaxDocumentBytes) {
    return Refuse(rules::kFileTooLarge, absl::StrCat(path, ": is larger than ", kMaxDocumentBytes,
                                                     " bytes, the most that a document may have"));
  }
  const std::string_view begin = std::string_view(text).substr(0, 2);
  if (begin == "\xff\xfe" || begin == "\xfe\xff") {
    return YamlFaultAt(path, 0, 0, "is UTF-16 and not UTF-8: save it as UTF-8");
  }
  // The parser would take them for a text of two or four bytes a character.
  if (const std::size_t nul = text.find('\0'); nul != std::string::npos) {
    return YamlFaultAtByte(path, text, nul, "holds a NUL; documents are UTF-8 text: save it as UTF-8");
  }
  if (const std::size_t alone = FindLoneReturnFault(text); alone != std::string::npos) {
    return YamlFaultAtByte(path, text, alone,
                           "lines end with CR alone: save it with line ends of LF or CR LF");
  }
  // Bytes that are no UTF-8 cannot be written, and so could not be sent either.
  if (const std::size_t fault = FirstNonUtf8(text); fault != std::string_view::npos) {
    return YamlFaultAtByte(path, text, fault, "is not UTF-8 from here on: save it as UTF-8");
  }
  return absl::OkStatus();
}

// This gives the text as YAML's parser takes it. JSON writes a character above U+FFFF as two escapes, YAML as
// one. In JSON a backslash stands in strings alone, so that both can be told apart from text.
std::string TextToParse(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (first == std::string::npos || (text[first] != '{' && text[first] != '[') || !Json::accept(text))
    return text;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] != '\\' || i + 1 == text.size()) continue;
    const std::string_view rest = std::string_view(text).substr(i, 12);
    const auto hex = [&](std::size_t at) {
      return static_cast<uint32_t>(std::strtoul(std::string(rest.substr(at, 4)).c_str(), nullptr, 16));
    };
    const uint32_t high = rest[1] == 'u' ? hex(2) : 0;
    if (high >= 0xd800 && high < 0xdc00 && rest.size() == 12 && rest.substr(6, 2) == "\\u") {
      const uint32_t code = 0x10000 + ((high - 0xd800) << 10) + (hex(8) - 0xdc00);
      absl::StrAppend(&out, absl::StrFormat("U%08x", code));
      i += 11;
    } else {
      out += text[++i];
    }
  }
  return out;
}

}  // namespace

absl::StatusOr<Json> ParseYaml(const std::string& text, const std::string& path) {
  ACCORD_RETURN_IF_ERROR(CheckTextToParse(text, path));
  try {
    const std::string joined = TextToParse(text);
    std::istringstream in(joined);
    YAML::Parser parser(in);
    DocumentBuilder builder, rest;
    parser.HandleNextDocument(builder);
    if (const auto& quoted = builder.quoted(); quoted && HasQuotesFault(joined, quoted->pos)) {
      return YamlFaultAt(path, quoted->line, quoted->column, "the quotes that begin here are not closed");
    }
    if (parser.HandleNextDocument(rest)) {
      return YamlFaultAt(path, rest.begin().line, rest.begin().column,
                         "holds more than one document: put each into a file of its own");
    }
    return builder.Take();
  } catch (const YAML::Exception& error) {
    return YamlFaultAt(path, error.mark.line, error.mark.column,
                       YamlFaultText(error.msg, text, error.mark.line));
  }
}

std::string PlaceInYaml(const std::string& field, const std::string& text, const std::string& path) {
  if (field.empty() || !CheckTextToParse(text, path).ok()) return "";
  DocumentBuilder builder(field);
  try {
    std::istringstream in(TextToParse(text));
    YAML::Parser parser(in);
    parser.HandleNextDocument(builder);
  } catch (const YAML::Exception&) {
    return "";
  }
  if (!builder.found()) return "";
  return absl::StrCat(path, ":", builder.found()->line + 1, ":", builder.found()->column + 1);
}

}  // namespace accord::ctl
