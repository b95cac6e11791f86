// These lists are as long and their rows as large as agencies have them, and are read through the
// real processes.
#include <thread>

#include "accord/audit/v1/audit_service.pb.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

constexpr int kPeople = 1000, kLetters = 490, kLarge = 4;
constexpr std::size_t kSectionBytes = 65'000, kBeliefBytes = 8'000;

class LargeLists : public ACase {
 protected:
  LargeLists()
      : society_(Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR},
                                    {"worker", ROLE_CAS_WORKER},
                                    {"privacy", ROLE_PRIVACY_OFFICER},
                                    {"admin", ROLE_PLATFORM_ADMIN}})),
        police_(Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}})) {}

  // This repeats a call while the agency's quota of calls a second is used up.
  template <class Res, class Req>
  static absl::StatusOr<Res> Patient(const AgencyClient& client, const std::string& path,
                                     const std::string& actor, const std::string& purpose,
                                     const Req& request) {
    absl::StatusOr<Res> answer;
    Eventually([&] {
      answer = client.Call<Res>(path, actor, purpose, request);
      return !absl::IsResourceExhausted(answer.status()) && !absl::IsUnavailable(answer.status());
    });
    return answer;
  }
  // Calls `one(i)` for each of `count`, several at once.
  static void Many(int count, const std::function<void(int)>& one) {
    std::vector<std::thread> threads;
    for (int first = 0; first < 8; ++first) {
      threads.emplace_back([&, first] {
        for (int i = first; i < count; i += 8) one(i);
      });
    }
    for (auto& thread : threads) thread.join();
  }
  // This gives the names on all pages, each of which must be answered, and the number of pages.
  template <class Res, class Req>
  int Names(const AgencyClient& client, const std::string& path, const std::string& actor,
            const std::string& purpose, Req request, const auto& items, std::multiset<std::string>* names) {
    int pages = 0;
    do {
      const auto page = Patient<Res>(client, path, actor, purpose, request);
      EXPECT_OK(page) << "page " << pages << ": " << page.status();
      if (!page.ok()) return pages;
      for (const auto& item : items(*page)) names->insert(item.name());
      EXPECT_FALSE(items(*page).empty() && !page->next_page_token().empty())
          << "a page of nothing that goes on";
      request.set_page_token(page->next_page_token());
      ++pages;
    } while (!request.page_token().empty() && pages < 2000);
    return pages;
  }
  static std::set<std::string> Once(const std::multiset<std::string>& names) {
    std::set<std::string> once(names.begin(), names.end());
    EXPECT_EQ(once.size(), names.size()) << "a name stands on two pages";
    return once;
  }

  AgencyClient society_, police_;
};

TEST_F(LargeLists, AThousandPeopleOfOneAgencyAreListedAndEachIsInTheLog) {
  const AgencyClient console = stack_.Console();
  std::set<std::string> wanted;
  for (const char* person : {"director", "worker", "privacy", "admin"})
    wanted.insert(absl::StrCat("agencies/cas-york/actors/", person));
  std::vector<registry::v1::CreateActorRequest> people(kPeople);
  for (int i = 0; i < kPeople; ++i) {
    people[i].set_parent("agencies/cas-york");
    people[i].set_actor_id(absl::StrCat("person-", i));
    people[i].mutable_actor()->add_roles(ROLE_CAS_WORKER);
    people[i].set_request_id(RequestId());
    wanted.insert(absl::StrCat("agencies/cas-york/actors/person-", i));
  }
  Many(kPeople, [&](int i) {
    const auto made =
        Patient<registry::v1::Actor>(console, kAdmin + "CreateActor", "admin", "administration", people[i]);
    EXPECT_OK(made);
  });

  for (const int size : {1000, 257, 0}) {
    registry::v1::ListActorsRequest request;
    request.set_parent("agencies/cas-york");
    request.set_page_size(size);
    std::multiset<std::string> names;
    Names<registry::v1::ListActorsResponse>(
        society_, "/accord.registry.v1.RegistryService/ListActors", "admin", "administration", request,
        [](const auto& page) { return page.actors(); }, &names);
    EXPECT_EQ(Once(names), wanted) << size;
  }

  // Every record that was listed is in the log, however many log records that takes.
  std::set<std::string> logged;
  audit::v1::ListEntriesRequest ask;
  ask.set_page_size(1000);
  do {
    const auto page = Patient<audit::v1::ListEntriesResponse>(society_, kAudit + "ListEntries", "privacy",
                                                              "privacy_review", ask);
    ASSERT_OK(page);
    for (const auto& entry : page->entries()) {
      if (!entry.record().method().ends_with("/ListActors")) continue;
      for (const auto& resource : entry.record().resources()) logged.insert(resource.name());
    }
    ask.set_page_token(page->next_page_token());
  } while (!ask.page_token().empty());
  EXPECT_EQ(logged, wanted);

  const Accordctl ctl(stack_);
  ctl.SetContext("society", identities_.at("cas-york"), "admin", "administration");
  const Ran listed = ctl("--context society list actors -o name --parent agencies/cas-york");
  EXPECT_EQ(listed.code, 0) << listed.said;
  EXPECT_EQ(std::count(listed.said.begin(), listed.said.end(), '\n'), static_cast<long>(wanted.size()));
}

TEST_F(LargeLists, ProtocolsOfTheLargestTextsAreListed) {
  std::set<std::string> wanted;
  for (int i = 0; i < kLarge; ++i) {
    CreateProtocolRequest draft = Draft();
    for (auto& section : *draft.mutable_protocol()->mutable_sections()) {
      section.set_text(std::string(kSectionBytes, static_cast<char>('a' + i)));
    }
    const auto made =
        Patient<Protocol>(society_, kProtocols + "CreateProtocol", "director", "protocol_governance", draft);
    ASSERT_OK(made);
    wanted.insert(made->name());
  }
  for (const int size : {0, 1000}) {
    ListProtocolsRequest request;
    request.set_page_size(size);
    std::multiset<std::string> names;
    Names<ListProtocolsResponse>(
        society_, kProtocols + "ListProtocols", "director", "protocol_governance", request,
        [](const auto& page) { return page.protocols(); }, &names);
    EXPECT_EQ(Once(names), wanted) << size;
  }
}

TEST_F(LargeLists, ReferralsOfLongLettersAreListed) {
  const Protocol protocol = Agree(society_, police_);
  std::vector<CreateReferralRequest> letters;
  for (int i = 0; i < kLetters; ++i) {
    letters.push_back(Letter(protocol));
    letters.back().mutable_referral()->set_reporter_belief(std::string(kBeliefBytes, 'x'));
  }
  std::mutex mutex;
  std::set<std::string> wanted;
  Many(kLetters, [&](int i) {
    const auto sent =
        Patient<Referral>(society_, kReferrals + "CreateReferral", "worker", "child_protection", letters[i]);
    EXPECT_OK(sent);
    const std::lock_guard lock(mutex);
    if (sent.ok()) wanted.insert(sent->name());
  });
  for (const int size : {1000, 500}) {
    ListReferralsRequest request;
    request.set_page_size(size);
    std::multiset<std::string> names;
    Names<ListReferralsResponse>(
        society_, kReferrals + "ListReferrals", "worker", "child_protection", request,
        [](const auto& page) { return page.referrals(); }, &names);
    EXPECT_EQ(Once(names), wanted) << size;
  }
  // Another agency's calls continue meanwhile and afterwards, because no shared connection was cut.
  GetReferralRequest get;
  get.set_name(*wanted.begin());
  EXPECT_OK(Patient<Referral>(police_, kReferrals + "GetReferral", "member", "criminal_investigation", get));
}

}  // namespace
}  // namespace accord::e2e
