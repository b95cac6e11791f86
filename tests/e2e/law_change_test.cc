// In this test two people of the office correct a date of the law through the gateway, without a release of
// Accord. Every later decision follows the correction, also after a restart.
#include <algorithm>

#include "accord/audit/v1/audit_service.pb.h"
#include "accord/host/v1/law.pb.h"
#include "accord/host/v1/status.pb.h"
#include "accord/prosecution/v1/accused_service.pb.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "common/base/file.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

namespace pros = accord::prosecution::v1;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kLaw[] = "/accord.prosecution.v1.LawService/";
// By the delivered rule set, material benefit from trafficking became a hybrid offence on this day.
constexpr char kDelivered[] = "2019-09-19", kCorrected[] = "2019-09-20";

class LawWithoutARelease : public ACase {
 protected:
  LawWithoutARelease()
      : crown_(Enrol("cr-york", {{"counsel", ROLE_CROWN_COUNSEL}, {"clerk", ROLE_CROWN_ADMIN}})),
        office_(Enrol("co-pahtco", {{"drafter", ROLE_OFFICE_STAFF}, {"director", ROLE_OFFICE_DIRECTOR}})) {}

  template <class Res, class Req>
  absl::StatusOr<Res> AsOffice(const std::string& actor, const std::string& method, Req request) {
    if constexpr (requires { request.set_request_id(""); }) request.set_request_id(RequestId());
    return office_.Call<Res>(kLaw + method, actor, "protocol_governance", request);
  }
  template <class Res, class Req>
  Res AsCounsel(const std::string& method, Req request) {
    request.set_request_id(RequestId());
    return Must(crown_.Call<Res>("/accord.prosecution.v1." + method, "counsel", "prosecution", request));
  }
  host::v1::ServiceStatus StatusNow() {
    return Must(stack_.Console().Call<host::v1::ServiceStatus>(
        "/accord.prosecution.v1.StatusService/GetServiceStatus", "admin", "administration",
        host::v1::GetServiceStatusRequest()));
  }
  host::v1::LawChange ReadChange(const std::string& name) {
    host::v1::GetLawChangeRequest request;
    request.set_name(name);
    return Must(AsOffice<host::v1::LawChange>("director", "GetLawChange", request));
  }
  absl::StatusOr<host::v1::LawChange> Approve(const std::string& actor, const host::v1::LawChange& change) {
    host::v1::ApproveLawChangeRequest request;
    request.set_name(change.name());
    request.set_etag(change.etag());
    return AsOffice<host::v1::LawChange>(actor, "ApproveLawChange", request);
  }
  // This gives the delivered file with one date corrected and all its comments.
  static std::string CorrectedFile() {
    std::string text =
        Must(ReadFile(absl::StrCat(Env("ACCORD_SOURCE_DIR"), "/services/prosecution/data/rules.textproto")));
    const std::string row = "offences { section: \"279.02(1)\" title: \"Material benefit - trafficking\" ";
    for (const std::string& before : {absl::StrCat(row, "effective_from: \"2014-12-06\" effective_to: \""),
                                      absl::StrCat(row, "effective_from: \"")}) {
      const std::size_t at = text.find(before + kDelivered);
      EXPECT_NE(at, std::string::npos) << before;
      if (at == std::string::npos) continue;
      text.replace(at + before.size(), std::string(kDelivered).size(), kCorrected);
    }
    return text;
  }
  pros::Case Opened() {
    pros::CreateCaseRequest request;
    request.set_parent("agencies/cr-york");
    request.mutable_case_()->set_court_region("central-east");
    request.mutable_case_()->set_police_service("ps-york");
    request.mutable_case_()->set_information_number("26-1001");
    request.mutable_case_()->set_team_flag(true);
    request.mutable_case_()->add_victims()->set_ref("the-survivor-1");
    const auto item = AsCounsel<pros::Case>("CaseService/CreateCase", request);
    pros::AssignCrownRequest assign;
    assign.set_name(item.name());
    assign.set_etag(item.etag());
    assign.set_agency("cr-york");
    assign.set_crown("counsel");
    assign.set_mode(pros::ASSIGNMENT_MODE_LEAD);
    assign.set_request_id(RequestId());
    return Must(coordinator_.Call<pros::Case>("/accord.prosecution.v1.CaseService/AssignCrown", "coordinator",
                                              "prosecution", assign));
  }
  // This gives a summary count of a day on which the offence was hybrid, or was not yet.
  pros::Count Charged(const pros::Case& of, const std::string& ref) {
    pros::CreateAccusedRequest request;
    request.set_parent(of.name());
    auto* accused = request.mutable_accused();
    accused->set_accused_ref(ref);
    accused->set_charge_date("2026-01-15");
    accused->set_forum(pros::FORUM_OCJ);
    auto* count = accused->add_counts();
    count->set_section("279.02(1)");
    count->set_offence_from(kDelivered);
    count->set_offence_to(kDelivered);
    count->set_victim("v1");
    count->set_mode(pros::COUNT_MODE_SUMMARY);
    return AsCounsel<pros::Accused>("AccusedService/CreateAccused", request).counts(0);
  }

  AgencyClient crown_, office_;
  AgencyClient coordinator_ = Enrol("cr-phtpt", {{"coordinator", ROLE_CROWN_COORDINATOR}});
};

TEST_F(LawWithoutARelease, TheOfficeCorrectsADateAndEveryDecisionSaysByWhichLawItWasMade) {
  const pros::Case item = Opened();
  const pros::Count before = Charged(item, "the-accused-one-1");
  EXPECT_THAT(before.law_notes(), IsEmpty());
  EXPECT_EQ(before.rule_set(), StatusNow().law_delivered());

  host::v1::ProposeLawChangeRequest propose;
  propose.set_rule_set(CorrectedFile());
  propose.set_reason("The day of commencement was wrong by one.");
  const auto proposed = Must(AsOffice<host::v1::LawChange>("drafter", "ProposeLawChange", propose));
  // The service tries it by itself, within moments.
  ASSERT_TRUE(Eventually([&] { return ReadChange(proposed.name()).has_trial(); }));
  const host::v1::LawChange tried = ReadChange(proposed.name());
  EXPECT_THAT(Approve("drafter", tried), RefusedBy(rules::kSamePerson));
  EXPECT_EQ(Charged(item, "the-accused-two-1").rule_set(), before.rule_set()) << "one person changed nothing";
  const auto enacted = Must(Approve("director", tried));

  ASSERT_TRUE(Eventually([&] {
    const host::v1::ServiceStatus status = StatusNow();
    const auto& replicas = status.law_replicas();
    return status.law_digest() == enacted.digest() && !replicas.empty() &&
           std::all_of(replicas.begin(), replicas.end(),
                       [&](const auto& replica) { return replica.digest() == enacted.digest(); });
  }));
  EXPECT_EQ(StatusNow().law_change(), enacted.name());
  const pros::Count after = Charged(item, "the-accused-three-1");
  EXPECT_THAT(after.law_notes(), SizeIs(1)) << "on that day it was prosecuted by indictment only";
  EXPECT_EQ(after.rule_set(), enacted.digest());

  // The law is kept in the database, not in the process.
  stack_.KillAndRestart("prosecution");
  ASSERT_TRUE(Eventually([&] {
    return stack_.Console()
        .Call<host::v1::ServiceStatus>("/accord.prosecution.v1.StatusService/GetServiceStatus", "admin",
                                       "administration", host::v1::GetServiceStatusRequest())
        .ok();
  }));
  EXPECT_EQ(Charged(item, "the-accused-four-1").rule_set(), enacted.digest());

  // The log says who proposed and who approved.
  std::vector<std::string> who;
  for (const std::string& actor : {std::string("drafter"), std::string("director")}) {
    audit::v1::ListEntriesRequest list;
    list.set_by_agency("co-pahtco");
    list.set_by_actor(actor);
    list.set_page_size(1000);
    const auto page = Must(stack_.Console().Call<audit::v1::ListEntriesResponse>(
        kAudit + "ListEntries", "admin", "administration", list));
    for (const auto& entry : page.entries()) {
      who.push_back(absl::StrCat(entry.record().actor(), " ", entry.record().method()));
    }
  }
  EXPECT_THAT(who, Contains(absl::StrCat("drafter ", kLaw, "ProposeLawChange")));
  EXPECT_THAT(who, Contains(absl::StrCat("director ", kLaw, "ApproveLawChange")));
}

}  // namespace
}  // namespace accord::e2e
