#include "clients/connector/act.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "clients/connector/duty_to_report.h"

namespace accord::connector {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using Json = nlohmann::json;

Json Create(const Json& referral) {
  return {{"method", "accord.protocols.v1.ReferralService.CreateReferral"},
          {"actor", "worker"},
          {"purpose", "child_protection"},
          {"request", {{"parent", "agencies/a"}, {"referral", referral}}}};
}
Json With(Json act, const char* name, const std::string& value) {
  act[name] = value;
  return act;
}
std::string RefusalOf(const std::string& json) {
  const auto act = ReadAct(json);
  EXPECT_EQ(act.status().code(), absl::StatusCode::kInvalidArgument) << json;
  return std::string(act.status().message());
}
std::string RefusalOf(const Json& json) { return RefusalOf(json.dump()); }

const protocols::v1::CreateReferralRequest& RequestOf(const Act& act) {
  return dynamic_cast<const protocols::v1::CreateReferralRequest&>(*act.request);
}

TEST(Acts, AreReadByTheDescriptorsOfTheirMethod) {
  const auto act = ReadAct(Create({{"urgency", "URGENCY_IMMEDIATE"}, {"indicators", {"a", "b"}}}).dump());
  ASSERT_TRUE(act.ok()) << act.status();
  EXPECT_EQ(act->actor, "worker");
  EXPECT_EQ(act->purpose, "child_protection");
  EXPECT_EQ(RequestOf(*act).referral().urgency(), protocols::v1::URGENCY_IMMEDIATE);
  EXPECT_THAT(RequestOf(*act).referral().indicators(), SizeIs(2));
  EXPECT_THAT(RequestOf(*act).request_id(), SizeIs(36));
}

TEST(Acts, KeepTheRequestIdThatTheCallerChose) {
  Json json = Create({});
  json["request"]["request_id"] = "chosen";
  const auto act = ReadAct(json.dump());
  ASSERT_TRUE(act.ok()) << act.status();
  EXPECT_EQ(RequestOf(*act).request_id(), "chosen");
}

TEST(Acts, AreTheSameInEverySpellingOfTheSameJson) {
  const auto one = ReadAct(R"({"method":"accord.protocols.v1.ReferralService.CreateReferral","actor":"w",)"
                           R"("purpose":"p","request":{"parent":"agencies/a","request_id":"1"}})");
  const auto other =
      ReadAct(R"({ "request": {"request_id": "1", "parent": "agencies/a"}, "purpose": "p",)"
              R"("actor": "w", "method": "accord.protocols.v1.ReferralService.CreateReferral"})");
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_EQ(one->canonical, other->canonical);
}

TEST(Acts, NameTheResourceThatTheyChangeOrMakeSomethingIn) {
  Json json = Create({});
  EXPECT_EQ(ReadAct(json.dump())->resource, "agencies/a");
  json = Create({{"name", "agencies/a/referrals/r"}});
  EXPECT_EQ(ReadAct(json.dump())->resource, "agencies/a/referrals/r");
  json["method"] = "accord.protocols.v1.ReferralService.AcknowledgeReferral";
  json["request"] = {{"name", "agencies/a/referrals/q"}};
  EXPECT_EQ(ReadAct(json.dump())->resource, "agencies/a/referrals/q");
}

TEST(Acts, AreRefusedByTheNameOfWhatIsUnknown) {
  EXPECT_THAT(RefusalOf(Create({{"urgnecy", "URGENCY_IMMEDIATE"}})), HasSubstr("urgnecy"));
  EXPECT_THAT(RefusalOf(With(Create({}), "agent", "x")), HasSubstr("`agent`"));
  EXPECT_THAT(RefusalOf(With(Create({}), "method", "accord.protocols.v1.ReferralService.Delete")),
              HasSubstr("ReferralService.Delete"));
  // It has a stream for an answer.
  EXPECT_THAT(RefusalOf(With(Create({}), "method", "accord.protocols.v1.ChangeService.WatchChanges")),
              HasSubstr("one answer"));
  // Services alone may call it.
  EXPECT_THAT(RefusalOf(With(Create({}), "method", "accord.audit.v1.AuditWriterService.AppendRecords")),
              HasSubstr("that an agency may call"));
}

TEST(Acts, HaveNoDefaultForWhatIsMissing) {
  EXPECT_THAT(RefusalOf(With(Create({}), "actor", "")), HasSubstr("`actor` is missing"));
  EXPECT_THAT(RefusalOf(With(Create({}), "purpose", "")), HasSubstr("`purpose` is missing"));
  EXPECT_THAT(RefusalOf(With(Create({}), "method", "")), HasSubstr("`method` is missing"));
}

TEST(Acts, AreRefusedWhereTheyAreNoJsonOfTheRightForm) {
  EXPECT_THAT(RefusalOf(std::string("{")), HasSubstr("object"));
  EXPECT_THAT(RefusalOf(std::string("[]")), HasSubstr("object"));
  EXPECT_THAT(RefusalOf(std::string("")), HasSubstr("object"));
  EXPECT_THAT(RefusalOf(std::string("{\"actor\": \"\xff\"}")), HasSubstr("object"));
  EXPECT_THAT(RefusalOf(std::string(R"({"actor": 1})")), HasSubstr("`actor` is not a text"));
  EXPECT_THAT(RefusalOf(std::string(R"({"request": "text"})")), HasSubstr("`request` is not an object"));
  // These are as many as would take all of the stack.
  EXPECT_THAT(RefusalOf(R"({"request": {"a": )" + std::string(1'000'000, '[')), HasSubstr("object"));
  EXPECT_THAT(
      RefusalOf(R"({"request": {"a": )" + std::string(500'000, '[') + std::string(500'000, ']') + "}}"),
      HasSubstr("object"));
}

TEST(Acts, NameNothingTwice) {
  EXPECT_THAT(RefusalOf(std::string(R"({"actor": "worker", "actor": "chief"})")), HasSubstr("twice"));
  EXPECT_THAT(RefusalOf(std::string(R"({"request": {"referral": {"name": "a", "name": "b"}}})")),
              HasSubstr("twice"));
  // In another object it is another member.
  EXPECT_THAT(RefusalOf(std::string(R"({"actor": "a", "request": {"actor": "b"}})")),
              HasSubstr("`method` is missing"));
}

TEST(Acts, AreNoLargerThanTheirMethodTakes) {
  EXPECT_THAT(RefusalOf(Create({{"reporter_belief", std::string(5 << 20, 'a')}})), HasSubstr("more bytes"));
}

TEST(DutiesToReport, NameThePersonWhoDecided) {
  const Json report = Create({{"kind", "REFERRAL_KIND_DUTY_TO_REPORT"}});
  EXPECT_THAT(RefusalOf(report), HasSubstr("`decided_by` is missing"));
  EXPECT_THAT(RefusalOf(With(report, "decided_by", "chief")), HasSubstr("`decided_by` is not `actor`"));
  EXPECT_TRUE(ReadAct(With(report, "decided_by", "worker").dump()).ok());
  // Others need not, and what they say is held to.
  EXPECT_TRUE(ReadAct(Create({{"kind", "REFERRAL_KIND_CONSULTATION"}}).dump()).ok());
  EXPECT_THAT(RefusalOf(With(Create({}), "decided_by", "chief")), HasSubstr("`decided_by` is not `actor`"));
}

TEST(DutiesToReport, AreKnownWhereverARequestHoldsTheirMark) {
  supports::v1::SupportDisclosure disclosure;
  EXPECT_FALSE(IsDutyToReport(disclosure));
  disclosure.set_basis(supports::v1::DISCLOSURE_BASIS_DUTY_TO_REPORT);
  EXPECT_TRUE(IsDutyToReport(disclosure));
  protocols::v1::ListReferralsResponse list;
  list.add_referrals();
  EXPECT_FALSE(IsDutyToReport(list));
  list.add_referrals()->set_kind(protocols::v1::REFERRAL_KIND_DUTY_TO_REPORT);
  EXPECT_TRUE(IsDutyToReport(list));
}

TEST(Grounds, GoIntoTheRequestThatTakesThem) {
  const Json act = With(Create({{"subject_ref", "s"}}), "ground", "child_sex_trafficking");
  const auto read = ReadAct(act.dump());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(RequestOf(*read).referral().ground_code(), "child_sex_trafficking");
  EXPECT_THAT(RefusalOf(With(Create({{"ground_code", "other"}}), "ground", "child_sex_trafficking")),
              HasSubstr("not the `ground_code`"));
  Json other = act;
  other["method"] = "accord.protocols.v1.ReferralService.AcknowledgeReferral";
  other["request"] = {{"name", "agencies/a/referrals/r"}};
  EXPECT_THAT(RefusalOf(other), HasSubstr("no `ground_code`"));
}

}  // namespace
}  // namespace accord::connector
