#include "tests/pages/pilot_samples.h"

#include <string>
#include <utility>
#include <vector>

#include "accord/protocols/v1/resources.pb.h"
#include "accord/registry/v1/people_service.pb.h"
#include "accord/supports/v1/benefit_service.pb.h"
#include "accord/supports/v1/order_resources.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "clients/accordctl/views/boards/agreements.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/operations/continuity.h"
#include "clients/accordctl/views/supports/catchments.h"
#include "clients/accordctl/views/supports/claims_page.h"
#include "clients/accordctl/views/supports/orders_page.h"
#include "common/base/clock.h"

namespace accord::ctl {
namespace {

absl::Time ReadAt() { return absl::FromCivil(absl::CivilSecond(2026, 11, 26, 16, 30, 0), OntarioZone()); }

Waiting WaitingAt(const std::string& id, Turn turn, absl::Duration later) {
  Waiting line;
  line.kind = "referral";
  line.name = "agencies/cas-york/referrals/" + id;
  line.what = "acknowledge";
  line.state = "submitted";
  line.note = "immediate";
  line.turn = turn;
  line.due = ReadAt() + later;
  line.next = "referral acknowledge " + line.name;
  return line;
}

Dashboard WaitingOnOneDay() {
  std::vector<Waiting> waiting = {WaitingAt("01m8a5dx", Turn::kMine, -absl::Hours(2)),
                                  WaitingAt("01m8a5dy", Turn::kTeam, absl::Hours(3)),
                                  WaitingAt("01m8a5dz", Turn::kOthers, -absl::Hours(30))};
  waiting[0].assignee = "member";
  waiting[1].assignee = "colleague";
  return ArrangedDashboard({"ps-york", "member", ReadAt()}, OntarioZone(), std::move(waiting), 30, false);
}

void AddSignatory(const std::string& agency, protocols::v1::PartyCapacity capacity,
                  protocols::v1::Protocol* protocol) {
  auto* party = protocol->add_parties();
  party->set_agency(agency);
  party->set_capacity(capacity);
  party->set_part(protocols::v1::PARTY_PART_SIGNATORY);
}

protocols::v1::Protocol AgreedBy(const std::string& society, const std::string& police) {
  protocols::v1::Protocol protocol;
  protocol.set_name("agencies/" + society + "/protocols/01m8a4aa");
  protocol.set_title("Trafficking protocol");
  protocol.set_state(protocols::v1::PROTOCOL_STATE_IN_FORCE);
  protocol.set_effective_from("2026-01-01");
  AddSignatory(society, protocols::v1::PARTY_CAPACITY_CAS, &protocol);
  AddSignatory(police, protocols::v1::PARTY_CAPACITY_POLICE, &protocol);
  return protocol;
}

supports::v1::RestrainingOrder OrderOf(const std::string& file, int unserved_days,
                                       const std::string& expires_on) {
  supports::v1::RestrainingOrder order;
  order.set_name("agencies/vs-york/restrainingOrders/" + file);
  order.set_court("Newmarket");
  order.set_court_file_no(file);
  order.set_made_on("2026-11-02");
  order.set_expires_on(expires_on);
  order.set_unserved_days(unserved_days);
  return order;
}

supports::v1::CrisisPartner PartnerAt(const std::string& agency, const std::string& place) {
  supports::v1::CrisisPartner partner;
  partner.set_name("agencies/vs-ovs/crisisPartners/" + agency);
  partner.set_partner_agency(agency);
  partner.add_catchment(place);
  partner.set_hours_24_7(true);
  partner.set_phone("905 555 0100");
  partner.set_funded_from("2017-02-23");
  return partner;
}

}  // namespace

std::string DashboardSample() { return DashboardPage(WaitingOnOneDay()); }

std::string AgreementsSample() {
  protocols::v1::Protocol ended = AgreedBy("cas-durham", "ps-durham");
  ended.set_state(protocols::v1::PROTOCOL_STATE_TERMINATED);
  AgreementsView view;
  view.agreements = AgreementsOn({AgreedBy("cas-york", "ps-york"), ended}, "2026-11-26");
  view.agencies = {{"cas-york", "York Region Children's Aid Society"}, {"ps-york", "York Regional Police"}};
  view.now = ReadAt();
  return AgreementsPage(view);
}

std::string OutageSample() {
  OutagePack pack;
  pack.dashboard = WaitingOnOneDay();
  pack.reader = "member, York Regional Police";
  registry::v1::AgencyDutyContact desk;
  desk.set_agency("cas-york");
  desk.set_display_name("York Region Children's Aid Society");
  desk.set_role(annotations::v1::ROLE_CAS_SUPERVISOR);
  desk.set_reach("905-555-0199");
  pack.desks.push_back(desk);
  return OutagePage(pack);
}

std::string OrdersSample() {
  OrdersView view;
  view.now = ReadAt();
  view.unserved = {OrderOf("26-1", 24, "2029-11-02")};
  view.expiring = {OrderOf("26-2", 0, "2026-12-01")};
  SortOrders(&view);
  return OrdersPage(view);
}

// One place is served, and nobody serves the other one.
std::string CatchmentsSample() {
  Catchments catchments;
  catchments.day = "2026-11-26";
  catchments.places = {"york-region", "kenora"};
  catchments.partners = {PartnerAt("vs-york", "york-region")};
  catchments.agencies = {{"vs-york", "York Victim Care"}};
  return CatchmentsPage(catchments);
}

// This gives a number, one that is withheld, and a year in which nobody was paid.
std::string ClaimsSample() {
  supports::v1::CountBenefitsResponse counted;
  *counted.mutable_as_of() = ToProto(ReadAt());
  auto* paid = counted.add_counts();
  paid->set_benefit(supports::v1::BENEFIT_CODE_TATTOO_REMOVAL);
  paid->set_fiscal_year("2026-27");
  paid->set_count(12);
  auto* withheld = counted.add_counts();
  withheld->set_benefit(supports::v1::BENEFIT_CODE_PHONE);
  withheld->set_fiscal_year("2027-28");
  withheld->set_suppressed(true);
  return ClaimsPage(counted);
}

}  // namespace accord::ctl
