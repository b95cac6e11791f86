// `accordctl agency` admits an agency's system and people, or shuts them out, in one step each.
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/who_may_call.h"
#include "clients/accordctl/operate/agency_enroll.h"
#include "clients/accordctl/operate/agency_revoke.h"

namespace accord::ctl {
namespace {

// Whoever may make the last call may make all of them. The noun's help page uses
// this (records/help.h).
std::string WhoMayEnroll(const char* verb) {
  const Command* command = FindCommand(verb, "certificate");
  return command == nullptr ? "" : absl::StrCat("Who may: ", WhoMayCall(command->method), ".");
}

}  // namespace

void AddAgencyCommands(CLI::App* app, CommandSession* session) {
  CLI::App* agency =
      AddCommand(app, session, "agency", "Admit an agency's system and people, or revoke", nullptr)
          ->require_subcommand(1)
          ->group("Administration");
  auto enrolment = std::make_shared<Enrolment>();
  CLI::App* enroll = AddCommand(agency, session, "enroll",
                                "Register a system and its people, and issue its certificate; safe to repeat",
                                [=] { return EnrollAgency(session, *enrolment); });
  enroll->footer(WhoMayEnroll("issue"));
  enroll->add_option("AGENCY", enrolment->agency, "Agency id, for example cas-york")->required();
  enroll->add_option("--system", enrolment->system, "System id [main]");
  enroll->add_option("--display-name", enrolment->display_name, "What people call the system");
  enroll->add_option("--person", enrolment->people, "ACTOR=ROLE,ROLE; may be repeated")
      ->allow_extra_args(false);
  enroll->add_option("--csr", enrolment->csr,
                     "The agency's signing request; without it a key is made in the folder");
  enroll->add_option("--out", enrolment->out, "Folder for the certificate [the agency's id]")
      ->check(FaultOfFolderToFill);
  enroll->add_option("--days", enrolment->days, "Days that the certificate is valid [90]");
  enroll->add_option("--context-name", enrolment->context_name, "Context to write [the agency's id]");
  auto revocation = std::make_shared<Revocation>();
  CLI::App* revoke = AddCommand(agency, session, "revoke", "Revoke all certificates of an agency or a system",
                                [=] { return RevokeCertificates(session, *revocation); });
  revoke->footer(WhoMayEnroll("revoke"));
  revoke->add_option("AGENCY", revocation->agency, "Agency id")->required();
  revoke->add_option("--system", revocation->system, "Only this system");
  revoke->add_option("--reason", revocation->reason, "Why; kept in the registry")->required();
}

}  // namespace accord::ctl
