// In these tests people try to walk around the rules of the field, on protocols.
#ifndef ACCORD_SERVICES_PROTOCOLS_TESTING_NO_WALK_AROUND_H_
#define ACCORD_SERVICES_PROTOCOLS_TESTING_NO_WALK_AROUND_H_

#include <string>

#include "services/protocols/testing/fixture.h"

namespace accord::protocols {

class NoWalkAround : public ProtocolsFixture {
 protected:
  using ProtocolsFixture::ProtocolsFixture;

  static void Add(v1::CreateProtocolRequest* draft, const std::string& agency, v1::PartyCapacity capacity,
                  v1::PartyPart part) {
    auto* party = draft->mutable_protocol()->add_parties();
    party->set_agency(agency);
    party->set_capacity(capacity);
    party->set_part(part);
  }
  // This gives York's draft, with an observer and with an agency that is consulted.
  v1::CreateProtocolRequest Watched() {
    v1::CreateProtocolRequest draft = Draft();
    Add(&draft, "ps-durham", v1::PARTY_CAPACITY_POLICE, v1::PARTY_PART_OBSERVER);
    Add(&draft, "cas-durham", v1::PARTY_CAPACITY_CAS, v1::PARTY_PART_CONSULTED);
    return draft;
  }
  v1::CreateProtocolRequest DraftOf(v1::ProtocolKind kind) {
    v1::CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->set_kind(kind);
    return draft;
  }
  absl::StatusOr<v1::Protocol> Sign(const Caller& caller, const v1::Protocol& protocol) {
    return MoveProtocol<v1::SignProtocolRequest>(caller, protocol);
  }
  v1::Protocol Signed(const v1::CreateProtocolRequest& draft) {
    return Must(Sign(chief_, Must(Sign(director_, Offered(draft)))));
  }
  template <class Req>
  std::string Refusal(const Caller& caller, const v1::Protocol& p) {
    return testing::RuleOrError(MoveProtocol<Req>(caller, p).status());
  }
  absl::StatusOr<v1::Protocol> Review(const Caller& caller, const v1::Protocol& protocol) {
    v1::ReviewProtocolRequest request;
    request.set_name(protocol.name());
    request.set_etag(protocol.etag());
    request.set_kind(v1::REVIEW_KIND_PARTY_REQUEST);
    request.set_reason("time");
    return Call<v1::Protocol>(caller, request);
  }
  absl::StatusOr<v1::Protocol> Notice(const Caller& caller, const std::string& name, const std::string& day,
                                      const std::string& reason = "we part") {
    v1::TerminateProtocolRequest request;
    request.set_name(name);
    request.set_etag(Read(name, caller).etag());
    request.set_reason(reason);
    request.set_terminates_on(day);
    return Call<v1::Protocol>(caller, request);
  }
  const Caller observer_ = Police(annotations::v1::ROLE_POLICE_CHIEF, "ps-durham");
  const Caller consulted_ = Society(annotations::v1::ROLE_CAS_DIRECTOR, "cas-durham");
};

}  // namespace accord::protocols

#endif  // ACCORD_SERVICES_PROTOCOLS_TESTING_NO_WALK_AROUND_H_
