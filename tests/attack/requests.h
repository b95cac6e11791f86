// These are valid requests of the services, serialized.
#ifndef ACCORD_TESTS_ATTACK_REQUESTS_H_
#define ACCORD_TESTS_ATTACK_REQUESTS_H_

#include <string>

namespace accord::attack {

inline constexpr char kProtocols[] = "/accord.protocols.v1.ProtocolService/";
inline constexpr char kReferrals[] = "/accord.protocols.v1.ReferralService/";
inline constexpr char kRegistry[] = "/accord.registry.v1.RegistryService/";
inline constexpr char kAdmin[] = "/accord.registry.v1.RegistryAdminService/";
inline constexpr char kAudit[] = "/accord.audit.v1.AuditService/";
inline constexpr char kHealth[] = "/grpc.health.v1.Health/Check";

// This gives a unique text in the form of a request id.
std::string RequestId();

// This makes a request of any type whose first field is a name or a parent.
std::string Named(const std::string& name);
std::string Page(int size);
// This makes a request for a page of protocol drafts: one draft that `fill-protocols` made fills a
// whole page.
std::string PageOfDrafts();
std::string PageOf(const std::string& parent, int size);
std::string EntriesOf(const std::string& resource, int size);
std::string Health(const std::string& service);
// `belief` is the number of letters of that text.
std::string NewReferral(const std::string& protocol, const std::string& to_agency, const std::string& subject,
                        int belief, const std::string& request_id);
std::string Acknowledgement(const std::string& name, const std::string& etag, const std::string& request_id);
// This makes a draft with all sections, each of this many letters.
std::string NewProtocol(const std::string& lead, const std::string& party, int letters);
std::string NewActor(const std::string& agency, const std::string& actor, const std::string& request_id);
// This makes a reconciliation request that claims `request_id` of another agency.
std::string ForgedRecovery(const std::string& agency, const std::string& resource);
// This makes this many records of permitted reads by one agency, numbered from `first`, as a gateway
// sends them.
std::string LogRecords(const std::string& agency, int first, int count);

// These read fields of a serialized Referral.
std::string NameIn(const std::string& referral);
std::string EtagIn(const std::string& referral);

// This encodes a length-delimited field by hand.
std::string Field(int number, const std::string& bytes);
// This gives the tag of such a field, which has one or more bytes.
std::string Tag(int number, int wire_type);
std::string Varint(uint64_t value);

}  // namespace accord::attack

#endif  // ACCORD_TESTS_ATTACK_REQUESTS_H_
