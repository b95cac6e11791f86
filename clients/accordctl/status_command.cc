// `accordctl status`: is every service behind the gateway reachable?
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/accordctl/session.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

struct Probe {
  std::string service;
  // Null: no method that everybody may call.
  std::optional<Method> method;
};

// Of each gRPC service, one read that any registered person may make.
std::vector<Probe> Probes() {
  std::vector<Probe> probes;
  for (const std::string& service : AllServices()) {
    const auto methods = MethodsOf(service);
    if (!methods.ok()) continue;
    Probe probe{service, std::nullopt};
    bool for_agencies = false;
    for (const Method& method : *methods) {
      for (const auto& grant : method.rule.grants()) {
        for_agencies = true;
        const bool open = grant.kinds().empty() && grant.roles().empty() && grant.purposes().empty();
        if (open && method.unary() && !method.rule.mutates() && !probe.method) probe.method = method;
      }
    }
    if (for_agencies) probes.push_back(std::move(probe));
  }
  return probes;
}

// A refusal of the request itself comes from the service, so the service is there.
bool Answered(const absl::Status& status) {
  return status.ok() || absl::IsInvalidArgument(status) || absl::IsNotFound(status) ||
         absl::IsFailedPrecondition(status);
}

absl::Status Look(Session* session, bool print) {
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  std::vector<Row> rows = {{"SERVICE", "ANSWER", "MS"}};
  Json json = Json::array();
  absl::Status worst;
  for (const Probe& probe : Probes()) {
    if (!probe.method) continue;
    const MessagePtr request = NewMessage(probe.method->descriptor->input_type());
    const MessagePtr response = NewMessage(probe.method->descriptor->output_type());
    const absl::Time start = absl::Now();
    const absl::Status status = client->CallOnce(probe.method->path, *request, response.get());
    const auto millis = absl::ToInt64Milliseconds(absl::Now() - start);
    const std::string answer = Answered(status) ? "ok" : absl::StatusCodeToString(status.code());
    if (!Answered(status)) worst = status;
    rows.push_back({probe.service, answer, absl::StrCat(millis)});
    json.push_back({{"service", probe.service}, {"answer", answer}, {"ms", millis}});
  }
  if (print || worst.ok()) {
    std::cout << (session->format() == Format::kJson ? json.dump(2) + "\n" : Table(rows));
  }
  return worst;
}

absl::Status Status(Session* session, double wait_seconds) {
  const absl::Time end = absl::Now() + absl::Seconds(wait_seconds);
  session->timeout_seconds = std::min(session->timeout_seconds, 5.0);
  for (;;) {
    const bool last = absl::Now() >= end;
    const absl::Status status = Look(session, last);
    if (status.ok() || last) return status;
    absl::SleepFor(absl::Milliseconds(100));
  }
}

}  // namespace

void AddStatusCommand(CLI::App* app, Session* session) {
  auto wait = std::make_shared<double>(0);
  AddCommand(app, session, "status", "Is every service behind the gateway reachable? Exit 7 if not",
             [=] { return Status(session, *wait); })
      ->group("Administration")
      ->add_option("--wait", *wait, "Seconds to ask again until all answer [0]");
}

}  // namespace accord::ctl
