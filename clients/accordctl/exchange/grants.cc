#include "clients/accordctl/exchange/grants.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/core/yaml_parser.h"
#include "clients/accordctl/exchange/file_values.h"
#include "clients/accordctl/views/agency_names.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

// Each value is already JSON.
using GrantMembers = std::vector<std::pair<std::string, std::string>>;

std::string GrantJsonText(const std::string& text) { return DumpJson(Json(PlainLine(text))); }

std::string GrantJsonObject(const GrantMembers& members) {
  return absl::StrCat("{",
                      absl::StrJoin(members, ", ",
                                    [](std::string* out, const auto& member) {
                                      absl::StrAppend(out, GrantJsonText(member.first), ": ", member.second);
                                    }),
                      "}");
}

std::string GrantOrganisationId(const Publisher& publisher, const std::string& agency) {
  return IdentifierAsFileValue(publisher.prefix, absl::StrCat("agencies/", agency));
}

std::string GrantOrganisation(const Publisher& publisher, const std::string& agency) {
  return GrantJsonObject({{"id", GrantJsonText(GrantOrganisationId(publisher, agency))},
                          {"name", GrantJsonText(AgencyNameOf(publisher.names, agency))}});
}

std::string GrantDay(const Award& award) { return FormatDay(OntarioDay(award.at)); }

std::string GrantJson(const Award& award, const Publisher& publisher) {
  GrantMembers members = {{"id", GrantJsonText(IdentifierAsFileValue(publisher.prefix, award.record))},
                          {"title", GrantJsonText(award.title)},
                          {"description", GrantJsonText(award.description)},
                          {"currency", GrantJsonText("CAD")},
                          {"amountAwarded", AmountAsFileValue(award.amount_cents)},
                          {"awardDate", GrantJsonText(GrantDay(award))}};
  if (!award.starts_on.empty()) {
    const std::string dates = GrantJsonObject(
        {{"startDate", GrantJsonText(award.starts_on)}, {"endDate", GrantJsonText(award.ends_on)}});
    members.emplace_back("plannedDates", absl::StrCat("[", dates, "]"));
  }
  const std::string programme = GrantJsonObject(
      {{"code", GrantJsonText(award.programme_code)}, {"title", GrantJsonText(award.programme_title)}});
  members.emplace_back("recipientOrganization",
                       absl::StrCat("[", GrantOrganisation(publisher, award.recipient), "]"));
  members.emplace_back("fundingOrganization",
                       absl::StrCat("[", GrantOrganisation(publisher, award.funder), "]"));
  members.emplace_back("grantProgramme", absl::StrCat("[", programme, "]"));
  members.emplace_back("dateModified", GrantJsonText(TimeAsFileValue(award.at)));
  return GrantJsonObject(members);
}

absl::Status CheckGrants(const AwardList& list) {
  if (list.awards.empty()) {
    return Refuse(rules::kExportEmpty, "There is no award of a stated amount that may be published.");
  }
  for (const Award& award : list.awards) {
    // Money that is returned is a separate row elsewhere, and never a negative award.
    if (award.amount_cents <= 0) {
      return Refuse(rules::kAmountInvalid, "An award is of an amount above 0: nothing was exported.");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> GrantsJson(const AwardList& list, const Publisher& publisher) {
  ACCORD_RETURN_IF_ERROR(CheckGrants(list));
  std::vector<std::string> grants;
  for (const Award& award : list.awards) grants.push_back(GrantJson(award, publisher));
  return absl::StrCat(
      "{\n\"version\": \"1.4\",\n\"title\": ", GrantJsonText(list.title),
      ",\n\"description\": ", GrantJsonText(list.description), ",\n\"publisher\": ",
      GrantJsonObject({{"identifier", GrantJsonText(GrantOrganisationId(publisher, publisher.agency))},
                       {"name", GrantJsonText(AgencyNameOf(publisher.names, publisher.agency))}}),
      ",\n\"grants\": [\n", absl::StrJoin(grants, ",\n"), "\n]\n}\n");
}

absl::StatusOr<std::string> GrantsCsv(const AwardList& list, const Publisher& publisher) {
  ACCORD_RETURN_IF_ERROR(CheckGrants(list));
  std::string csv =
      CsvLineOfFileValues({"Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date",
                           "Planned Dates:Start Date", "Planned Dates:End Date", "Recipient Org:Identifier",
                           "Recipient Org:Name", "Funding Org:Identifier", "Funding Org:Name",
                           "Grant Programme:Code", "Grant Programme:Title", "Last Modified"});
  for (const Award& award : list.awards) {
    csv += CsvLineOfFileValues(
        {IdentifierAsFileValue(publisher.prefix, award.record), award.title, award.description, "CAD",
         AmountAsFileValue(award.amount_cents), GrantDay(award), award.starts_on, award.ends_on,
         GrantOrganisationId(publisher, award.recipient), AgencyNameOf(publisher.names, award.recipient),
         GrantOrganisationId(publisher, award.funder), AgencyNameOf(publisher.names, award.funder),
         award.programme_code, award.programme_title, TimeAsFileValue(award.at)});
  }
  return csv;
}

}  // namespace accord::ctl
