#include "clients/accordctl/core/texts.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/embedded.h"
#include "clients/accordctl/core/session_language.h"

namespace accord::ctl {
namespace {

using FrenchTexts = std::map<std::string, std::string, std::less<>>;

// This reads the catalogue. A line is English, French and a mark, separated by tabs; a line that begins with
// # is a comment.
const FrenchTexts& FrenchTextCatalogue() {
  static const auto* texts = [] {
    auto* read = new FrenchTexts;
    const std::string_view file = Embedded("texts.tsv");
    for (const absl::string_view line : absl::StrSplit(absl::string_view(file.data(), file.size()), '\n')) {
      const std::vector<std::string> fields = absl::StrSplit(line, '\t');
      if (fields.size() == 3 && fields[0].substr(0, 1) != "#") read->emplace(fields[0], fields[1]);
    }
    return read;
  }();
  return *texts;
}

// This joins a text that is on several lines of a form.
std::string JoinedTextLines(std::string_view text) {
  return absl::StrReplaceAll(absl::string_view(text.data(), text.size()), {{"\n", " "}});
}

std::string TextOfForm(std::string_view english) {
  if (SpokenLanguage() == Language::kFrench) {
    const auto found = FrenchTextCatalogue().find(JoinedTextLines(english));
    if (found != FrenchTextCatalogue().end()) return found->second;
  }
  for (const std::string_view apart : {"|one", "|many"}) {
    if (english.ends_with(apart)) english.remove_suffix(apart.size());
  }
  return std::string(english);
}

}  // namespace

std::string FormWithTextValues(const std::string& form, const TextValues& values) {
  TextValues named;
  named.reserve(values.size());
  for (const auto& [name, value] : values) named.emplace_back(absl::StrCat("{{", name, "}}"), value);
  return absl::StrReplaceAll(form, named);
}

std::string Text(std::string_view english, const TextValues& values) {
  return FormWithTextValues(TextOfForm(english), values);
}

bool HasText(std::string_view english) { return FrenchTextCatalogue().contains(JoinedTextLines(english)); }

std::string FormWithTexts(std::string_view form) {
  std::string out;
  for (;;) {
    const std::size_t begin = form.find("[["), end = form.find("]]", begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) break;
    out += form.substr(0, begin);
    out += TextOfForm(form.substr(begin + 2, end - begin - 2));
    form.remove_prefix(end + 2);
  }
  out += form;
  return out;
}

}  // namespace accord::ctl
