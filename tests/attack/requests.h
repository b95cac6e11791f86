// Requests as the services want them, serialized.
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

// Gives a unique text, of the form that a request id has.
std::string RequestId();

// Makes any request whose first field is a name or a parent.
std::string Named(const std::string& name);
std::string Page(int size);
// A page of drafts of protocols: one that `fill-protocols` made is as much as a page may hold.
std::string PageOfDrafts();
std::string PageOf(const std::string& parent, int size);
std::string EntriesOf(const std::string& resource, int size);
std::string Health(const std::string& service);
// `belief` letters of text.
std::string NewReferral(const std::string& protocol, const std::string& to_agency, const std::string& subject,
                        int belief, const std::string& request_id);
std::string Acknowledgement(const std::string& name, const std::string& etag, const std::string& request_id);
// A draft with all sections, each of so many letters.
std::string NewProtocol(const std::string& lead, const std::string& party, int letters);
std::string NewActor(const std::string& agency, const std::string& actor, const std::string& request_id);
// Gives a reconciliation that claims `request_id` of another agency.
std::string ForgedRecovery(const std::string& agency, const std::string& resource);
// So many records of allowed reads of one agency, numbered from `first`, as a gateway sends them.
std::string LogRecords(const std::string& agency, int first, int count);

// These read a serialized Referral.
std::string NameIn(const std::string& referral);
std::string EtagIn(const std::string& referral);

// Gives a length-delimited field, by hand.
std::string Field(int number, const std::string& bytes);
// The first byte or bytes of such a field.
std::string Tag(int number, int wire_type);
std::string Varint(uint64_t value);

}  // namespace accord::attack

#endif  // ACCORD_TESTS_ATTACK_REQUESTS_H_
