// `accordctl deconflict lodge` lodges a target, which leaves this process blinded only.
#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/intelligence/v1/deconfliction_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/instant.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/records/premises_form.h"
#include "clients/accordctl/records/target_form.h"
#include "common/base/error.h"
#include "common/base/ids.h"
#include "common/oprf/oprf.h"

namespace accord::ctl {
namespace {

namespace in = intelligence::v1;

struct TargetLine {
  std::string phone, plate, province = "ON", handle, platform, premises, postal_code, contact, from, until;
};

// `-` stands for a line of standard input, which no history and no list of processes shows.
std::string TargetLineOrInput(const std::string& value) {
  std::string line = value;
  if (value == "-") std::getline(std::cin, line);
  return line;
}

absl::StatusOr<std::string> DeconflictionTarget(const TargetLine& line) {
  if (!line.phone.empty()) return PhoneForm(TargetLineOrInput(line.phone));
  if (!line.plate.empty()) return PlateForm(line.province, TargetLineOrInput(line.plate));
  if (!line.handle.empty()) return HandleForm(line.platform, TargetLineOrInput(line.handle));
  return PremisesForm(line.postal_code, TargetLineOrInput(line.premises));
}

absl::StatusOr<std::unique_ptr<in::LodgementResult>> LodgeTargetOnce(CommandSession* session,
                                                                     const std::string& target,
                                                                     const Json& lodgement) {
  const oprf::Blinded blinded = oprf::Blind(target);
  const Json ask = {{"blinded_elements", Json::array({Base64(blinded.element)})},
                    {"request_id", NewRequestId()}};
  ACCORD_ASSIGN_OR_RETURN(const MessagePtr answer, Invoke(session, "evaluate", "targets", ask));
  const auto& evaluated = dynamic_cast<const in::EvaluateTargetsResponse&>(*answer);
  if (evaluated.evaluated_elements_size() != 1) return absl::InternalError("one element was asked for");
  ACCORD_ASSIGN_OR_RETURN(const std::string element,
                          oprf::Unblind(blinded.blind, evaluated.evaluated_elements(0)));
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  const Json create = {{"parent", absl::StrCat("agencies/", client->agency())},
                       {"lodgement", lodgement},
                       {"target", Base64(element)},
                       {"epoch", evaluated.epoch()},
                       {"request_id", NewRequestId()}};
  ACCORD_ASSIGN_OR_RETURN(MessagePtr made, Invoke(session, "create", "lodgement", create));
  return std::unique_ptr<in::LodgementResult>(dynamic_cast<in::LodgementResult*>(made.release()));
}

absl::Status LodgeTarget(CommandSession* session, const TargetLine& line) {
  Json lodgement = {{"contact", line.contact}};
  ACCORD_ASSIGN_OR_RETURN(lodgement["until"], InstantOf(line.until, "--until"));
  lodgement["from"] = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now(), absl::UTCTimeZone());
  if (!line.from.empty()) {
    ACCORD_ASSIGN_OR_RETURN(lodgement["from"], InstantOf(line.from, "--from"));
  }
  ACCORD_ASSIGN_OR_RETURN(const std::string target, DeconflictionTarget(line));
  // Whoever lodges sees what is compared; it goes to their own terminal alone.
  std::cerr << "compared as " << Shown(target) << "\n";
  auto result = LodgeTargetOnce(session, target, lodgement);
  // The key changed between the two calls.
  if (!result.ok() && accord::RuleOf(result.status()) == rules::kEpochPassed.reason) {
    result = LodgeTargetOnce(session, target, lodgement);
  }
  if (!result.ok()) return result.status();
  const in::LodgementResult& made = **result;
  if (session->format() != Format::kTable) {
    std::cout << PrintOne(session->format() == Format::kName
                              ? static_cast<const google::protobuf::Message&>(made.lodgement())
                              : made,
                          session->format());
    return absl::OkStatus();
  }
  std::cout << "lodged " << made.lodgement().name() << "\n";
  if (made.conflicts().empty()) {
    std::cout << "no conflict now; a later one shows in `accordctl conflict list`\n";
    return absl::OkStatus();
  }
  std::vector<Row> rows = {{"AGENCY", "CALL"}};
  for (const auto& conflict : made.conflicts()) rows.push_back({conflict.call_agency(), conflict.call()});
  std::cout << made.conflicts_size() << " in conflict; call before you act:\n" << Table(rows);
  return absl::OkStatus();
}

}  // namespace

void AddDeconflictCommand(CLI::App* app, CommandSession* session) {
  CLI::App* group =
      app->add_subcommand("deconflict", "Learn whether another operation is after the same target");
  group->group("Views")->require_subcommand(1);
  auto line = std::make_shared<TargetLine>();
  CLI::App* lodge =
      AddCommand(group, session, "lodge", "Lodge a target, which nobody learns, and an operation's window",
                 [=] { return LodgeTarget(session, *line); });
  auto* target = lodge->add_option_group("target", "One of them; - reads it from standard input");
  target->add_option("--phone", line->phone, "Telephone number");
  CLI::Option* plate = target->add_option("--plate", line->plate, "Licence plate");
  CLI::Option* handle = target->add_option("--handle", line->handle, "Name on a platform");
  CLI::Option* premises = target->add_option("--premises", line->premises, "Civic number and street");
  target->require_option(1);
  lodge->add_option("--province", line->province, "Province or state of the plate [ON]")->needs(plate);
  CLI::Option* platform =
      lodge->add_option("--platform", line->platform, "Platform of the handle, for example instagram");
  CLI::Option* code = lodge->add_option("--postal-code", line->postal_code, "Postal code of the premises");
  handle->needs(platform);
  premises->needs(code);
  lodge->add_option("--contact", line->contact, "Whom the other side is to call")->required();
  lodge->add_option("--from", line->from, "Begin of the window [now], for example 2026-11-24T22:00");
  lodge->add_option("--until", line->until, "End of the window")->required();
}

}  // namespace accord::ctl
