#include "clients/accordctl/views/printed_cells.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/printed_form.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {

std::string WordOf(const google::protobuf::EnumDescriptor* type, int number) {
  return number == 0 ? "" : Text(absl::StrReplaceAll(ShortName(type, number), {{"_", " "}}));
}

bool PrintedCells::IsWithheld(const std::string& path) const { return whom_->masked.contains(path); }

std::string PrintedCells::OrWithheld(const std::string& path, const std::string& html) const {
  return IsWithheld(path) ? PrintedForm().Part("withheld") : html;
}

std::string PrintedCells::Said(const std::string& path, const std::string& text) const {
  std::vector<std::string> lines;
  if (!text.empty()) {
    const std::vector<std::string> written = absl::StrSplit(text, '\n');
    for (const std::string& line : written) lines.push_back(line.empty() ? "" : ForeignText(line));
  }
  return OrWithheld(path, absl::StrJoin(lines, "\n"));
}

std::string PrintedCells::Code(const std::string& path, const std::string& text) const {
  return OrWithheld(path, text.empty() ? "" : PrintedForm().Part("code", {{"text", EscapedHtml(text)}}));
}

std::string PrintedCells::Word(const std::string& path, const google::protobuf::EnumDescriptor* type,
                               int number) const {
  return OrWithheld(path, EscapedHtml(WordOf(type, number)));
}

std::string PrintedCells::YesOrNo(const std::string& path, bool value) const {
  return OrWithheld(path, EscapedHtml(value ? Text("yes") : Text("no")));
}

std::string PrintedCells::YesIf(const std::string& path, bool value) const {
  return OrWithheld(path, value ? EscapedHtml(Text("yes")) : "");
}

std::string PrintedCells::Day(const std::string& path, const std::string& day) const {
  return OrWithheld(path, EscapedHtml(DayText(day)));
}

std::string PrintedCells::Moment(const std::string& path, const google::protobuf::Timestamp& at) const {
  const bool is_set = at.seconds() != 0;
  return OrWithheld(path, is_set ? PrintedTime(FromProto(at), whom_->zone) : "");
}

std::string PrintedCells::Agency(const std::string& id) const {
  if (id.empty()) return "";
  const std::string name = AgencyNameOf(whom_->agencies, id);
  return name == id ? ForeignText(id) : absl::StrCat(ForeignText(name), " (", ForeignText(id), ")");
}

std::string PrintedCells::Mark(const std::string& words) {
  return words.empty() ? "" : PrintedForm().Part("mark", {{"text", EscapedHtml(words)}});
}

}  // namespace accord::ctl
