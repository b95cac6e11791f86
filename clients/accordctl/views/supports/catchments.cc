#include "clients/accordctl/views/supports/catchments.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/views/agency_names.h"

namespace accord::ctl {
namespace {

using supports::v1::CrisisPartner;

const PageForm& CatchmentsForm() {
  static const auto* form = new PageForm("catchments.html");
  return *form;
}

std::string PlaceRow(const std::string& place, const std::string& partner, const std::string& hours,
                     const std::string& telephone) {
  return CatchmentsForm().Part(
      "row",
      {{"place", ForeignText(place)}, {"partner", partner}, {"hours", hours}, {"telephone", telephone}});
}

std::string RowsOf(const Catchments& catchments, const std::string& place) {
  const auto partners = PartnersAt(catchments, place);
  if (partners.empty()) {
    return PlaceRow(place, CatchmentsForm().Part("nobody"), "", "");
  }
  std::string rows;
  for (const CrisisPartner* each : partners) {
    rows += PlaceRow(place, ForeignText(AgencyNameOf(catchments.agencies, each->partner_agency())),
                     each->hours_24_7() ? Text("at any hour") : "", ForeignText(each->phone()));
  }
  return rows;
}

std::string PlacesTable(const Catchments& catchments) {
  const auto places = PlacesOf(catchments);
  if (places.empty()) return CatchmentsForm().Part("no-place");
  std::string rows;
  for (const std::string& place : places) rows += RowsOf(catchments, place);
  return CatchmentsForm().Part("table",
                               {{"counted", Counted(places.size(), "place", "places")}, {"rows", rows}});
}

std::string GapsList(const std::vector<std::string>& gaps) {
  if (gaps.empty()) return CatchmentsForm().Part("no-gap");
  std::string items;
  for (const std::string& each : gaps) items += CatchmentsForm().Part("item", {{"text", ForeignText(each)}});
  return CatchmentsForm().Part("list", {{"items", items}});
}

}  // namespace

bool ServesOn(const CrisisPartner& partner, const std::string& day) {
  return partner.funded_from() <= day && (partner.funded_to().empty() || day <= partner.funded_to());
}

std::set<std::string> PlacesOf(const Catchments& catchments) {
  std::set<std::string> places = catchments.places;
  for (const CrisisPartner& each : catchments.partners) {
    places.insert(each.catchment().begin(), each.catchment().end());
  }
  return places;
}

std::vector<const CrisisPartner*> PartnersAt(const Catchments& catchments, const std::string& place) {
  std::vector<const CrisisPartner*> partners;
  for (const CrisisPartner& each : catchments.partners) {
    const auto& codes = each.catchment();
    const bool serves = std::find(codes.begin(), codes.end(), place) != codes.end();
    if (serves && ServesOn(each, catchments.day)) partners.push_back(&each);
  }
  const auto called = [&](const CrisisPartner* partner) {
    return std::make_pair(AgencyNameOf(catchments.agencies, partner->partner_agency()), partner->name());
  };
  std::sort(partners.begin(), partners.end(),
            [&](const CrisisPartner* a, const CrisisPartner* b) { return called(a) < called(b); });
  return partners;
}

std::vector<std::string> GapsOf(const Catchments& catchments) {
  std::vector<std::string> gaps;
  for (const std::string& place : PlacesOf(catchments)) {
    if (PartnersAt(catchments, place).empty()) gaps.push_back(place);
  }
  return gaps;
}

Json CatchmentsJson(const Catchments& catchments) {
  Json places = Json::array();
  for (const std::string& place : PlacesOf(catchments)) {
    Json partners = Json::array();
    for (const CrisisPartner* each : PartnersAt(catchments, place))
      partners.push_back(each->partner_agency());
    places.push_back({{"place", place}, {"partners", partners}});
  }
  Json gaps = Json::array();
  for (const std::string& each : GapsOf(catchments)) gaps.push_back(each);
  return {{"day", catchments.day}, {"places", places}, {"gaps", gaps}};
}

std::string CatchmentsPage(const Catchments& catchments) {
  const auto gaps = GapsOf(catchments);
  const std::string summary = Text("{{counted}} known; nobody serves {{gaps}} of them.",
                                   {{"counted", Counted(PlacesOf(catchments).size(), "place", "places")},
                                    {"gaps", absl::StrCat(gaps.size())}});
  const std::string day = DayText(catchments.day);
  return PageOf(Text("Crisis partners of Ontario, {{day}}", {{"day", day}}), {"page.css", "catchments.css"},
                CatchmentsForm().Body({{"summary", summary},
                                       {"now", day},
                                       {"gaps", GapsList(gaps)},
                                       {"table", PlacesTable(catchments)}}));
}

}  // namespace accord::ctl
