#include "clients/accordctl/document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <sstream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace accord::ctl {
namespace {

// Of yaml-cpp's own kind, so that every fault of a document arrives alike.
[[noreturn]] void Fault(const YAML::Mark& mark, const std::string& what) {
  throw YAML::ParserException(mark, what);
}

// Builds the value from the parser's events: no tree of yaml-cpp's is made, in which an alias could lead in a
// circle.
class Builder : public YAML::EventHandler {
 public:
  Json Take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { Add(mark, nullptr); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Fault(mark, "an alias (*) is not taken: write the value out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    // A quoted scalar is a string whatever it looks like.
    if (tag != "!" && !WantsKey() && (value == "true" || value == "false")) return Add(mark, value == "true");
    Add(mark, value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    Open(mark, Json::array());
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    Open(mark, Json::object());
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  struct Level {
    Json* value;
    // Of a mapping, when its value is still to come.
    bool has_key = false;
    std::string key = {};
  };

  bool WantsKey() const { return !open_.empty() && open_.back().value->is_object() && !open_.back().has_key; }

  Json* Place(const YAML::Mark& mark, Json value) {
    if (++nodes_ > kMaxDocumentNodes)
      Fault(mark, absl::StrCat("has more than ", kMaxDocumentNodes, " values"));
    if (open_.empty()) return &(root_ = std::move(value));
    Level& level = open_.back();
    if (level.value->is_array()) {
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
  }
  void Open(const YAML::Mark& mark, Json value) {
    if (WantsKey()) Fault(mark, "a key must be a word");
    if (open_.size() >= kMaxDocumentDepth) Fault(mark, absl::StrCat("is deeper than ", kMaxDocumentDepth));
    Json* place = Place(mark, std::move(value));
    open_.push_back({place});
  }

  Json root_;
  // Values within these may not move: an element is added only to the innermost, whose own place is settled.
  std::vector<Level> open_;
  int nodes_ = 0;
};

// The parser itself does not recurse; what works on its result does.
template <class Input>
absl::StatusOr<Json> Bounded(Input&& input) {
  bool deep = false;
  const Json json = Json::parse(
      input,
      [&deep](int depth, Json::parse_event_t event, Json&) {
        const bool opens =
            event == Json::parse_event_t::array_start || event == Json::parse_event_t::object_start;
        deep = deep || (opens && depth >= kMaxDocumentDepth);
        return !deep;
      },
      /*allow_exceptions=*/false);
  if (deep) return absl::InvalidArgumentError(absl::StrCat("is deeper than ", kMaxDocumentDepth));
  if (json.is_discarded()) return absl::InvalidArgumentError("is no JSON");
  return json;
}

}  // namespace

absl::StatusOr<Json> ParseYaml(const std::string& text, const std::string& path) {
  if (text.size() > kMaxDocumentBytes) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": is larger than ", kMaxDocumentBytes, " bytes"));
  }
  // The parser would take them for a text of two or four bytes a character.
  if (text.find('\0') != std::string::npos) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": holds a NUL; documents are UTF-8 text"));
  }
  try {
    // Bytes that are no UTF-8 cannot be written, and so could not be sent either.
    static_cast<void>(Json(text).dump());
    std::istringstream in(text);
    YAML::Parser parser(in);
    Builder builder, rest;
    parser.HandleNextDocument(builder);
    if (parser.HandleNextDocument(rest)) {
      return absl::InvalidArgumentError(absl::StrCat(path, ": holds more than one document"));
    }
    return builder.Take();
  } catch (const Json::type_error&) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": is not UTF-8"));
  } catch (const YAML::Exception& error) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ":", error.mark.line + 1, ":", error.mark.column + 1, ": ", error.msg));
  }
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
