#include "tests/attack/requests.h"

#include <unistd.h>

#include <chrono>
#include <ctime>

#include "accord/audit/v1/audit_service.pb.h"
#include "accord/audit/v1/audit_writer_service.pb.h"
#include "accord/protocols/v1/protocol_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/registry/v1/registry_admin_service.pb.h"

namespace accord::attack {
namespace {

using namespace protocols::v1;

std::string Today() {
  // The day is that in Ontario and not that in the machine's zone.
  const std::time_t now = std::time(nullptr) - 5 * 3600;
  char text[16];
  std::tm day{};
  gmtime_r(&now, &day);
  std::strftime(text, sizeof text, "%Y-%m-%d", &day);
  return text;
}

}  // namespace

std::string RequestId() {
  static int64_t count = 0;
  static const int64_t start = std::chrono::system_clock::now().time_since_epoch().count();
  return "attack-" + std::to_string(::getpid()) + "-" + std::to_string(start) + "-" + std::to_string(++count);
}

std::string Varint(uint64_t value) {
  std::string bytes;
  for (; value > 127; value >>= 7) bytes += static_cast<char>(value | 128);
  return bytes += static_cast<char>(value);
}
std::string Tag(int number, int wire_type) {
  return Varint(static_cast<uint64_t>(number) << 3 | static_cast<uint64_t>(wire_type));
}
std::string Field(int number, const std::string& bytes) {
  return Tag(number, 2) + Varint(bytes.size()) + bytes;
}

std::string Named(const std::string& name) { return Field(1, name); }
std::string Page(int size) { return size == 0 ? "" : Tag(1, 0) + Varint(static_cast<uint64_t>(size)); }
std::string PageOfDrafts() {
  protocols::v1::ListProtocolsRequest request;
  request.set_page_size(3);
  request.set_state(protocols::v1::PROTOCOL_STATE_DRAFT);
  return request.SerializeAsString();
}
std::string PageOf(const std::string& parent, int size) {
  return Field(1, parent) + (size == 0 ? "" : Tag(2, 0) + Varint(static_cast<uint64_t>(size)));
}
std::string EntriesOf(const std::string& resource, int size) {
  audit::v1::ListEntriesRequest request;
  request.set_page_size(size);
  request.set_resource(resource);
  return request.SerializeAsString();
}
std::string Health(const std::string& service) { return service.empty() ? "" : Field(1, service); }

std::string NewReferral(const std::string& protocol, const std::string& to_agency, const std::string& subject,
                        int belief, const std::string& request_id) {
  CreateReferralRequest request;
  // The agency A leads agencies/A/protocols/P, and sends the referral.
  request.set_parent(protocol.substr(0, protocol.find("/protocols/")));
  request.set_request_id(request_id);
  Referral* referral = request.mutable_referral();
  referral->set_protocol(protocol);
  referral->set_kind(REFERRAL_KIND_MISSING_YOUTH);
  referral->set_to_agency(to_agency);
  referral->set_subject_ref(subject);
  referral->set_age_band(AGE_BAND_12_15);
  referral->set_urgency(URGENCY_H12);
  referral->set_event_date(Today());
  referral->set_reporter_belief(std::string(static_cast<std::size_t>(belief), 'b'));
  referral->set_lawful_basis("CYFSA 2017, s. 125");
  referral->set_indigenous_identity(INDIGENOUS_IDENTITY_NOT_ASKED);
  return request.SerializeAsString();
}

std::string Acknowledgement(const std::string& name, const std::string& etag, const std::string& request_id) {
  AcknowledgeReferralRequest request;
  request.set_name(name);
  request.set_etag(etag);
  request.set_request_id(request_id);
  return request.SerializeAsString();
}

std::string NewProtocol(const std::string& lead, const std::string& party, int letters) {
  CreateProtocolRequest request;
  request.set_parent("agencies/" + lead);
  request.set_request_id(RequestId());
  Protocol* protocol = request.mutable_protocol();
  protocol->set_kind(PROTOCOL_KIND_HT_STANDALONE);
  protocol->set_title("A long protocol");
  protocol->set_effective_from(Today());
  for (const auto& [agency, capacity] :
       {std::pair{lead, PARTY_CAPACITY_CAS}, {party, PARTY_CAPACITY_POLICE}}) {
    ProtocolParty* one = protocol->add_parties();
    one->set_agency(agency);
    one->set_capacity(capacity);
    one->set_part(PARTY_PART_SIGNATORY);
  }
  for (int code = 1; SectionCode_IsValid(code); ++code) {
    Section* section = protocol->add_sections();
    section->set_code(static_cast<SectionCode>(code));
    section->set_text(std::string(static_cast<std::size_t>(letters), 's'));
    section->set_visibility(SECTION_VISIBILITY_PARTIES);
  }
  return request.SerializeAsString();
}

std::string NewActor(const std::string& agency, const std::string& actor, const std::string& request_id) {
  registry::v1::CreateActorRequest request;
  request.set_parent("agencies/" + agency);
  request.set_actor_id(actor);
  request.mutable_actor()->add_roles(agency.starts_with("ps-") ? annotations::v1::ROLE_POLICE_MEMBER
                                                               : annotations::v1::ROLE_CAS_WORKER);
  request.set_request_id(request_id);
  return request.SerializeAsString();
}

std::string ForgedRecovery(const std::string& agency, const std::string& resource) {
  // This is encoded by hand, because newer versions of the message may lack the field in which a
  // caller lists records.
  return Field(1, Field(3, agency) + Field(4, "worker") + Field(5, RequestId()) + Field(6, resource)) +
         Field(2, RequestId());
}

std::string LogRecords(const std::string& agency, int first, int count) {
  audit::v1::AppendRecordsRequest request;
  const auto now = std::time(nullptr);
  for (int i = 0; i < count; ++i) {
    audit::v1::AuditRecord* record = request.add_records();
    char id[32];
    std::snprintf(id, sizeof id, "01ATTACK%018d", first + i);
    record->set_call_id(id);
    record->set_gateway("seed");
    record->mutable_time()->set_seconds(now);
    record->set_agency(agency);
    record->set_system("rms");
    record->set_actor("privacy");
    record->set_certificate_fingerprint(std::string(32, 'f'));
    record->set_method("/accord.registry.v1.RegistryService/GetAgency");
    record->set_decision(audit::v1::DECISION_ALLOW);
    record->set_phase(audit::v1::PHASE_COMPLETE);
    auto* touched = record->add_resources();
    touched->set_name("agencies/" + agency);
    touched->set_owner(agency);
    touched->set_touch(caller::v1::TOUCH_DISCLOSED);
  }
  return request.SerializeAsString();
}

std::string NameIn(const std::string& bytes) {
  Referral referral;
  referral.ParseFromString(bytes.size() > 5 ? bytes.substr(5) : "");
  return referral.name();
}
std::string EtagIn(const std::string& bytes) {
  Referral referral;
  referral.ParseFromString(bytes.size() > 5 ? bytes.substr(5) : "");
  return referral.etag();
}

}  // namespace accord::attack
