#include "clients/accordctl/views/page.h"

#include <cstdlib>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "clients/accordctl/core/embedded.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/training_mark.h"
#include "clients/accordctl/core/visible_text.h"

namespace accord::ctl {
namespace {

constexpr std::string_view kPartBegins = "<template id=\"", kTagEnds = "\">", kPartEnds = "</template>\n";

// This gives what every page has.
const PageForm& CommonForm() {
  static const auto* form = new PageForm("page.html");
  return *form;
}

}  // namespace

PageForm::PageForm(const std::string& file) {
  std::string_view text = Embedded(file);
  while (text.substr(0, kPartBegins.size()) == kPartBegins) {
    text.remove_prefix(kPartBegins.size());
    const std::size_t tag = text.find(kTagEnds), end = text.find(kPartEnds);
    if (tag == std::string_view::npos || end == std::string_view::npos || end < tag) std::abort();
    std::string_view part = text.substr(tag + kTagEnds.size(), end - tag - kTagEnds.size());
    if (!part.empty() && part.front() == '\n') part.remove_prefix(1);
    parts_.emplace(std::string(text.substr(0, tag)), std::string(part));
    text.remove_prefix(end + kPartEnds.size());
  }
  body_ = std::string(text);
}

std::string PageForm::Body(const PageValues& values) const {
  return FormWithTextValues(FormWithTexts(body_), values);
}

std::string PageForm::Part(const std::string& id, const PageValues& values) const {
  const auto found = parts_.find(id);
  if (found == parts_.end()) std::abort();
  return FormWithTextValues(FormWithTexts(found->second), values);
}

std::string PageOf(const std::string& title, const std::vector<std::string>& styles, const std::string& body,
                   const std::string& own_style) {
  std::string style;
  for (const std::string& file : styles) style.append(Embedded(file));
  style += own_style;
  if (IsTraining()) style.append(Embedded("training.css"));
  return CommonForm().Body({{"lang", std::string(TagOf(SpokenLanguage()))},
                            {"title", EscapedHtml(title)},
                            {"style", style},
                            {"training", IsTraining() ? CommonForm().Part("training") : ""},
                            {"body", body}});
}

std::string EscapedHtml(const std::string& text) {
  return absl::StrReplaceAll(
      Shown(text), {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

std::string ForeignText(const std::string& text) {
  return CommonForm().Part("foreign", {{"text", EscapedHtml(text)}});
}

std::string Counted(std::size_t count, const std::string& one, const std::string& many) {
  const bool single = SpokenLanguage() == Language::kFrench ? count < 2 : count == 1;
  return absl::StrCat(count, " ", Text(single ? one : many));
}

}  // namespace accord::ctl
