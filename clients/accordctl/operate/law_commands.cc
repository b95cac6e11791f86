// `accordctl law`: dated rows of law, before a service reads them.
#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/screen.h"
#include "clients/accordctl/operate/law_check.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using annotations::v1::LawMark;

constexpr std::pair<LawMark, const char*> kMarks[] = {{annotations::v1::LAW_MARK_VERIFIED, "verified"},
                                                      {annotations::v1::LAW_MARK_SECONDARY, "secondary"},
                                                      {annotations::v1::LAW_MARK_MEMORY, "from memory"},
                                                      {annotations::v1::LAW_MARK_CHOICE, "a choice"}};

absl::Status CheckOneFile(const std::string& file) {
  ACCORD_ASSIGN_OR_RETURN(const LawReport report, CheckLawFile(file));
  std::cout << "compared to " << Shown(report.currency.checked_to()) << " with "
            << Shown(report.currency.against()) << "\n";
  for (const auto& law : report.currency.pending()) {
    std::cout << "known and not entered: " << Shown(law.title()) << "\n";
  }
  for (const auto& [mark, name] : kMarks) {
    const auto found = report.rows.find(mark);
    std::cout << (found == report.rows.end() ? 0 : found->second) << " rows " << name << "\n";
  }
  for (const std::string& fault : report.faults) std::cout << "PROBLEM  " << Shown(fault) << "\n";
  if (report.faults.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(report.faults.size(), " faults in ", file));
}

}  // namespace

void AddLawCommands(CLI::App* app, CommandSession* session) {
  CLI::App* law = AddCommand(app, session, "law", "Check dated rows of law", nullptr)
                      ->require_subcommand(1)
                      ->group("Administration");
  auto file = std::make_shared<std::string>();
  CLI::App* check =
      AddCommand(law, session, "check",
                 "Count the rows of a rule set by mark and find what is wrong with them; exit 0 "
                 "only if nothing is",
                 [=] { return CheckOneFile(*file); });
  check->add_option("FILE", *file, "A rule set, for example services/prosecution/data/rules.textproto")
      ->required();
}

}  // namespace accord::ctl
