// Which partner serves which place on a day, and which places nobody serves.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_CATCHMENTS_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_CATCHMENTS_H_

#include <set>
#include <string>
#include <vector>

#include "accord/supports/v1/resources.pb.h"
#include "clients/accordctl/core/body.h"
#include "clients/accordctl/views/page.h"

namespace accord::ctl {

struct Catchments {
  // This is the day that is looked at, `YYYY-MM-DD`.
  std::string day;
  // Codes of the places that are known by themselves; what a partner serves is known by that.
  std::set<std::string> places;
  // They are all partners that there ever were.
  std::vector<supports::v1::CrisisPartner> partners;
  AgencyNames agencies;
};

// Whether the program funds the partner on this day.
bool ServesOn(const supports::v1::CrisisPartner& partner, const std::string& day);
// Gives every place that is known, or that any partner ever served.
std::set<std::string> PlacesOf(const Catchments& catchments);
// Gives those who serve a place on the day, in the order of their names.
std::vector<const supports::v1::CrisisPartner*> PartnersAt(const Catchments& catchments,
                                                           const std::string& place);
// Places that nobody serves on the day.
std::vector<std::string> GapsOf(const Catchments& catchments);

Json CatchmentsJson(const Catchments& catchments);
// This returns the page as HTML.
std::string CatchmentsPage(const Catchments& catchments);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_SUPPORTS_CATCHMENTS_H_
