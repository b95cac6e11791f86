// These tests show that a worker reaches a survivor by the safe contact and by nothing else, and that Accord
// sends nothing.
#include <set>

#include "accord/protocols/v1/emergency_access_service.pb.h"
#include "common/access/record_names.h"
#include "common/testing/twins.h"
#include "common/testing/walk.h"
#include "services/supports/testing/fixture.h"

namespace accord::supports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Walk;

class SurvivorNotices : public SupportsFixture {
 protected:
  std::string Plan(const Caller& caller, const v1::SupportCase& of, v1::SurvivorNotice* notice = nullptr,
                   const std::string& due_on = "2026-12-01") {
    v1::PlanSurvivorNoticeRequest request;
    request.set_support_case(of.name());
    request.set_due_on(due_on);
    return Rule(Call<v1::SurvivorNotice>(caller, request), notice);
  }
  v1::SurvivorNotice Planned(const v1::SupportCase& of) {
    v1::SurvivorNotice notice;
    EXPECT_EQ(Plan(worker_, of, &notice), "");
    return notice;
  }
  std::string UnreadNotice(const Caller& caller, const v1::SurvivorNotice& notice,
                           v1::SurvivorNotice* read = nullptr) {
    v1::GetSurvivorNoticeRequest request;
    request.set_name(notice.name());
    return Rule(Call<v1::SurvivorNotice>(caller, request), read);
  }
  // This gives the names of listed notices, one on each page: those that wait, or all of one case.
  std::vector<std::string> Listed(const Caller& caller, const std::string& support_case = "") {
    std::vector<std::string> names;
    v1::ListSurvivorNoticesRequest request;
    request.set_support_case(support_case);
    request.set_page_size(1);
    do {
      const auto page = Must(Call<v1::ListSurvivorNoticesResponse>(caller, request));
      for (const auto& each : page.survivor_notices()) names.push_back(each.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  std::string Close(const Caller& caller, v1::SurvivorNotice* notice,
                    v1::SurvivorNoticeOutcome outcome = v1::SURVIVOR_NOTICE_OUTCOME_REACHED) {
    v1::CloseSurvivorNoticeRequest request;
    request.set_outcome(outcome);
    return Move(caller, notice, request);
  }
  // This sets the way by which the survivor is reached from now on. Null means that there is none.
  void Reach(v1::SupportCase* item, const v1::SafeContact* contact) {
    v1::RecordSupportCaseContactRequest request;
    if (contact != nullptr) *request.mutable_safe_contact() = *contact;
    EXPECT_EQ(Move(worker_, item, request), "");
  }
};

TEST_F(SurvivorNotices, HaveTheSafeContactInThemAndNameNothingElse) {
  std::set<std::string> fields;
  const auto* type = v1::SurvivorNotice::descriptor();
  for (int i = 0; i < type->field_count(); ++i) fields.insert(type->field(i)->name());
  EXPECT_THAT(fields, ElementsAre("create_time", "due_on", "etag", "name", "outcome", "safe_contact", "state",
                                  "update_time"));
  const v1::SupportCase item = Opened();
  const v1::SurvivorNotice notice = Planned(item);
  EXPECT_EQ(notice.safe_contact().reach(), "416 555 0100");
  EXPECT_EQ(notice.safe_contact().code_word(), "CODE-WORDS");
  const std::string said = notice.ShortDebugString();
  const std::string number = item.name().substr(item.name().rfind('/') + 1);
  for (const std::string& words : {number, std::string("SUBJECT-WORDS-1"), std::string("NEEDS-WORDS"),
                                   std::string("vcao"), std::string("VCAO"), std::string("supportCases")}) {
    EXPECT_THAT(said, Not(HasSubstr(words)));
  }
}

TEST_F(SurvivorNotices, ArePlannedForNobodyWhoNamedNoSafeWay) {
  v1::SupportCase item = Opened();
  v1::SurvivorNotice notice = Planned(item);
  const v1::SafeContact contact = item.safe_contact();
  Reach(&item, nullptr);
  EXPECT_EQ(Plan(worker_, item), "CONTACT_NOT_SAFE");
  // A notice that was planned before says the same: there is no safe contact any more.
  ASSERT_EQ(UnreadNotice(worker_, notice, &notice), "");
  EXPECT_FALSE(notice.has_safe_contact());
  Reach(&item, &contact);
  EXPECT_EQ(Plan(worker_, item), "");
}

// A contact that was read yesterday is no longer shown today.
TEST_F(SurvivorNotices, LeadToNobodyWhoTookTheConsentToServicesBack) {
  const v1::SupportCase item = Opened();
  v1::SurvivorNotice notice = Planned(item);
  for (v1::Consent& each : ConsentsOf(item)) ASSERT_EQ(Withdraw(colleague_, &each), "");
  EXPECT_EQ(Plan(worker_, item), "CONTACT_NOT_SAFE");
  ASSERT_EQ(UnreadNotice(worker_, notice, &notice), "");
  EXPECT_FALSE(notice.has_safe_contact());
  const auto listed = Must(Call<v1::ListSurvivorNoticesResponse>(worker_, v1::ListSurvivorNoticesRequest()));
  ASSERT_EQ(listed.survivor_notices_size(), 1) << "the worker closes it";
  EXPECT_FALSE(listed.survivor_notices(0).has_safe_contact());
  EXPECT_EQ(Close(worker_, &notice, v1::SURVIVOR_NOTICE_OUTCOME_NOT_NEEDED), "");
}

TEST_F(SurvivorNotices, SayTheContactAsItIsNowAndStoreNoneOfTheirOwn) {
  v1::SupportCase item = Opened();
  v1::SurvivorNotice notice = Planned(item);
  v1::SafeContact other;
  other.set_channel(v1::CONTACT_CHANNEL_EMAIL);
  other.set_reach("someone@mail.example");
  Reach(&item, &other);
  ASSERT_EQ(UnreadNotice(worker_, notice, &notice), "");
  EXPECT_EQ(notice.safe_contact().reach(), "someone@mail.example");
  v1::SurvivorNotice stored;
  storage::Resources notices("survivor_notice", &in_process_.page_tokens());
  ASSERT_OK(in_process_.database().Read(
      [&](storage::Transaction& tx) { return notices.GetAny(tx, notice.name(), &stored); }));
  EXPECT_FALSE(stored.has_safe_contact());
}

TEST_F(SurvivorNotices, AreDueNotBeforeToday) {
  const v1::SupportCase item = Opened();
  EXPECT_EQ(Plan(worker_, item, nullptr, "2026-11-23"), "DATES_OUT_OF_ORDER");
  EXPECT_EQ(Plan(worker_, item, nullptr, "tomorrow"), "FIELD_INVALID");
  EXPECT_EQ(Plan(worker_, item, nullptr, ""), "FIELD_INVALID");
  EXPECT_EQ(Plan(worker_, item, nullptr, "2026-11-24"), "");
}

TEST_F(SurvivorNotices, WaitForWhoeverWorksInTheCaseNowAndForNobodyElse) {
  v1::SupportCase item = Opened();
  const v1::SurvivorNotice notice = Planned(item);
  EXPECT_THAT(Listed(worker_), ElementsAre(notice.name()));
  for (const Caller& other : {colleague_, manager_, receiver_, stranger_}) {
    EXPECT_THAT(Listed(other), IsEmpty()) << other.actor;
    EXPECT_EQ(UnreadNotice(other, notice), "NOT_FOUND") << other.actor;
    v1::ListSurvivorNoticesRequest of_case;
    of_case.set_support_case(item.name());
    EXPECT_EQ(Rule(Call<v1::ListSurvivorNoticesResponse>(other, of_case)), "NOT_FOUND") << other.actor;
  }
  v1::AssignSupportCaseWorkerRequest assign;
  assign.set_worker("colleague");
  ASSERT_EQ(Move(manager_, &item, assign), "");
  EXPECT_THAT(Listed(colleague_), ElementsAre(notice.name()));
  v1::RemoveSupportCaseWorkerRequest remove;
  remove.set_worker("worker");
  ASSERT_EQ(Move(manager_, &item, remove), "");
  EXPECT_THAT(Listed(worker_), IsEmpty());
  EXPECT_EQ(UnreadNotice(worker_, notice), "NOT_FOUND");
}

TEST_F(SurvivorNotices, OfSeveralCasesWaitTogetherAndAreReadByCase) {
  const v1::SupportCase first = Opened(), second = Opened();
  v1::SurvivorNotice one = Planned(first);
  const v1::SurvivorNotice two = Planned(second), three = Planned(first);
  EXPECT_THAT(Listed(worker_), ::testing::UnorderedElementsAre(one.name(), two.name(), three.name()));
  ASSERT_EQ(Close(worker_, &one), "");
  EXPECT_THAT(Listed(worker_), ::testing::UnorderedElementsAre(two.name(), three.name()));
  EXPECT_THAT(Listed(worker_, first.name()), ::testing::UnorderedElementsAre(one.name(), three.name()));
}

TEST_F(SurvivorNotices, AreClosedOnceWithWhatBecameOfThemAndSayNoContactAnyMore) {
  v1::SurvivorNotice notice = Planned(Opened());
  EXPECT_EQ(Close(worker_, &notice, v1::SURVIVOR_NOTICE_OUTCOME_UNSPECIFIED), "FIELD_INVALID");
  ASSERT_EQ(Close(worker_, &notice, v1::SURVIVOR_NOTICE_OUTCOME_NOT_REACHED), "");
  EXPECT_EQ(notice.outcome(), v1::SURVIVOR_NOTICE_OUTCOME_NOT_REACHED);
  ASSERT_EQ(UnreadNotice(worker_, notice, &notice), "");
  EXPECT_FALSE(notice.has_safe_contact());
  EXPECT_EQ(Close(worker_, &notice), "STATE_NOT_PERMITTED");
}

TEST_F(SurvivorNotices, AreHiddenAsWhatIsAbsent) {
  using annotations::v1::AGENCY_KIND_VICTIM_SERVICES;
  const v1::SurvivorNotice notice = Planned(Opened());
  EXPECT_GT(testing::CompareTwins(
                &in_process_,
                {"accord.supports.v1",
                 {notice.name()},
                 {{"vs-peel", AGENCY_KIND_VICTIM_SERVICES, "stranger", annotations::v1::ROLE_VS_WORKER},
                  {"vs-york", AGENCY_KIND_VICTIM_SERVICES, "colleague", annotations::v1::ROLE_VS_WORKER}}}),
            2);
}

// Emergency access covers referrals between society and police and opens no case of a survivor, so it shows
// no safe contact either.
TEST_F(SurvivorNotices, AndTheContactInThemAreOpenedByNoEmergency) {
  const auto* field = protocols::v1::EmergencyAccess::descriptor()->FindFieldByName("resource");
  ASSERT_NE(field, nullptr);
  const auto& patterns = NamePatterns(*field);
  EXPECT_FALSE(patterns.empty());
  for (const std::string& pattern : patterns) {
    EXPECT_FALSE(HasPattern("agencies/vs-york/supportCases/c1", pattern)) << pattern;
    EXPECT_FALSE(HasPattern("agencies/vs-york/survivorNotices/n1", pattern)) << pattern;
  }
}

using SurvivorNoticeWalk = SurvivorNotices;

TEST_F(SurvivorNoticeWalk, OfANotice) {
  using namespace annotations::v1;
  Walk walk;
  walk.service = "accord.supports.v1.SurvivorNoticeService";
  const auto person = [](const char* agency, const char* actor, Role role = ROLE_VS_WORKER) {
    return Walk::Agency{agency, AGENCY_KIND_VICTIM_SERVICES, actor, role};
  };
  walk.agencies = {{"worker", person("vs-york", "worker")},
                   {"colleague", person("vs-york", "colleague")},
                   {"manager", person("vs-york", "manager", ROLE_VS_MANAGER)},
                   {"stranger", person("vs-peel", "worker")}};
  walk.states = {"open"};
  walk.make = [&](const std::string&) { return Opened().name(); };
  walk.table = {{"PlanSurvivorNotice", {"worker"}, {}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, {"CloseSurvivorNotice"}), 4);
  walk.states = testing::ShortNamesOf(v1::SurvivorNoticeState_descriptor());
  walk.make = [&](const std::string& state) {
    v1::SurvivorNotice notice = Planned(Opened());
    if (state == "closed") {
      EXPECT_EQ(Close(worker_, &notice), "");
    }
    return notice.name();
  };
  walk.table = {{"CloseSurvivorNotice", {"worker"}, {"open"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk, {"PlanSurvivorNotice"}), 8);
}

}  // namespace
}  // namespace accord::supports
