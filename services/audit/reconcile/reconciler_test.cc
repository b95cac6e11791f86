// Every change of every service has its record, whoever left, and nobody can put another's act into the log.
#include "services/audit/reconcile/reconciler.h"

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/storage/records/feed.h"
#include "services/audit/log/audit_index.h"
#include "services/audit/testing/fake_gateway.h"
#include "services/audit/testing/fixture.h"

namespace accord::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2026, 11, 23, 10, 0, 0), OntarioZone());
// Nothing proves who made this actor's changes.
constexpr char kUnsigned[] = "unsigned";
constexpr auto kOffice = annotations::v1::AGENCY_KIND_COORDINATION_OFFICE;

// These are services as they answer through the gateway.
struct FakeServices {
  std::map<std::string, std::vector<host::v1::RevisionKey>> changes;
  int asked = 0;
  int page = 1000;

  void Change(const std::string& service, const std::string& request_id, const std::string& name,
              int64_t version = 1, const std::string& actor = "member") {
    auto& list = changes[service];
    host::v1::RevisionKey key;
    key.set_sequence(list.empty() ? 1 : list.back().sequence() + 1);
    *key.mutable_time() = ToProto(kNow - absl::Minutes(10));
    key.set_agency("ps-york");
    key.set_actor(actor);
    key.set_request_id(request_id);
    key.set_name(name);
    key.set_version(version);
    list.push_back(key);
  }
  absl::StatusOr<host::v1::ListRevisionKeysResponse> List(const std::string& service,
                                                          const host::v1::ListRevisionKeysRequest& request) {
    ++asked;
    host::v1::ListRevisionKeysResponse response;
    for (const auto& key : changes[service]) {
      if (key.agency() == storage::kPlatform && !request.platform()) continue;
      if (key.sequence() > request.after_sequence() && response.revisions_size() < page) {
        *response.add_revisions() = key;
      }
    }
    TheGateway().Prove(service, &response);
    for (auto& key : *response.mutable_revisions()) {
      if (key.actor() == kUnsigned) key.clear_assertion();
    }
    return response;
  }
};

class Reconciliation : public ALog {
 protected:
  Reconciliation()
      : ALog(AuditOptions{
            .witnessed_file = "",
            .revisions = [this](const auto& service,
                                const auto& request) { return services_.List(service, request); },
            .proofs = TheGateway().proofs()}) {}
  v1::AuditRecord RecordOf(int n, const std::string& service, const std::string& request_id,
                           const std::string& actor = "member") {
    v1::AuditRecord record = Record(n, "ps-york", "cas-york");
    record.set_method(absl::StrCat("/accord.", service, ".v1.SomeService/ChangeSomething"));
    record.set_actor(actor);
    record.set_request_id(request_id);
    record.set_decision(v1::DECISION_ALLOW);
    *record.mutable_time() = ToProto(kNow - absl::Minutes(10));
    return record;
  }
  absl::StatusOr<v1::RecoverRecordsResponse> Recover(const std::string& service = "",
                                                     annotations::v1::AgencyKind kind = kOffice) {
    v1::RecoverRecordsRequest request;
    request.set_service(service);
    request.set_request_id(absl::StrCat("reconcile-", ++requests_));
    return in_process_.Call<v1::RecoverRecordsResponse>(Admin("co-pahtco", kind), request);
  }
  static std::vector<std::string> Recovered(const v1::RecoverRecordsResponse& response) {
    return {response.recovered().begin(), response.recovered().end()};
  }
  const v1::Reconciliation& Of(const v1::RecoverRecordsResponse& response, const std::string& service) {
    for (const auto& each : response.services()) {
      if (each.service() == service) return each;
    }
    ADD_FAILURE() << service;
    return v1::Reconciliation::default_instance();
  }

  FakeServices services_;
  int requests_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Databases, Reconciliation, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(Reconciliation, ARequestIdThatAnotherServiceRecordedHidesNoChange) {
  services_.Change("intelligence", "request-R", "agencies/ps-york/reports/1");
  services_.Change("protocols", "request-R", "agencies/cas-york/referrals/7", 2);
  v1::AuditRecord record = RecordOf(1, "intelligence", "request-R");
  record.add_revisions(RevisionDigest("intelligence", "agencies/ps-york/reports/1", 1));
  ASSERT_OK(sequencer_->Append({record}));
  const auto first = Recover();
  ASSERT_OK(first);
  EXPECT_THAT(Recovered(*first), ElementsAre("request-R"));
  EXPECT_THAT(Of(*first, "protocols").recovered(), ElementsAre("request-R"));
  v1::ListEntriesRequest list;
  list.set_disclosures_only(true);
  list.set_resource("agencies/cas-york/referrals/7");
  const auto seen = All("cas-york", list);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].record().phase(), v1::PHASE_RECOVERED);
  EXPECT_EQ(seen[0].record().agency(), "ps-york");
  EXPECT_EQ(seen[0].record().actor(), "member");
  EXPECT_EQ(Must(Recover()).recovered_size(), 0) << "once";
}

TEST_P(Reconciliation, TwoVersionsOfOneResourceUnderOneRequestAreTwoChanges) {
  services_.Change("protocols", "request-R", "agencies/cas-york/referrals/7", 2);
  services_.Change("protocols", "request-S", "agencies/cas-york/referrals/7", 3);
  v1::AuditRecord record = RecordOf(1, "protocols", "request-R");
  record.add_revisions(RevisionDigest("protocols", "agencies/cas-york/referrals/7", 2));
  ASSERT_OK(sequencer_->Append({record}));
  EXPECT_THAT(Recovered(Must(Recover())), ElementsAre("request-S"));
}

TEST_P(Reconciliation, AnUnknownEffectIsLookedForByWhatChanged) {
  services_.Change("protocols", "request-R", "agencies/cas-york/referrals/7", 2);
  v1::AuditRecord record = RecordOf(1, "protocols", "request-R");
  record.set_effect_unknown(true);
  ASSERT_OK(sequencer_->Append({record}));
  EXPECT_THAT(Recovered(Must(Recover())), ElementsAre("request-R"));
}

TEST_P(Reconciliation, BeforeRecordsToldOfChangesTheRequestOfThePersonTells) {
  services_.Change("protocols", "request-old", "agencies/cas-york/referrals/1");
  services_.Change("protocols", "request-x", "agencies/cas-york/referrals/2");
  services_.Change("training", "request-old", "agencies/pc-opc/courses/2");
  services_.Change("protocols", "request-new", "agencies/cas-york/referrals/3");
  v1::AuditRecord fresh = RecordOf(4, "protocols", "request-new");
  fresh.add_revisions(RevisionDigest("protocols", "agencies/cas-york/referrals/3", 1));
  // After a record that tells of changes a request id by itself is no proof any more.
  v1::AuditRecord repeated = RecordOf(5, "protocols", "request-x");
  ASSERT_OK(sequencer_->Append({RecordOf(1, "protocols", "request-old"),
                                RecordOf(2, "protocols", "request-x", "somebody-else"), fresh, repeated}));
  const auto response = Recover();
  ASSERT_OK(response);
  EXPECT_THAT(Of(*response, "protocols").recovered(), ElementsAre("request-x"));
  EXPECT_THAT(Of(*response, "training").recovered(), ElementsAre("request-old"));
}

TEST_P(Reconciliation, GoesOnWhereItEndedAndStartsAnewAfterARestore) {
  services_.page = 10;
  for (int i = 0; i < 25; ++i) {
    services_.Change("protocols", absl::StrCat("request-", i),
                     absl::StrCat("agencies/cas-york/referrals/", i));
  }
  EXPECT_EQ(Of(Must(Recover("protocols")), "protocols").compared(), 25);
  EXPECT_EQ(Size(), 25);
  services_.Change("protocols", "request-later", "agencies/cas-york/referrals/later");
  const int before = services_.asked;
  EXPECT_EQ(Of(Must(Recover("protocols")), "protocols").compared(), 1);
  EXPECT_LE(services_.asked - before, 2);
  // The service comes back from a copy and reuses numbers.
  services_.changes["protocols"].resize(20);
  for (int i = 0; i < 10; ++i) {
    services_.Change("protocols", absl::StrCat("request-again-", i),
                     absl::StrCat("agencies/cas-york/referrals/again", i));
  }
  const auto again = Recover("protocols");
  EXPECT_EQ(Of(*again, "protocols").compared(), 30);
  EXPECT_EQ(again->recovered_size(), 10);
}

TEST_P(Reconciliation, WhatIsUnderWayIsLeftForTheNextTime) {
  services_.Change("protocols", "request-1", "agencies/cas-york/referrals/1");
  services_.Change("protocols", "request-2", "agencies/cas-york/referrals/2");
  *services_.changes["protocols"][1].mutable_time() = ToProto(kNow - absl::Seconds(5));
  EXPECT_THAT(Recovered(Must(Recover("protocols"))), ElementsAre("request-1"));
  in_process_.clock().Advance(absl::Minutes(2));
  EXPECT_THAT(Recovered(Must(Recover("protocols"))), ElementsAre("request-2"));
}

TEST_P(Reconciliation, IsForTheCoordinationOfficeAlone) {
  for (auto kind :
       {annotations::v1::AGENCY_KIND_CHILDREN_AID_SOCIETY, annotations::v1::AGENCY_KIND_POLICE_SERVICE,
        annotations::v1::AGENCY_KIND_MINISTRY, annotations::v1::AGENCY_KIND_PLATFORM_SERVICE,
        annotations::v1::AGENCY_KIND_PLATFORM_LOG}) {
    EXPECT_THAT(Recover("", kind), RefusedBy(rules::kAgencyKindNotPermitted));
  }
  EXPECT_THAT(Recover("gateway"), RefusedBy(rules::kServiceNotCompared));
  EXPECT_EQ(services_.asked, 0);
}

TEST_P(Reconciliation, WhatAServiceChangedByItselfIsToldToTheOwnerOnceAndBlamesNobody) {
  services_.Change("protocols", "calendar-1", "agencies/cas-york/referrals/7", 3, "calendar");
  services_.changes["protocols"].back().set_agency(storage::kPlatform);
  const auto first = Recover("protocols");
  ASSERT_OK(first);
  EXPECT_EQ(Of(*first, "protocols").compared(), 1);
  EXPECT_EQ(Of(*first, "protocols").unproven(), 0);
  EXPECT_THAT(Recovered(*first), ::testing::IsEmpty());
  ASSERT_OK(Recover("protocols"));
  v1::ListEntriesRequest list;
  list.set_resource("agencies/cas-york/referrals/7");
  const auto seen = All("cas-york", list);
  ASSERT_EQ(seen.size(), 1u);
  const v1::AuditRecord& record = seen[0].record();
  EXPECT_EQ(record.phase(), v1::PHASE_PLATFORM);
  EXPECT_EQ(record.agency() + record.actor(), "");
  EXPECT_EQ(record.service(), "protocols");
  EXPECT_FALSE(record.unproven());
  EXPECT_THAT(record.revisions(),
              ElementsAre(RevisionDigest("protocols", "agencies/cas-york/referrals/7", 3)));
}

// A call of an agency may make a service change thousands of records by itself, each under an id of its own.
TEST_P(Reconciliation, WhatAServiceChangedByItselfAtOneInstantIsOneEntryOfEachOwner) {
  const auto by_itself = [&](const std::string& id, const std::string& name) {
    services_.Change("protocols", id, name, 1, "calendar");
    services_.changes["protocols"].back().set_agency(storage::kPlatform);
  };
  for (int i = 0; i < 50; ++i) {
    by_itself(absl::StrCat("york-", i), absl::StrCat("agencies/cas-york/conflicts/", i));
    by_itself(absl::StrCat("peel-", i), absl::StrCat("agencies/cas-peel/conflicts/", i));
  }
  by_itself("york-later", "agencies/cas-york/conflicts/later");
  *services_.changes["protocols"].back().mutable_time() = ToProto(kNow - absl::Minutes(9));
  ASSERT_OK(Recover("protocols"));
  ASSERT_OK(Recover("protocols"));
  const auto york = All("cas-york", {});
  ASSERT_EQ(york.size(), 2u);
  EXPECT_EQ(york[0].record().resources_size() + york[1].record().resources_size(), 51);
  EXPECT_EQ(york[0].record().revisions_size() + york[1].record().revisions_size(), 51);
  EXPECT_EQ(All("cas-peel", {}).size(), 1u);
}

// A service that somebody took over proves nothing by saying that nobody called.
TEST_P(Reconciliation, WhatBlamesSomebodyIsStillUnprovenBesideWhatBlamesNobody) {
  services_.Change("protocols", "calendar-1", "agencies/cas-york/referrals/7", 3, "calendar");
  services_.changes["protocols"].back().set_agency(storage::kPlatform);
  services_.Change("protocols", "no-proof", "agencies/cas-york/referrals/8", 2, kUnsigned);
  const auto found = Recover("protocols");
  ASSERT_OK(found);
  EXPECT_EQ(Of(*found, "protocols").unproven(), 1);
  EXPECT_THAT(Recovered(*found), ElementsAre("no-proof"));
}

// Field 1 once took a list of changes, and the log believed it.
TEST_P(Reconciliation, NothingThatTheCallerListsIsBelieved) {
  host::v1::RevisionKey forged;
  forged.set_agency("ps-york");
  forged.set_actor("member");
  forged.set_request_id("forged-by-the-caller");
  forged.set_name("agencies/cas-york/referrals/1");
  v1::RecoverRecordsRequest request;
  request.set_request_id("reconcile-forged");
  const std::string inner = forged.SerializeAsString();
  const std::string bytes =
      std::string("\x0a") + static_cast<char>(inner.size()) + inner + request.SerializeAsString();
  const auto reply = in_process_.CallBytes(in_process_.PathOf(v1::RecoverRecordsRequest::descriptor()),
                                           Admin("co-pahtco", kOffice), bytes);
  ASSERT_OK(reply);
  v1::RecoverRecordsResponse response;
  ASSERT_TRUE(response.ParseFromString(reply->response));
  EXPECT_EQ(response.recovered_size(), 0);
  EXPECT_EQ(All("cas-york", {}).size(), 0u);
}

class NotEnrolled : public ALog {};
INSTANTIATE_TEST_SUITE_P(Databases, NotEnrolled, ::testing::Values("sqlite"),
                         [](const auto& test) { return test.param; });

TEST_P(NotEnrolled, SaysWhatToDo) {
  v1::RecoverRecordsRequest request;
  request.set_request_id("reconcile-1");
  const auto response = in_process_.Call<v1::RecoverRecordsResponse>(Admin("co-pahtco", kOffice), request);
  EXPECT_TRUE(absl::IsFailedPrecondition(response.status()));
  EXPECT_THAT(response, RefusedBy(rules::kDoorNotEnrolled));
  EXPECT_THAT(std::string(response.status().message()),
              HasSubstr("log_identity of the registry's configuration"));
  host::v1::DoorConfig config;
  config.set_address("127.0.0.1:1");
  config.set_certificate_file("/nowhere/gateway-client.crt");
  EXPECT_THAT(ThroughGateway(config)("protocols", {}), RefusedBy(rules::kDoorNotEnrolled));
}

}  // namespace
}  // namespace accord::audit
