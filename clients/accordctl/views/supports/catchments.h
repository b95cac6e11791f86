// This file is about which partner serves which place on a day, and which places nobody serves.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_CATCHMENTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_CATCHMENTS_H_

#include <set>
#include <string>
#include <vector>

#include "accord/supports/v1/resources.pb.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/message_json.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct Catchments {
  // This is the day for which it is shown, `YYYY-MM-DD`.
  std::string day;
  // These are the codes of places that are listed independently of partners; places that a partner serves are
  // known from the partner.
  std::set<std::string> places;
  // These are all partners that ever existed.
  std::vector<supports::v1::CrisisPartner> partners;
  AgencyNames agencies;
};

// This says whether the program funds the partner on this day.
bool ServesOn(const supports::v1::CrisisPartner& partner, const std::string& day);
// This gives every place that is listed or that any partner ever served.
std::set<std::string> PlacesOf(const Catchments& catchments);
// This gives the partners that serve a place on the day, ordered by name.
std::vector<const supports::v1::CrisisPartner*> PartnersAt(const Catchments& catchments,
                                                           const std::string& place);
// This gives the places that nobody serves on the day.
std::vector<std::string> GapsOf(const Catchments& catchments);

Json CatchmentsJson(const Catchments& catchments);
// This returns the page as HTML.
std::string CatchmentsPage(const Catchments& catchments);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_CATCHMENTS_H_
