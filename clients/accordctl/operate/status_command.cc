// `accordctl status` shows the state of every service and of the audit log.
#include <algorithm>
#include <iostream>
#include <memory>

#include "absl/time/clock.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/yaml_writer.h"
#include "clients/accordctl/operate/status.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

absl::Status LookAtStatusOnce(CommandSession* session, bool print) {
  StatusSeen looked;
  ACCORD_ASSIGN_OR_RETURN(looked.answers, AskServices(session, &looked.closed));
  absl::Status worst;
  for (const ServiceAnswer& answer : looked.answers) worst.Update(answer.answer);
  if (!print && !worst.ok()) return worst;
  const absl::StatusOr<LogAnswer> log = AskLog(session);
  worst.Update(log.status());
  if (session->format() == Format::kTable) {
    std::cout << StatusTable(looked, log);
  } else {
    const Json json = StatusJson(looked, log);
    std::cout << (session->format() == Format::kJson ? DumpJson(json, 2) : ToYaml(json)) << "\n";
  }
  return worst;
}

absl::Status ShowStatus(CommandSession* session, double wait_seconds) {
  const absl::Time end = absl::Now() + absl::Seconds(wait_seconds);
  session->timeout_seconds = std::min(session->timeout_seconds, 5.0);
  for (;;) {
    const bool last = absl::Now() >= end;
    const absl::Status status = LookAtStatusOnce(session, last);
    if (status.ok() || last) return status;
    absl::SleepFor(absl::Milliseconds(100));
  }
}

}  // namespace

void AddStatusCommand(CLI::App* app, CommandSession* session) {
  auto wait = std::make_shared<double>(0);
  AddCommand(app, session, "status",
             "Show how every service and the audit log do, and what waits; exit 7 if one does not answer",
             [=] { return ShowStatus(session, *wait); })
      ->group("Administration")
      ->add_option("--wait", *wait, "Ask again for at most so many seconds, until all answer [0]");
}

}  // namespace accord::ctl
