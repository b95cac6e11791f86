// These are changes of every service, which are first only validated and then made under the same request_id.
#include <set>

#include "accord/audit/v1/audit_service.pb.h"
#include "accord/host/v1/revisions.pb.h"
#include "accord/intelligence/v1/position_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "tests/e2e/case.h"
#include "tests/e2e/courses.h"

namespace accord::e2e {
namespace {

namespace in = accord::intelligence::v1;
namespace pros = accord::prosecution::v1;
namespace tr = accord::training::v1;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

struct DryRunPerson {
  const AgencyClient* agency;
  std::string actor, purpose;
};

class DryRun : public ACase {
 protected:
  static absl::StatusOr<std::string> Send(const DryRunPerson& who, const std::string& path,
                                          const google::protobuf::Message& request,
                                          const std::string& validate_only) {
    return who.agency->CallBytes(path,
                                 {{"accord-actor", who.actor},
                                  {"accord-purpose", who.purpose},
                                  {"accord-validate-only", validate_only}},
                                 request.SerializeAsString());
  }
  template <class Res>
  Res Must(const DryRunPerson& who, const std::string& path, const google::protobuf::Message& request,
           const std::string& validate_only = "") {
    const auto bytes = Send(who, path, request, validate_only);
    Res response;
    EXPECT_OK(bytes) << path << ": " << bytes.status();
    EXPECT_TRUE(bytes.ok() && response.ParseFromString(*bytes)) << path;
    return response;
  }

  // This gives all that a service has changed, as it tells the office.
  std::vector<host::v1::RevisionKey> Changes(const std::string& service) {
    std::vector<host::v1::RevisionKey> changes;
    host::v1::ListRevisionKeysRequest request;
    request.set_page_size(1000);
    for (;;) {
      const auto page = stack_.Console().Call<host::v1::ListRevisionKeysResponse>(
          absl::StrCat("/accord.", service, ".v1.RevisionService/ListRevisionKeys"), "admin",
          "administration", request);
      EXPECT_OK(page);
      if (!page.ok() || page->revisions().empty()) return changes;
      changes.insert(changes.end(), page->revisions().begin(), page->revisions().end());
      request.set_after_sequence(changes.back().sequence());
    }
  }
  std::set<std::string> ChangedBy(const std::string& service, const std::string& request_id) {
    std::set<std::string> names;
    for (const auto& change : Changes(service)) {
      if (change.request_id() == request_id) names.insert(change.name());
    }
    return names;
  }

  // The call is validated twice and then made, and this gives the real answer.
  template <class Res, class Req>
  Res Both(const DryRunPerson& who, const std::string& path, const Req& request) {
    const std::string service(path.substr(8, path.find('.', 8) - 8));
    const Res first = Must<Res>(who, path, request, "true");
    const Res second = Must<Res>(who, path, request, "true");
    EXPECT_FALSE(first.name().empty()) << path;
    EXPECT_THAT(ChangedBy(service, request.request_id()), IsEmpty()) << path;
    const Res real = Must<Res>(who, path, request);
    EXPECT_FALSE(real.name().empty()) << path;
    // Changes are reported in order, so any earlier ones would have been reported by then.
    EXPECT_TRUE(Eventually([&] { return ChangedBy(service, request.request_id()).contains(real.name()); }))
        << path;
    for (const Res* tried : {&first, &second}) {
      if (tried->name() == real.name()) continue;
      EXPECT_THAT(ChangedBy(service, request.request_id()), Not(Contains(tried->name()))) << path;
    }
    const Res repeated = Must<Res>(who, path, request, "true");
    EXPECT_EQ(repeated.name(), real.name()) << path << ": a repetition is answered as what it repeats";
    return real;
  }

  std::vector<audit::v1::AuditRecord> Entries(const DryRunPerson& privacy, bool disclosures_only) {
    std::vector<audit::v1::AuditRecord> records;
    audit::v1::ListEntriesRequest list;
    list.set_page_size(1000);
    list.set_disclosures_only(disclosures_only);
    do {
      const auto page = Must<audit::v1::ListEntriesResponse>(privacy, kAudit + "ListEntries", list);
      for (const auto& entry : page.entries()) records.push_back(entry.record());
      list.set_page_token(page.next_page_token());
    } while (!list.page_token().empty());
    return records;
  }
  // This gives the changes that the log had no record of.
  std::vector<std::string> Recovered() {
    std::vector<std::string> recovered;
    for (;;) {
      audit::v1::RecoverRecordsRequest ask;
      ask.set_request_id(RequestId());
      ask.set_older_than_seconds(0);
      const auto answer = stack_.Console().Call<audit::v1::RecoverRecordsResponse>(
          kAudit + "RecoverRecords", "admin", "administration", ask);
      EXPECT_OK(answer);
      if (!answer.ok()) return recovered;
      recovered.insert(recovered.end(), answer->recovered().begin(), answer->recovered().end());
      if (!answer->more()) return recovered;
    }
  }
};

TEST_F(DryRun, OfReferralsAndProtocolsLeavesNoTraceButItsRecord) {
  const AgencyClient society = Enrol(
      "cas-york",
      {{"director", ROLE_CAS_DIRECTOR}, {"privacy", ROLE_PRIVACY_OFFICER}, {"worker", ROLE_CAS_WORKER}});
  const AgencyClient police =
      Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}});
  const DryRunPerson director{&society, "director", "protocol_governance"},
      worker{&society, "worker", "child_protection"}, privacy{&society, "privacy", "privacy_review"},
      member{&police, "member", "criminal_investigation"};

  // This is what was there before the log began to compare.
  Recovered();
  const Protocol draft = Both<Protocol>(director, kProtocols + "CreateProtocol", Draft());
  OpenProtocolConsultationRequest open;
  open.set_name(draft.name());
  open.set_etag(draft.etag());
  open.set_request_id(RequestId());
  EXPECT_EQ(Both<Protocol>(director, kProtocols + "OpenProtocolConsultation", open).state(),
            PROTOCOL_STATE_CONSULTATION);

  const Protocol agreed = Agree(society, police);
  const CreateReferralRequest letter = Letter(agreed);
  Must<Referral>(worker, kReferrals + "CreateReferral", letter, "true");
  EXPECT_EQ(Must<ListReferralsResponse>(member, kReferrals + "ListReferrals", ListReferralsRequest())
                .referrals_size(),
            0)
      << "the receiver has got nothing";
  const Referral sent = Both<Referral>(worker, kReferrals + "CreateReferral", letter);

  AcknowledgeReferralRequest acknowledge;
  acknowledge.set_name(sent.name());
  acknowledge.set_etag("stale");
  acknowledge.set_request_id(RequestId());
  EXPECT_EQ(RuleOf(Send(member, kReferrals + "AcknowledgeReferral", acknowledge, "true").status()),
            "ETAG_MISMATCH");
  acknowledge.set_etag(sent.etag());
  Both<Referral>(member, kReferrals + "AcknowledgeReferral", acknowledge);

  // The log has each attempt as what it was, and the owner is told what it disclosed.
  std::map<std::string, int> changes;
  for (const auto& record : Entries(privacy, false)) {
    if (record.validate_only()) {
      EXPECT_EQ(record.revisions_size(), 0) << record.method();
      EXPECT_EQ(record.request_id(), "") << record.method();
      EXPECT_FALSE(record.effect_unknown()) << record.method();
    } else if (!record.request_id().empty() && record.revisions_size() > 0) {
      ++changes[record.request_id()];
    }
  }
  EXPECT_EQ(changes[letter.request_id()], 1);
  EXPECT_EQ(changes[open.request_id()], 1);
  int told = 0;
  for (const auto& record : Entries(privacy, true)) {
    if (!record.validate_only() || record.agency() != "ps-york") continue;
    ++told;
    ASSERT_EQ(record.resources_size(), 1);
    EXPECT_EQ(record.resources(0).name(), sent.name());
    EXPECT_EQ(record.resources(0).touch(), caller::v1::TOUCH_DISCLOSED);
  }
  EXPECT_EQ(told, 3) << "two tries before the change, and one after it";
  EXPECT_THAT(Recovered(), IsEmpty());
}

TEST_F(DryRun, OfEveryOtherServiceIsTheSame) {
  const AgencyClient console = stack_.Console();
  const AgencyClient college = Enrol("pc-opc", {{"registrar", ROLE_TRAINING_ADMIN}});
  const AgencyClient bureau = Enrol("ci-ciso", {{"director", ROLE_CISO_DIRECTOR}});
  const AgencyClient crown = Enrol("cr-york", {{"clerk", ROLE_CROWN_ADMIN}});
  const AgencyClient society = Enrol("cas-york", {{"privacy", ROLE_PRIVACY_OFFICER}});

  // This is what was there before the log began to compare.
  Recovered();
  registry::v1::CreateActorRequest actor;
  actor.set_parent("agencies/ps-york");
  actor.set_actor_id("newcomer");
  actor.mutable_actor()->add_roles(ROLE_POLICE_MEMBER);
  actor.set_request_id(RequestId());
  Both<registry::v1::Actor>({&console, "admin", "administration"}, kAdmin + "CreateActor", actor);

  tr::CreateCourseRequest course = NewCourse("trafficking");
  course.set_request_id(RequestId());
  Both<tr::Course>({&college, "registrar", "training"}, "/accord.training.v1.CourseService/CreateCourse",
                   course);

  in::EstablishPositionRequest position;
  position.set_parent("agencies/ci-ciso");
  position.set_position_id("ht-1");
  position.set_request_id(RequestId());
  Both<in::Position>({&bureau, "director", "intelligence"},
                     "/accord.intelligence.v1.PositionService/EstablishPosition", position);

  pros::CreateCaseRequest opened;
  opened.set_parent("agencies/cr-york");
  opened.mutable_case_()->set_court_region("central-east");
  opened.mutable_case_()->set_police_service("ps-york");
  opened.mutable_case_()->set_information_number("dry-1");
  opened.mutable_case_()->set_team_flag(true);
  opened.mutable_case_()->add_victims()->set_ref("the-survivor-1");
  opened.set_request_id(RequestId());
  // Counsel may not read the case that they open, so a repeated request would not be answered to them.
  Both<pros::Case>({&crown, "clerk", "prosecution"}, "/accord.prosecution.v1.CaseService/CreateCase", opened);

  // The log tells of its own changes by its lists, not by a feed.
  const DryRunPerson privacy{&society, "privacy", "privacy_review"};
  audit::v1::RegisterWitnessRequest witness;
  witness.set_public_key(std::string(32, '\x01'));
  witness.set_request_id(RequestId());
  Must<audit::v1::Witness>(privacy, kAudit + "RegisterWitness", witness, "true");
  const auto witnesses = [&] {
    return Must<audit::v1::ListWitnessesResponse>(privacy, kAudit + "ListWitnesses",
                                                  audit::v1::ListWitnessesRequest())
        .witnesses_size();
  };
  EXPECT_EQ(witnesses(), 0);
  Must<audit::v1::Witness>(privacy, kAudit + "RegisterWitness", witness);
  EXPECT_EQ(witnesses(), 1);
  EXPECT_THAT(Recovered(), IsEmpty());
}

TEST_F(DryRun, IsRefusedByNameWhereItCannotBe) {
  const AgencyClient console = stack_.Console();
  const DryRunPerson admin{&console, "admin", "administration"};
  registry::v1::IssueCertificateRequest issue;
  issue.set_parent("agencies/ps-york/systems/main");
  issue.set_csr_pem("none");
  issue.set_request_id(RequestId());
  EXPECT_EQ(RuleOf(Send(admin, kAdmin + "IssueCertificate", issue, "true").status()),
            "VALIDATE_ONLY_NOT_POSSIBLE");
  registry::v1::CreateActorRequest actor;
  actor.set_parent("agencies/ps-york");
  actor.set_actor_id("newcomer");
  actor.mutable_actor()->add_roles(ROLE_POLICE_MEMBER);
  actor.set_request_id(RequestId());
  for (const char* value : {"false", "1", "yes"}) {
    EXPECT_EQ(RuleOf(Send(admin, kAdmin + "CreateActor", actor, value).status()), "VALIDATE_ONLY_INVALID");
  }
  actor.mutable_actor()->set_roles(0, ROLE_CAS_WORKER);
  EXPECT_EQ(Send(admin, kAdmin + "CreateActor", actor, "true").status(),
            Send(admin, kAdmin + "CreateActor", actor, "").status())
      << "what the change would be refused for";
  EXPECT_THAT(ChangedBy("registry", actor.request_id()), IsEmpty());
}

}  // namespace
}  // namespace accord::e2e
