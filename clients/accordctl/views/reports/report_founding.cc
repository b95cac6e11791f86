// `accordctl strategy report-founding` and `draft-founding` show what ministries observed by the founding
// document, and the report that the office writes of it.
#include <iostream>
#include <memory>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "accord/strategy/v1/founding.pb.h"
#include "accord/strategy/v1/indicator_service.pb.h"
#include "accord/strategy/v1/progress_report_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/base/error.h"
#include "common/base/text_proto.h"

namespace accord::ctl {
namespace {

namespace st = strategy::v1;

std::string FoundingIndicatorAndPeriod(const st::IndicatorObservation& observation) {
  return absl::StrCat(observation.indicator(), " ", observation.period_start(), " ",
                      observation.period_end());
}

// This gives the indicators of the file that this ministry observes.
std::set<std::string> FoundingObservedBy(const st::Founding& founding, const std::string& ministry) {
  std::set<std::string> names;
  for (const st::Indicator& indicator : founding.indicators()) {
    if (indicator.owner_ministry() == ministry) names.insert("/indicators/" + indicator.indicator_id());
  }
  return names;
}

absl::Status RecordFoundingObservation(Client* client, const st::IndicatorObservation& observation) {
  st::CreateIndicatorObservationRequest create;
  create.set_parent("agencies/" + client->agency());
  create.set_request_id(NewRequestId());
  *create.mutable_indicator_observation() = observation;
  st::IndicatorObservation made, submitted;
  ACCORD_RETURN_IF_ERROR(
      client->Call("/accord.strategy.v1.IndicatorService/CreateIndicatorObservation", create, &made));
  st::SubmitIndicatorObservationRequest submit;
  submit.set_name(made.name());
  submit.set_etag(made.etag());
  submit.set_request_id(NewRequestId());
  return client->Call("/accord.strategy.v1.IndicatorService/SubmitIndicatorObservation", submit, &submitted);
}

// One of the same indicator and period is there already, whatever became of it since.
absl::Status ReportFounding(CommandSession* session, const std::string& file) {
  st::Founding founding;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(file, &founding));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  std::set<std::string> there;
  ACCORD_RETURN_IF_ERROR(ReadPages<st::ListIndicatorObservationsResponse>(
      session, "indicator-observations", [&](const auto& page) {
        for (const auto& each : page.indicator_observations()) there.insert(FoundingIndicatorAndPeriod(each));
      }));
  const std::set<std::string> own = FoundingObservedBy(founding, client->agency());
  int made = 0, known = 0;
  for (const st::IndicatorObservation& observation : founding.indicator_observations()) {
    const std::string& name = observation.indicator();
    const std::size_t collection = name.find("/indicators/");
    if (collection == std::string::npos || !own.contains(name.substr(collection))) continue;
    if (!there.insert(FoundingIndicatorAndPeriod(observation)).second) {
      ++known;
      continue;
    }
    ACCORD_RETURN_IF_ERROR(RecordFoundingObservation(client, observation));
    ++made;
  }
  std::cout << Text("entered {{made}}, there already {{known}}",
                    {{"made", absl::StrCat(made)}, {"known", absl::StrCat(known)}})
            << "\n";
  return absl::OkStatus();
}

absl::Status DraftFounding(CommandSession* session, const std::string& file) {
  st::Founding founding;
  ACCORD_RETURN_IF_ERROR(ReadTextProto(file, &founding));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  st::CreateProgressReportRequest request;
  request.set_parent("agencies/" + client->agency());
  request.set_request_id(NewRequestId());
  *request.mutable_progress_report() = founding.progress_report();
  st::ProgressReport report;
  ACCORD_RETURN_IF_ERROR(
      client->Call("/accord.strategy.v1.ProgressReportService/CreateProgressReport", request, &report));
  std::cout << report.name() << "\n";
  return absl::OkStatus();
}

void AddFoundingCommand(CLI::App* strategy, CommandSession* session, const std::string& name,
                        const std::string& help, absl::Status (*run)(CommandSession*, const std::string&)) {
  auto file = std::make_shared<std::string>();
  AddCommand(strategy, session, name, help, [=] { return run(session, *file); })
      ->add_option("file", *file, "The file, such as services/strategy/data/founding.textproto")
      ->required();
}

}  // namespace

void AddFoundingReportCommands(CLI::App* strategy, CommandSession* session) {
  AddFoundingCommand(
      strategy, session, "report-founding",
      "Enter and submit what a file says that the caller's own ministry observed. What is there "
      "already stays as it is, so it may run again",
      &ReportFounding);
  AddFoundingCommand(strategy, session, "draft-founding",
                     "Draft the progress report of a file, with the figures that its records state now",
                     &DraftFounding);
}

}  // namespace accord::ctl
