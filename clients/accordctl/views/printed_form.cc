#include "clients/accordctl/views/printed_form.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/time_text.h"
#include "common/access/names.h"
#include "common/base/clock.h"

namespace accord::ctl {

const PageForm& PrintedForm() {
  static const auto* form = new PageForm("printed.html");
  return *form;
}

std::string PrintedTime(absl::Time at, absl::TimeZone zone) {
  return PrintedForm().Part("time", {{"instant", absl::FormatTime(absl::RFC3339_sec, at, zone)},
                                     {"text", EscapedHtml(MomentText(at, zone))}});
}

}  // namespace accord::ctl
