// `accordctl doctor` says what is wrong and what to do.
#include <signal.h>

#include <algorithm>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "clients/accordctl/operate/doctor.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/pki/certificate_check.h"
#include "common/pki/tls_handshake.h"

namespace accord::ctl {
namespace {

struct DoctorOptions {
  std::vector<std::string> files;
  Trust trust;
};

void AppendFindings(Findings more, Findings* findings) {
  std::move(more.begin(), more.end(), std::back_inserter(*findings));
}

// This checks that the gateway answers, so that the services behind it can be asked.
bool CheckConnection(const Context& context, absl::Time now, Findings* findings) {
  for (const auto& [file, option] :
       {std::pair{&context.ca_file, "--ca-file"}, std::pair{&context.certificate_file, "--certificate-file"},
        std::pair{&context.key_file, "--key-file"}}) {
    if (!file->empty()) continue;
    findings->push_back({absl::StrCat("this context names no file for ", option, ": what runs was not asked"),
                         absl::StrCat("accordctl context set NAME ", option, " FILE")});
    return false;
  }
  AppendFindings(
      CheckCertificate("certificate of this context", context.certificate_file, context.key_file, "", now),
      findings);
  const auto authority = ReadFile(context.ca_file);
  const std::string name = context.server_name.empty() ? context.address.substr(0, context.address.rfind(':'))
                                                       : context.server_name;
  const auto shown =
      authority.ok() ? pki::CheckServer(context.address, name, *authority) : authority.status();
  if (shown.ok()) {
    findings->push_back({absl::StrCat("gateway answers at ", context.address, " as ", name)});
    return true;
  }
  findings->push_back({absl::StrCat("gateway at ", context.address, " as ", name, ": ",
                                    std::string(shown.status().message())),
                       absl::IsUnavailable(shown.status())
                           ? "see whether its process runs, and the network between"
                           : "see its agency_tls certificate, and server_name and ca_file of this context"});
  return false;
}

void CheckThroughGateway(CommandSession* session, const Trust& trust, absl::Time now, Findings* findings) {
  const auto context = session->context();
  if (!context.ok() || context->address.empty()) {
    findings->push_back({"no gateway is named: what runs was not asked",
                         "accordctl context set NAME --address HOST:PORT ..., or --context"});
    return;
  }
  if (!CheckConnection(*context, now, findings)) return;
  session->timeout_seconds = std::min(session->timeout_seconds, 5.0);
  const auto answers = AskServices(session);
  if (!answers.ok()) {
    findings->push_back(
        {std::string(answers.status().message()), "correct this context: `accordctl context list`"});
    return;
  }
  AppendFindings(CheckAnswers(*answers), findings);
  AppendFindings(CheckLog(session, trust), findings);
  AppendFindings(CheckAgencies(session, now), findings);
}

absl::Status RunDoctor(CommandSession* session, const DoctorOptions& options) {
  // The gateway may close a connection during a write.
  signal(SIGPIPE, SIG_IGN);
  const absl::Time now = absl::Now();
  Findings findings;
  if (const auto deployment = ReadDeployment(options.files); deployment.ok()) {
    findings = CheckFiles(*deployment, now);
  } else {
    findings.push_back({std::string(deployment.status().message()), "correct it, or name other files"});
  }
  CheckThroughGateway(session, options.trust, now, &findings);
  int problems = 0;
  Json json = Json::array();
  for (const Finding& finding : findings) {
    const bool well = finding.remedy.empty();
    problems += !well;
    if (session->format() == Format::kTable) {
      const bool warns = well && !finding.warning.empty();
      std::cout << (warns  ? "WARNING  "
                    : well ? "ok       "
                           : "PROBLEM  ")
                << Shown(finding.what) << (warns ? "; " + Shown(finding.warning) : "")
                << (well ? "" : "; do: " + Shown(finding.remedy)) << "\n";
    }
    json.push_back(
        {{"ok", well}, {"what", finding.what}, {"do", finding.remedy}, {"warning", finding.warning}});
  }
  if (session->format() != Format::kTable) {
    std::cout << (session->format() == Format::kJson ? DumpJson(json, 2) : ToYaml(json)) << "\n";
  }
  if (problems == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat(problems, problems == 1 ? " problem" : " problems", " found"));
}

}  // namespace

void AddDoctorCommand(CLI::App* app, CommandSession* session) {
  auto options = std::make_shared<DoctorOptions>();
  CLI::App* doctor =
      AddCommand(app, session, "doctor",
                 "Find what is wrong with this deployment, and say what to do; exit 0 only if nothing is",
                 [=] { return RunDoctor(session, *options); })
          ->group("Administration");
  doctor->add_option("CONFIG", options->files, "Configuration files of the processes on this machine");
  AddTrustOptions(doctor, &options->trust);
}

}  // namespace accord::ctl
