// `accordctl law` is about dated rows of law, before a service reads them and while it applies them.
#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/operate/law_records.h"
#include "clients/accordctl/operate/rule_set_file.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using annotations::v1::LawMark;

constexpr std::pair<LawMark, const char*> kMarks[] = {{annotations::v1::LAW_MARK_VERIFIED, "verified"},
                                                      {annotations::v1::LAW_MARK_SECONDARY, "secondary"},
                                                      {annotations::v1::LAW_MARK_MEMORY, "from memory"},
                                                      {annotations::v1::LAW_MARK_CHOICE, "a choice"}};

struct LawOptions {
  std::string file, service, from, to;
};

absl::Status CheckLawFile(const std::string& file) {
  ACCORD_ASSIGN_OR_RETURN(const auto rule_set, ReadRuleSet(file));
  const LawReport report = CheckLaw(*rule_set);
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

absl::Status ShowLawChanges(CommandSession* session, const LawOptions& options) {
  if (!ParseDay(options.from) || !ParseDay(options.to) || options.to < options.from) {
    return absl::InvalidArgumentError("--from and --to are days, YYYY-MM-DD, in this order");
  }
  if (options.file.empty() && options.service.empty()) {
    return absl::InvalidArgumentError("name a file, whose rows are listed, or --service, or both");
  }
  if (!options.file.empty()) {
    ACCORD_ASSIGN_OR_RETURN(const auto rule_set, ReadRuleSet(options.file));
    for (const std::string& change : LawChanges(*rule_set, options.from, options.to)) {
      std::cout << Shown(change) << "\n";
    }
  }
  if (options.service.empty()) return absl::OkStatus();
  return ShowAlteredLaw(session, options.service, options.from, options.to);
}

}  // namespace

void AddLawCommands(CLI::App* app, CommandSession* session) {
  CLI::App* law =
      AddCommand(app, session, "law", "Check dated rows of law, and put them in force as two people", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  auto options = std::make_shared<LawOptions>();
  CLI::App* check =
      AddCommand(law, session, "check",
                 "Count the rows of a rule set by mark and find what is wrong with them; exit 0 "
                 "only if nothing is",
                 [=] { return CheckLawFile(options->file); });
  CLI::App* diff = AddCommand(law, session, "diff",
                              "List the rows that begin or end from one day to another, and tell for how "
                              "many open records of a service that makes a difference",
                              [=] { return ShowLawChanges(session, *options); });
  const char* of_file = "A rule set, for example services/prosecution/data/rules.textproto";
  check->add_option("FILE", options->file, of_file)->required();
  diff->add_option("FILE", options->file, of_file);
  diff->add_option("--service", options->service, "A service whose open records are held against its law")
      ->check(CLI::IsMember(ServicesWithLaw()));
  diff->add_option("--from", options->from, "The day after which a row begins or ends, YYYY-MM-DD")
      ->required();
  diff->add_option("--to", options->to, "The last day on which it does, YYYY-MM-DD")->required();
  AddLawRecordCommands(law, session);
}

}  // namespace accord::ctl
