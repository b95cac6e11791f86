// These are the people who may call, and who try to evade a rule of the field: real agencies with real
// certificates on one stack, which these suites share. Each test makes records of its own.
#ifndef ACCORD_TESTS_E2E_FIELD_H_
#define ACCORD_TESTS_E2E_FIELD_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "tests/e2e/case.h"

namespace accord::e2e {

// A Person says who calls, and for which purpose.
struct Person {
  std::string agency, actor, purpose;
};

inline const Person kDirector{"cas-york", "director", "protocol_governance"};
inline const Person kWorker{"cas-york", "worker", "child_protection"};
inline const Person kSocietySupervisor{"cas-york", "supervisor", "child_protection"};
inline const Person kSocietyOfficer{"cas-york", "privacy", "privacy_review"};
inline const Person kChief{"ps-york", "chief", "protocol_governance"};
inline const Person kMember{"ps-york", "member", "criminal_investigation"};
inline const Person kSupervisor{"ps-york", "supervisor", "criminal_investigation"};
inline const Person kOfficer{"ps-york", "privacy", "privacy_review"};
inline const Person kOtherDirector{"cas-durham", "director", "protocol_governance"};
inline const Person kOtherChief{"ps-durham", "chief", "protocol_governance"};
inline const Person kOtherMember{"ps-durham", "member", "criminal_investigation"};
inline const Person kOtherSupervisor{"ps-durham", "supervisor", "criminal_investigation"};
inline const Person kOtherOfficer{"ps-durham", "privacy", "privacy_review"};

// This is a stack, and the people whom it admitted.
class FieldWorld : public ACase {
 public:
  struct Admitted {
    std::string agency, actor;
    std::vector<Role> roles;
  };
  explicit FieldWorld(const std::vector<Admitted>& people);
  // This world has everybody that these suites know, and ends with the test process.
  static FieldWorld& Shared();
  // This gives only the two societies and the two police services.
  static std::vector<Admitted> SocietiesAndPolice();

  void TestBody() override {}
  const AgencyClient& ClientOf(const std::string& agency) const { return clients_.at(agency); }
  const std::map<std::string, testing::TestCertificate>& Identities() const { return identities_; }
  void Admit(const Admitted& person);
  using ACase::Draft;
  using ACase::Hasten;
  using ACase::Letter;
  using ACase::RequestId;
  using ACase::stack_;

  // Several tests read this protocol, and none changes it.
  std::optional<Protocol> york;
  // This says whether accordctl knows its agencies.
  bool has_contexts = false;

 private:
  std::map<std::string, AgencyClient> clients_;
};

class Field : public ::testing::Test {
 protected:
  explicit Field(FieldWorld& world = FieldWorld::Shared()) : world_(world) {}

  // `method` is for example `protocols.v1.ProtocolService/SignProtocol`. Sets request_id if the request
  // has none.
  template <class Res, class Req>
  absl::StatusOr<Res> Call(const Person& who, const std::string& method, Req request) {
    if constexpr (requires { request.set_request_id(""); }) {
      if (request.request_id().empty()) request.set_request_id(FieldWorld::RequestId());
    }
    return world_.ClientOf(who.agency)
        .Call<Res>(absl::StrCat("/accord.", method), who.actor, who.purpose, request);
  }
  template <class Res, class Req>
  Res Must(const Person& who, const std::string& method, Req request) {
    auto result = Call<Res>(who, method, std::move(request));
    EXPECT_OK(result) << who.agency << "/" << who.actor << " " << method << ": " << result.status();
    return result.value_or(Res());
  }
  // This gives the rule that refused; it is empty if none did.
  template <class Res, class Req>
  std::string Refusal(const Person& who, const std::string& method, Req request) {
    return accord::testing::RuleOrError(Call<Res>(who, method, std::move(request)).status());
  }
  // This calls a method on a record that was read before. If nothing refuses it, `item` becomes the answer.
  template <class Req, class T>
  std::string Move(const Person& who, const std::string& method, T* item, Req request = Req()) {
    request.set_name(item->name());
    request.set_etag(item->etag());
    auto result = Call<T>(who, method, std::move(request));
    if (result.ok()) *item = *result;
    return accord::testing::RuleOrError(result.status());
  }
  // This gives what Get answers, or the empty message if the person does not see the record.
  template <class T, class Req>
  T Seen(const Person& who, const std::string& method, const std::string& name) {
    Req request;
    request.set_name(name);
    return Call<T>(who, method, request).value_or(T());
  }

  static std::string Days(int from_today) { return FormatDay(OntarioDay(absl::Now()) + from_today); }

  // The following is about protocols.
  Protocol SeenProtocol(const Person& who, const std::string& name) {
    return Seen<Protocol, GetProtocolRequest>(who, "protocols.v1.ProtocolService/GetProtocol", name);
  }
  template <class Req>
  std::string MoveProtocol(const Person& who, const std::string& verb, Protocol* protocol,
                           Req request = Req()) {
    if constexpr (requires { request.set_text_digest(""); }) request.set_text_digest(protocol->text_digest());
    if constexpr (requires { request.set_reason(""); }) {
      if (request.reason().empty()) request.set_reason("time");
    }
    return Move(who, "protocols.v1.ProtocolService/" + verb, protocol, request);
  }
  std::string Review(const Person& who, Protocol* protocol);
  // This gives a draft that its lead has offered for signature.
  Protocol Offered(const Person& lead, const CreateProtocolRequest& draft);
  // This gives the rule that refused a signature. It is empty if both signed, and then `protocol` is
  // the result.
  std::string Sign(const Person& first, const Person& second, Protocol* protocol);
  Protocol Signed(const Person& lead, const Person& other, const CreateProtocolRequest& draft);
  // This protocol of York's society and police is in force. Durham's police are an observer in it, and its
  // society was consulted.
  const Protocol& York();
  CreateProtocolRequest Draft(const std::string& society = "cas-york", const std::string& police = "ps-york");
  static void AddParty(CreateProtocolRequest* draft, const std::string& agency, PartyCapacity capacity,
                       PartyPart part);

  // The following is about referrals.
  Referral SeenReferral(const Person& who, const std::string& name) {
    return Seen<Referral, GetReferralRequest>(who, "protocols.v1.ReferralService/GetReferral", name);
  }
  absl::StatusOr<Referral> Send(const Person& who, const CreateReferralRequest& letter) {
    return Call<Referral>(who, "protocols.v1.ReferralService/CreateReferral", letter);
  }
  template <class Req>
  std::string MoveReferral(const Person& who, const std::string& verb, Referral* referral,
                           Req request = Req()) {
    return Move(who, "protocols.v1.ReferralService/" + verb, referral, request);
  }
  // This referral goes from York's society to York's police.
  CreateReferralRequest Letter(const Protocol& protocol);
  // This gives a report under the duty to report, from York's police to its society.
  CreateReferralRequest Report(const Protocol& protocol);
  std::string Screen(const Person& who, Referral* referral, ReferralState outcome);

  // This gives what a privacy officer reads of a record that no longer exists, and of what was done to it.
  std::vector<std::string> Tombstones(const Person& officer);
  int Alerts(const Person& officer, PrivacyAlertKind kind, const std::string& resource);

  FieldWorld& world_;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_FIELD_H_
