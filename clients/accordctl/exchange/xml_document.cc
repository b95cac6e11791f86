#include "clients/accordctl/exchange/xml_document.h"

#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {
namespace {

std::string XmlText(std::string_view text) {
  return absl::StrReplaceAll(
      PlainLine(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&apos;"}});
}

}  // namespace

void XmlDocument::Begin(const std::string& name, const Attributes& attributes) {
  absl::StrAppend(&text_, std::string(2 * open_.size(), ' '), "<", name);
  for (const auto& [attribute, value] : attributes) {
    absl::StrAppend(&text_, " ", attribute, "=\"", XmlText(value), "\"");
  }
}

void XmlDocument::Open(const std::string& name, const Attributes& attributes) {
  Begin(name, attributes);
  text_ += ">\n";
  open_.push_back(name);
}

void XmlDocument::Close() {
  const std::string name = open_.back();
  open_.pop_back();
  absl::StrAppend(&text_, std::string(2 * open_.size(), ' '), "</", name, ">\n");
}

void XmlDocument::Leaf(const std::string& name, const Attributes& attributes, const std::string& text) {
  Begin(name, attributes);
  if (text.empty()) {
    text_ += "/>\n";
  } else {
    absl::StrAppend(&text_, ">", XmlText(text), "</", name, ">\n");
  }
}

std::string XmlDocument::Done() {
  while (!open_.empty()) Close();
  return std::move(text_);
}

}  // namespace accord::ctl
