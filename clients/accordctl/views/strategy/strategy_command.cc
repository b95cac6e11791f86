// `accordctl strategy` shows the initiatives at a glance, and what the founding document says of
// the strategy.
#include <algorithm>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "accord/strategy/v1/engagement_service.pb.h"
#include "accord/strategy/v1/founding.pb.h"
#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/initiative_service.pb.h"
#include "accord/strategy/v1/money_service.pb.h"
#include "accord/strategy/v1/progress_report_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/text_proto.h"

namespace accord::ctl {
namespace {

namespace st = strategy::v1;

struct Entered {
  int made = 0, known = 0;
};

// A record that exists under its name stays as it is, whatever became of it since.
template <class Response, class Request>
absl::Status EnterRecord(Client* client, const std::string& method, Request request, Entered* entered) {
  request.set_parent("agencies/" + client->agency());
  request.set_request_id(NewRequestId());
  Response made;
  const absl::Status status = client->Call("/accord.strategy.v1." + method, request, &made);
  if (absl::IsAlreadyExists(status)) {
    ++entered->known;
    return absl::OkStatus();
  }
  ACCORD_RETURN_IF_ERROR(status);
  ++entered->made;
  return absl::OkStatus();
}

absl::Status EnterNamedRecords(Client* client, const st::Founding& founding, Entered* entered) {
  for (const st::LegislativeInitiative& bill : founding.legislative_initiatives()) {
    st::CreateLegislativeInitiativeRequest request;
    *request.mutable_legislative_initiative() = bill;
    ACCORD_RETURN_IF_ERROR(EnterRecord<st::LegislativeInitiative>(
        client, "InitiativeService/CreateLegislativeInitiative", request, entered));
  }
  for (const st::FoundingInitiative& initiative : founding.initiatives()) {
    st::CreateInitiativeRequest request;
    *request.mutable_initiative() = initiative.initiative();
    request.set_underway(initiative.underway());
    ACCORD_RETURN_IF_ERROR(
        EnterRecord<st::Initiative>(client, "InitiativeService/CreateInitiative", request, entered));
  }
  for (const st::Indicator& indicator : founding.indicators()) {
    st::CreateIndicatorRequest request;
    *request.mutable_indicator() = indicator;
    ACCORD_RETURN_IF_ERROR(
        EnterRecord<st::Indicator>(client, "IndicatorService/CreateIndicator", request, entered));
  }
  for (const st::Envelope& envelope : founding.envelopes()) {
    st::CreateEnvelopeRequest request;
    *request.mutable_envelope() = envelope;
    ACCORD_RETURN_IF_ERROR(
        EnterRecord<st::Envelope>(client, "MoneyService/CreateEnvelope", request, entered));
  }
  for (const st::OfficeRole& role : founding.office_roles()) {
    st::CreateOfficeRoleRequest request;
    *request.mutable_office_role() = role;
    ACCORD_RETURN_IF_ERROR(
        EnterRecord<st::OfficeRole>(client, "ProgressReportService/CreateOfficeRole", request, entered));
  }
  return absl::OkStatus();
}

// The file cannot name these records: one with the same source is taken for the same.
absl::Status EnterUnnamedRecords(CommandSession* session, Client* client, const st::Founding& founding,
                                 Entered* entered) {
  std::set<std::string> contributed, attested;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<st::ListContributionsResponse>(session, "contributions", [&](const auto& page) {
        for (const auto& each : page.contributions()) {
          contributed.insert(absl::StrCat(each.fund(), " ", each.from_ministry()));
        }
      }));
  ACCORD_RETURN_IF_ERROR(
      ReadPages<st::ListEngagementRollupsResponse>(session, "engagement-rollups", [&](const auto& page) {
        for (const auto& each : page.engagement_rollups()) attested.insert(each.source_ref());
      }));
  std::set<std::string> heard;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<st::ListEngagementsResponse>(session, "engagements", [&](const auto& page) {
        for (const auto& each : page.engagements()) heard.insert(each.source_ref());
      }));
  for (const st::Contribution& contribution : founding.contributions()) {
    if (contributed.contains(absl::StrCat(contribution.fund(), " ", contribution.from_ministry()))) {
      ++entered->known;
      continue;
    }
    st::CreateContributionRequest request;
    *request.mutable_contribution() = contribution;
    ACCORD_RETURN_IF_ERROR(
        EnterRecord<st::Contribution>(client, "MoneyService/CreateContribution", request, entered));
  }
  for (const st::EngagementRollup& rollup : founding.engagement_rollups()) {
    if (attested.contains(rollup.source_ref())) {
      ++entered->known;
      continue;
    }
    st::CreateEngagementRollupRequest request;
    *request.mutable_engagement_rollup() = rollup;
    ACCORD_RETURN_IF_ERROR(EnterRecord<st::EngagementRollup>(
        client, "EngagementService/CreateEngagementRollup", request, entered));
  }
  for (const st::Engagement& engagement : founding.engagements()) {
    if (heard.contains(engagement.source_ref())) {
      ++entered->known;
      continue;
    }
    st::CreateEngagementRequest request;
    *request.mutable_engagement() = engagement;
    ACCORD_RETURN_IF_ERROR(
        EnterRecord<st::Engagement>(client, "EngagementService/CreateEngagement", request, entered));
  }
  return absl::OkStatus();
}

absl::Status LoadFounding(CommandSession* session, const std::string& file) {
  st::Founding founding;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(file, &founding));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  Entered entered;
  ACCORD_RETURN_IF_ERROR(EnterNamedRecords(client, founding, &entered));
  ACCORD_RETURN_IF_ERROR(EnterUnnamedRecords(session, client, founding, &entered));
  std::cout << Text("entered {{made}}, there already {{known}}",
                    {{"made", absl::StrCat(entered.made)}, {"known", absl::StrCat(entered.known)}})
            << "\n";
  return absl::OkStatus();
}

// This prints the initiatives by pillar and by the ministry that leads; beside each stand what it is and what
// the report said.
absl::Status PrintInitiatives(CommandSession* session) {
  std::vector<st::Initiative> initiatives;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<st::ListInitiativesResponse>(session, "initiatives", [&](const auto& page) {
        initiatives.insert(initiatives.end(), page.initiatives().begin(), page.initiatives().end());
      }));
  std::sort(initiatives.begin(), initiatives.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(static_cast<int>(a.pillar()), a.lead_ministry(), a.name()) <
           std::make_tuple(static_cast<int>(b.pillar()), b.lead_ministry(), b.name());
  });
  if (session->format() == Format::kName) {
    for (const st::Initiative& initiative : initiatives) std::cout << initiative.name() << "\n";
    return absl::OkStatus();
  }
  if (session->format() != Format::kTable) {
    Json rows = Json::array();
    for (const st::Initiative& initiative : initiatives) rows.push_back(ToJson(initiative));
    const Json document = {{"initiatives", rows}};
    std::cout << PrintDocument(document, session->format());
    return absl::OkStatus();
  }
  std::vector<Row> rows = {TableHeadings({"PILLAR", "MINISTRY", "TITLE", "STATE", "SINCE", "REPORTED AS"})};
  for (const st::Initiative& initiative : initiatives) {
    const int tense = initiative.tense_as_reported();
    rows.push_back({ShortName(st::Pillar_descriptor(), initiative.pillar()), initiative.lead_ministry(),
                    initiative.title(), ShortName(st::InitiativeState_descriptor(), initiative.state()),
                    initiative.state_since(),
                    tense == 0 ? "" : ShortName(st::ReportedTense_descriptor(), tense)});
  }
  std::cout << Table(rows);
  return absl::OkStatus();
}

}  // namespace

void AddStrategyCommands(CLI::App* app, CommandSession* session) {
  CLI::App* command =
      app->add_subcommand("strategy", "Show the initiatives of the strategy, and enter the founding ones");
  command->group("Views")->fallthrough()->require_subcommand(1);
  AddStrategyBoardCommand(command, session);
  AddEnvelopeCommand(command, session);
  AddStrategyExportCommands(command, session);
  AddCommand(command, session, "initiatives",
             "Show the initiatives by pillar and ministry, with what the report said of each",
             [=] { return PrintInitiatives(session); });
  AddCallRecordCommand(command, session);
  auto file = std::make_shared<std::string>();
  AddCommand(command, session, "load-founding",
             "Enter bills, initiatives, indicators and money of a file, with the purpose funding. What is "
             "there already stays as it is, so it may run again",
             [=] { return LoadFounding(session, *file); })
      ->add_option("file", *file, "The file, such as services/strategy/data/founding.textproto")
      ->required();
  AddFoundingReportCommands(command, session);
}

}  // namespace accord::ctl
