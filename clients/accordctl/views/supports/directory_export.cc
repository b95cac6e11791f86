#include "clients/accordctl/views/supports/directory_export.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/json.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/views/agency_names.h"
#include "clients/accordctl/views/supports/catchments.h"
#include "common/access/names.h"
#include "common/base/error.h"
#include "common/base/ids.h"

namespace accord::ctl {
namespace {

using supports::v1::CrisisPartner;
using supports::v1::Facility;

constexpr char kRedacted[] = "redacted: the address is confidential";

// HSDS wants UUIDs: the same for the same thing in each directory, made of its name alone (version 8).
std::string HsdsId(const std::string& of) {
  std::string bytes = Sha256(of).substr(0, 16);
  const auto set = [&](std::size_t at, int keep, int bits) {
    bytes[at] = static_cast<char>((static_cast<unsigned char>(bytes[at]) & keep) | bits);
  };
  set(6, 0x0f, 0x80);
  set(8, 0x3f, 0x80);
  const std::string hex = Hex(bytes);
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-", hex.substr(16, 4),
                      "-", hex.substr(20));
}

Json HsdsOrganizationOf(const Directory& directory, const std::string& agency) {
  const std::string name = PlainLine(AgencyNameOf(directory.agencies, agency));
  return {{"id", HsdsId("agencies/" + agency)}, {"name", name}, {"description", name}};
}

Json HsdsPhonesOf(const std::string& name, const std::string& number) {
  Json phones = Json::array();
  if (!number.empty()) phones.push_back({{"id", HsdsId(name + "/phone")}, {"number", PlainLine(number)}});
  return phones;
}

// Only a site that makes no secret of it has an address; whatever this version does not know has none.
Json HsdsLocationOf(const Facility& facility) {
  const bool told = !facility.confidential() && facility.has_address() &&
                    facility.location_kind() == supports::v1::FACILITY_LOCATION_KIND_SITE;
  Json location = {{"id", HsdsId(facility.name() + "/location")},
                   {"location_type", told ? "physical" : "virtual"},
                   {"name", PlainLine(facility.title())}};
  if (facility.confidential()) location["description"] = kRedacted;
  if (!told) return location;
  Json address = {{"id", HsdsId(facility.name() + "/address")},
                  {"address_1", PlainLine(facility.address().street())},
                  {"city", PlainLine(facility.address().city())},
                  {"state_province", "ON"},
                  {"postal_code", PlainLine(facility.address().postal_code())},
                  {"country", "CA"},
                  {"address_type", "physical"}};
  location["addresses"] = Json::array();
  location["addresses"].push_back(std::move(address));
  return location;
}

Json HsdsServiceAt(Json service, const std::string& name, Json location) {
  Json at = {{"id", HsdsId(name + "/at")}, {"location", std::move(location)}};
  service["service_at_locations"] = Json::array();
  service["service_at_locations"].push_back(std::move(at));
  return service;
}

Json HsdsServiceOf(const Directory& directory, const CrisisPartner& partner) {
  Json service = {{"id", HsdsId(partner.name())},
                  {"name", PlainLine(AgencyNameOf(directory.agencies, partner.partner_agency()))},
                  {"status", ServesOn(partner, directory.day) ? "active" : "inactive"},
                  {"organization", HsdsOrganizationOf(directory, partner.partner_agency())},
                  {"phones", HsdsPhonesOf(partner.name(), partner.phone())}};
  Json areas = Json::array();
  for (const auto& code : partner.catchment()) {
    areas.push_back({{"id", HsdsId(absl::StrCat(partner.name(), "/", code))}, {"name", PlainLine(code)}});
  }
  service["service_areas"] = std::move(areas);
  // Where a partner works is nowhere in Accord: whoever needs it calls.
  const Json location = {{"id", HsdsId(partner.name() + "/location")}, {"location_type", "virtual"}};
  return HsdsServiceAt(std::move(service), partner.name(), location);
}

// The number however it is written, without the country's.
std::string PhoneDigits(const std::string& number) {
  std::string digits;
  std::copy_if(number.begin(), number.end(), std::back_inserter(digits),
               [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
  constexpr std::size_t kOfCanada = 10;
  return digits.size() > kOfCanada ? digits.substr(digits.size() - kOfCanada) : digits;
}

// A number that a site with an address has too would tell where the confidential one may be.
bool SharesPhoneWithAddressedSite(const Directory& directory, const Facility& facility) {
  const std::string digits = PhoneDigits(facility.telephone());
  if (!facility.confidential() || digits.empty()) return false;
  return std::any_of(directory.facilities.begin(), directory.facilities.end(), [&](const Facility& other) {
    return !other.confidential() && other.has_address() && PhoneDigits(other.telephone()) == digits;
  });
}

Json HsdsServiceOf(const Directory& directory, const Facility& facility) {
  const std::string number = SharesPhoneWithAddressedSite(directory, facility) ? "" : facility.telephone();
  Json service = {{"id", HsdsId(facility.name())},
                  {"name", PlainLine(facility.title())},
                  {"status", "active"},
                  {"organization", HsdsOrganizationOf(directory, OwnerOf(facility.name()))},
                  {"phones", HsdsPhonesOf(facility.name(), number)}};
  return HsdsServiceAt(std::move(service), facility.name(), HsdsLocationOf(facility));
}

}  // namespace

absl::StatusOr<Json> HsdsDirectoryOf(const Directory& directory) {
  for (const Facility& facility : directory.facilities) {
    if (!facility.confidential() || !facility.has_address()) continue;
    return Refuse(rules::kFacilityConfidential,
                  absl::StrCat(facility.name(), " is confidential and has an address: nothing is written."));
  }
  Json services = Json::array();
  for (const CrisisPartner& partner : directory.partners)
    services.push_back(HsdsServiceOf(directory, partner));
  for (const Facility& facility : directory.facilities)
    services.push_back(HsdsServiceOf(directory, facility));
  return services;
}

}  // namespace accord::ctl
