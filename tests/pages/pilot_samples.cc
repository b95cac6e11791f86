#include "tests/pages/pilot_samples.h"

#include <utility>
#include <vector>

#include "accord/protocols/v1/resources.pb.h"
#include "accord/registry/v1/people_service.pb.h"
#include "clients/accordctl/views/agreements.h"
#include "clients/accordctl/views/continuity.h"
#include "clients/accordctl/views/dashboard.h"
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
  return Arranged({"ps-york", "member", ReadAt()}, OntarioZone(), std::move(waiting), 30, false);
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

}  // namespace

std::string DashboardSample() { return AsPage(WaitingOnOneDay()); }

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

}  // namespace accord::ctl
