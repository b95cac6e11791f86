// `accordctl catchments` and `accordctl directory` show whom survivors can turn to, and where nobody is.
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "accord/protocols/v1/vocabulary_service.pb.h"
#include "accord/supports/v1/crisis_partner_service.pb.h"
#include "accord/supports/v1/facility_service.pb.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/file_to_write.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/table.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"
#include "clients/accordctl/views/read_pages.h"
#include "clients/accordctl/views/supports/catchments.h"
#include "clients/accordctl/views/supports/directory_export.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

struct CatchmentOptions {
  std::string day, file;
};

// This gives the day that is asked for, or today in Ontario.
absl::StatusOr<std::string> DayAsked(const std::string& day) {
  if (day.empty()) return FormatDay(OntarioDay(absl::Now()));
  if (!ParseDay(day)) return RefuseFields({{"on", "must be a day, YYYY-MM-DD"}});
  return day;
}

absl::StatusOr<std::vector<supports::v1::CrisisPartner>> EveryPartner(CommandSession* session) {
  std::vector<supports::v1::CrisisPartner> partners;
  ACCORD_RETURN_IF_ERROR(
      ReadPages<supports::v1::ListCrisisPartnersResponse>(session, "crisis-partners", [&](const auto& page) {
        partners.insert(partners.end(), page.crisis_partners().begin(), page.crisis_partners().end());
      }));
  return partners;
}

absl::StatusOr<Catchments> LoadCatchments(CommandSession* session, const std::string& day) {
  Catchments catchments;
  ACCORD_ASSIGN_OR_RETURN(catchments.day, DayAsked(day));
  ACCORD_ASSIGN_OR_RETURN(catchments.partners, EveryPartner(session));
  ACCORD_RETURN_IF_ERROR(
      ReadPages<protocols::v1::ListTerritoriesResponse>(session, "territories", [&](const auto& page) {
        for (const auto& each : page.territories()) catchments.places.insert(each.code());
      }));
  ACCORD_ASSIGN_OR_RETURN(catchments.agencies, NamesOfAgencies(session));
  return catchments;
}

absl::Status PrintCatchments(CommandSession* session, const CatchmentOptions& options) {
  ACCORD_ASSIGN_OR_RETURN(const Catchments catchments, LoadCatchments(session, options.day));
  if (!options.file.empty()) {
    ACCORD_RETURN_IF_ERROR(WriteFile(options.file, CatchmentsPage(catchments), FileKind::kPrivate));
    std::cout << Text("{{counted}} in {{file}}",
                      {{"counted", Counted(PlacesOf(catchments).size(), "place", "places")},
                       {"file", options.file}})
              << "\n";
    return absl::OkStatus();
  }
  if (session->format() == Format::kName) {
    for (const std::string& gap : GapsOf(catchments)) std::cout << gap << "\n";
    return absl::OkStatus();
  }
  if (session->format() != Format::kTable) {
    std::cout << PrintDocument(CatchmentsJson(catchments), session->format());
    return absl::OkStatus();
  }
  std::vector<Row> rows = {TableHeadings({"PLACE", "PARTNER", "TELEPHONE"})};
  for (const std::string& place : PlacesOf(catchments)) {
    const auto partners = PartnersAt(catchments, place);
    if (partners.empty()) rows.push_back({place, Text("Nobody serves it"), ""});
    for (const auto* each : partners) {
      rows.push_back({place, AgencyNameOf(catchments.agencies, each->partner_agency()), each->phone()});
    }
  }
  std::cout << Table(rows);
  return absl::OkStatus();
}

absl::Status WriteDirectory(CommandSession* session, const CatchmentOptions& options) {
  Directory directory;
  ACCORD_ASSIGN_OR_RETURN(directory.day, DayAsked(options.day));
  ACCORD_ASSIGN_OR_RETURN(directory.partners, EveryPartner(session));
  ACCORD_RETURN_IF_ERROR(
      ReadPages<supports::v1::ListFacilitiesResponse>(session, "facilities", [&](const auto& page) {
        directory.facilities.insert(directory.facilities.end(), page.facilities().begin(),
                                    page.facilities().end());
      }));
  ACCORD_ASSIGN_OR_RETURN(directory.agencies, NamesOfAgencies(session));
  ACCORD_ASSIGN_OR_RETURN(const Json services, HsdsDirectoryOf(directory));
  ACCORD_RETURN_IF_ERROR(WriteFile(options.file, DumpJson(services, 2) + "\n", FileKind::kPrivate));
  std::cout << Text("{{counted}} in {{file}}",
                    {{"counted", Counted(services.size(), "service", "services")}, {"file", options.file}})
            << "\n";
  return absl::OkStatus();
}

}  // namespace

void AddCatchmentCommands(CLI::App* app, CommandSession* session) {
  auto options = std::make_shared<CatchmentOptions>();
  CLI::App* catchments = AddCommand(app, session, "catchments",
                                    "Show who serves which place for survivors, and where nobody does",
                                    [=] { return PrintCatchments(session, *options); });
  catchments->group("Views")->footer(
      "Places are the territories that the service of protocols knows, and those that any partner ever "
      "served.");
  catchments->add_option("--on", options->day, "Show it as of this day, YYYY-MM-DD [today]");
  catchments->add_option("--html", options->file, "Write a self-contained page to this file instead")
      ->check(FaultOfFileToWrite);
  auto written = std::make_shared<CatchmentOptions>();
  CLI::App* directory =
      AddCommand(app, session, "directory",
                 "Write the partners and facilities as an HSDS 3 directory; of a confidential one it says "
                 "nowhere where it is",
                 [=] { return WriteDirectory(session, *written); });
  directory->group("Views");
  directory->add_option("--on", written->day,
                        "Say which partners are active on this day, YYYY-MM-DD [today]");
  directory->add_option("file", written->file, "The file to write")->check(FaultOfFileToWrite)->required();
}

}  // namespace accord::ctl
