#include "clients/accordctl/core/document_builder.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/document_limits.h"

namespace accord::ctl {
namespace {

// This throws an exception of yaml-cpp's own type, so that every fault of a document is caught in one place.
[[noreturn]] void DocumentFault(const YAML::Mark& mark, const std::string& what) {
  throw YAML::ParserException(mark, what);
}

// This is the tag of text; every other tag that a document writes out would be guessed at.
constexpr char kTextTag[] = "tag:yaml.org,2002:str";

void CheckDocumentTag(const YAML::Mark& mark, const std::string& tag) {
  const bool none = tag.empty() || tag == "?" || tag == "!";
  if (!none && tag != kTextTag) DocumentFault(mark, "a tag (!) is not taken: write the value alone");
}

}  // namespace

void DocumentBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  DocumentFault(mark, "an alias (*) is not taken: write the value out");
}

void DocumentBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                               const std::string& value) {
  CheckDocumentTag(mark, tag);
  // A quoted scalar is a string whatever it looks like.
  const bool is_text = tag == "!" || tag == kTextTag;
  if (is_text) quoted_ = mark;
  if (!is_text && !WantsKey() && (value == "true" || value == "false")) return Add(mark, value == "true");
  Add(mark, value);
}

void DocumentBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                                      YAML::EmitterStyle::value) {
  CheckDocumentTag(mark, tag);
  Open(mark, Json::array());
}

void DocumentBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                                 YAML::EmitterStyle::value) {
  CheckDocumentTag(mark, tag);
  Open(mark, Json::object());
}

std::string DocumentBuilder::Path() const {
  std::vector<std::string> parts;
  for (const Level& level : open_) {
    // An element that is open has been added already.
    const std::size_t next = level.value->size() - (&level == &open_.back() ? 0 : 1);
    parts.push_back(level.value->is_array() ? absl::StrCat(next) : level.key);
  }
  return absl::StrJoin(parts, ".");
}

void DocumentBuilder::Compare(const YAML::Mark& mark) {
  if (!sought_.empty() && !found_ && Path() == sought_) found_ = mark;
}

Json* DocumentBuilder::Place(const YAML::Mark& mark, Json value) {
  if (++nodes_ > kMaxDocumentNodes)
    DocumentFault(mark, absl::StrCat("has more than ", kMaxDocumentNodes, " values"));
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

void DocumentBuilder::Add(const YAML::Mark& mark, Json value) {
  if (!WantsKey()) {
    Place(mark, std::move(value));
    return;
  }
  Level& level = open_.back();
  level.key = value.is_string() ? value.get<std::string>() : "null";
  if (level.value->size() >= kMaxDocumentKeys)
    DocumentFault(mark, absl::StrCat("has more than ", kMaxDocumentKeys, " keys"));
  if (level.value->contains(level.key)) DocumentFault(mark, "the same key stands here twice");
  level.has_key = true;
  Compare(mark);
}

void DocumentBuilder::Open(const YAML::Mark& mark, Json value) {
  if (WantsKey()) DocumentFault(mark, "a key must be a word");
  if (open_.size() >= kMaxDocumentDepth)
    DocumentFault(mark, absl::StrCat("is deeper than ", kMaxDocumentDepth));
  Json* place = Place(mark, std::move(value));
  open_.push_back({place});
}

}  // namespace accord::ctl
