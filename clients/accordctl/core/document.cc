#include "clients/accordctl/core/document.h"

#include <fcntl.h>
#include <unistd.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/document_faults.h"
#include "clients/accordctl/core/screen.h"
#include "clients/accordctl/core/texts.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

// This throws an exception of yaml-cpp's own type, so that every fault of a document is caught in one place.
[[noreturn]] void Fault(const YAML::Mark& mark, const std::string& what) {
  throw YAML::ParserException(mark, what);
}

// The tag of text; every other that a document writes out would be guessed at.
constexpr char kTextTag[] = "tag:yaml.org,2002:str";

void CheckTag(const YAML::Mark& mark, const std::string& tag) {
  const bool none = tag.empty() || tag == "?" || tag == "!";
  if (!none && tag != kTextTag) Fault(mark, "a tag (!) is not taken: write the value alone");
}

// Builds the value from the parser's events: no tree of yaml-cpp's is made, in which an alias could lead in
// a circle.
class Builder : public YAML::EventHandler {
 public:
  // `sought`: the path of a field whose place is wanted.
  explicit Builder(std::string sought = "") : sought_(std::move(sought)) {}

  Json Take() { return std::move(root_); }

  // Says where the document begins.
  const YAML::Mark& begin() const { return begin_; }

  // Says where the last text begins that may stand in quotes; nothing if there is none.
  const std::optional<YAML::Mark>& quoted() const { return quoted_; }

  // Where the field that was sought stands; nothing if the document has none of its path.
  const std::optional<YAML::Mark>& found() const { return found_; }

  void OnDocumentStart(const YAML::Mark& mark) override { begin_ = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { Add(mark, nullptr); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Fault(mark, "an alias (*) is not taken: write the value out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    CheckTag(mark, tag);
    // A quoted scalar is a string whatever it looks like.
    const bool is_text = tag == "!" || tag == kTextTag;
    if (is_text) quoted_ = mark;
    if (!is_text && !WantsKey() && (value == "true" || value == "false")) return Add(mark, value == "true");
    Add(mark, value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    CheckTag(mark, tag);
    Open(mark, Json::array());
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    CheckTag(mark, tag);
    Open(mark, Json::object());
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  struct Level {
    Json* value;
    // A mapping has its key when the value is still to come.
    bool has_key = false;
    std::string key = {};
  };

  bool WantsKey() const { return !open_.empty() && open_.back().value->is_object() && !open_.back().has_key; }

  // Gives the path to what is read now: the keys and numbers of all that is open.
  std::string Path() const {
    std::vector<std::string> parts;
    for (const Level& level : open_) {
      // An element that is open has been added already.
      const std::size_t next = level.value->size() - (&level == &open_.back() ? 0 : 1);
      parts.push_back(level.value->is_array() ? absl::StrCat(next) : level.key);
    }
    return absl::StrJoin(parts, ".");
  }
  void Compare(const YAML::Mark& mark) {
    if (!sought_.empty() && !found_ && Path() == sought_) found_ = mark;
  }

  Json* Place(const YAML::Mark& mark, Json value) {
    if (++nodes_ > kMaxDocumentNodes)
      Fault(mark, absl::StrCat("has more than ", kMaxDocumentNodes, " values"));
    if (open_.empty()) return &(root_ = std::move(value));
    Level& level = open_.back();
    if (level.value->is_array()) {
      Compare(mark);
      level.value->push_back(std::move(value));
      return &level.value->back();
    }
    level.has_key = false;
    return &((*level.value)[level.key] = std::move(value));
  }
  void Add(const YAML::Mark& mark, Json value) {
    if (!WantsKey()) {
      Place(mark, std::move(value));
      return;
    }
    Level& level = open_.back();
    level.key = value.is_string() ? value.get<std::string>() : "null";
    if (level.value->size() >= kMaxDocumentKeys)
      Fault(mark, absl::StrCat("has more than ", kMaxDocumentKeys, " keys"));
    if (level.value->contains(level.key)) Fault(mark, "the same key stands here twice");
    level.has_key = true;
    Compare(mark);
  }
  void Open(const YAML::Mark& mark, Json value) {
    if (WantsKey()) Fault(mark, "a key must be a word");
    if (open_.size() >= kMaxDocumentDepth) Fault(mark, absl::StrCat("is deeper than ", kMaxDocumentDepth));
    Json* place = Place(mark, std::move(value));
    open_.push_back({place});
  }

  const std::string sought_;
  std::optional<YAML::Mark> found_, quoted_;
  Json root_;
  YAML::Mark begin_;
  // Values within these may not move: an element is added only to the innermost, whose own place is settled.
  std::vector<Level> open_;
  int nodes_ = 0;
};

// The parser itself does not recurse; what works on its result does.
template <class Input>
absl::StatusOr<Json> Bounded(Input&& input) {
  bool deep = false, twice = false;
  // These are the keys of the objects that are open.
  std::vector<std::set<std::string>> keys;
  const Json json = Json::parse(
      input,
      [&](int depth, Json::parse_event_t event, Json& parsed) {
        using Event = Json::parse_event_t;
        const bool opens = event == Event::array_start || event == Event::object_start;
        deep = deep || (opens && depth >= kMaxDocumentDepth);
        if (event == Event::object_start) keys.emplace_back();
        if (event == Event::object_end && !keys.empty()) keys.pop_back();
        if (event == Event::key) {
          twice = twice || keys.empty() || !keys.back().insert(parsed.get<std::string>()).second;
        }
        return !deep && !twice;
      },
      /*allow_exceptions=*/false);
  if (twice) return absl::InvalidArgumentError("names one key twice");
  if (deep) return absl::InvalidArgumentError(absl::StrCat("is deeper than ", kMaxDocumentDepth));
  if (json.is_discarded()) return absl::InvalidArgumentError("is no JSON");
  return json;
}

absl::Status At(const std::string& path, int line, int column, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ":", line + 1, ":", column + 1, ": ", Text(what)));
}

// This names the fault at a byte of the text.
absl::Status AtByte(const std::string& path, const std::string& text, std::size_t byte,
                    const std::string& what) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(byte);
  const std::size_t line_begin = byte == 0 ? std::string::npos : text.rfind('\n', byte - 1);
  return At(path, static_cast<int>(std::count(text.begin(), end, '\n')),
            static_cast<int>(line_begin == std::string::npos ? byte : byte - line_begin - 1), what);
}

// Sizes and bytes, before anything is made of them.
absl::Status CheckText(const std::string& text, const std::string& path) {
  if (text.size() > kMaxDocumentBytes) {
    return Refuse(rules::kFileTooLarge, absl::StrCat(path, ": is larger than ", kMaxDocumentBytes,
                                                     " bytes, the most that a document may have"));
  }
  const std::string_view begin = std::string_view(text).substr(0, 2);
  if (begin == "\xff\xfe" || begin == "\xfe\xff") {
    return At(path, 0, 0, "is UTF-16 and not UTF-8: save it as UTF-8");
  }
  // The parser would take them for a text of two or four bytes a character.
  if (const std::size_t nul = text.find('\0'); nul != std::string::npos) {
    return AtByte(path, text, nul, "holds a NUL; documents are UTF-8 text: save it as UTF-8");
  }
  if (const std::size_t alone = LoneReturn(text); alone != std::string::npos) {
    return AtByte(path, text, alone, "lines end with CR alone: save it with line ends of LF or CR LF");
  }
  // Bytes that are no UTF-8 cannot be written, and so could not be sent either.
  if (const std::size_t fault = FirstFault(text); fault != std::string_view::npos) {
    return AtByte(path, text, fault, "is not UTF-8 from here on: save it as UTF-8");
  }
  return absl::OkStatus();
}

// JSON writes a character above U+FFFF as two escapes, YAML as one. In JSON a backslash stands in strings
// alone, so that both can be told apart from text.
std::string WithJoinedPairs(const std::string& text) {
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

absl::Status Empty(const std::string& file) {
  return absl::InvalidArgumentError(absl::StrCat(file, ": ", Text("is empty: is it the right file?")));
}

}  // namespace

absl::StatusOr<std::string> ReadInput(const std::string& path, const std::string& what,
                                      std::size_t most_bytes) {
  auto text = ReadFile(path, most_bytes);
  if (text.ok() || accord::RuleOf(text.status()) == rules::kFileTooLarge.reason) return text;
  // A pipe whose writer has gone would be waited for.
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char byte = 0;
  const auto got = file < 0 ? -1 : read(file, &byte, 1);
  const std::string why = got < 0 ? std::strerror(errno) : "it changed while it was read";
  if (file >= 0) close(file);
  if (got == 0) return "";
  return Refuse(rules::kFileMissing, absl::StrCat(path, what.empty() ? "" : ", ", what, ": ", why));
}

absl::StatusOr<std::string> ReadFilled(const std::string& path, const std::string& what) {
  if (path.empty()) return absl::InvalidArgumentError(absl::StrCat(what, ": no file is named"));
  auto text = ReadInput(path, what);
  if (text.ok() && text->empty()) return Empty(absl::StrCat(path, ", ", what));
  return text;
}

absl::Status RefuseEmpty(const std::string& path) {
  std::error_code error;
  return std::filesystem::file_size(path, error) != 0 || error ? absl::OkStatus() : Empty(path);
}

absl::StatusOr<Json> ParseYaml(const std::string& text, const std::string& path) {
  ACCORD_RETURN_IF_ERROR(CheckText(text, path));
  try {
    const std::string joined = WithJoinedPairs(text);
    std::istringstream in(joined);
    YAML::Parser parser(in);
    Builder builder, rest;
    parser.HandleNextDocument(builder);
    if (const auto& quoted = builder.quoted(); quoted && !AreQuotesClosed(joined, quoted->pos)) {
      return At(path, quoted->line, quoted->column, "the quotes that begin here are not closed");
    }
    if (parser.HandleNextDocument(rest)) {
      return At(path, rest.begin().line, rest.begin().column,
                "holds more than one document: put each into a file of its own");
    }
    return builder.Take();
  } catch (const YAML::Exception& error) {
    return At(path, error.mark.line, error.mark.column, YamlFault(error.msg, text, error.mark.line));
  }
}

std::string PlaceOf(const std::string& field, const std::string& text, const std::string& path) {
  if (field.empty() || !CheckText(text, path).ok()) return "";
  Builder builder(field);
  try {
    std::istringstream in(WithJoinedPairs(text));
    YAML::Parser parser(in);
    parser.HandleNextDocument(builder);
  } catch (const YAML::Exception&) {
    return "";
  }
  if (!builder.found()) return "";
  return absl::StrCat(path, ":", builder.found()->line + 1, ":", builder.found()->column + 1);
}

absl::StatusOr<Json> ParseJson(const std::string& text) { return Bounded(text); }

absl::StatusOr<Json> ParseJson(std::istream& in) { return Bounded(in); }

std::string TextAt(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string Dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace accord::ctl
