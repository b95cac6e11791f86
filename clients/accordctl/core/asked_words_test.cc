#include "clients/accordctl/core/asked_words.h"

#include <gmock/gmock.h>

#include "accord/audit/v1/audit_service.pb.h"
#include "accord/prosecution/v1/vocabulary_service.pb.h"
#include "accord/registry/v1/registry_service.pb.h"
#include "clients/accordctl/testing/against_a_gateway.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kAgenciesAsked[] = "/accord.registry.v1.RegistryService/ListAgencies";
constexpr char kEntriesAsked[] = "/accord.audit.v1.AuditService/ListEntries";
constexpr char kRegions[] = "/accord.prosecution.v1.VocabularyService/ListCourtRegions";

class AskedWords : public AgainstAGateway {
 protected:
  AskedWords() {
    registry::v1::ListAgenciesResponse agencies;
    for (const char* id : {"cas-york", "ps-york"})
      agencies.add_agencies()->set_name(std::string("agencies/") + id);
    gateway_.Answer(kAgenciesAsked, agencies);
    prosecution::v1::ListCourtRegionsResponse regions;
    for (const char* code : {"central-east", "toronto"}) regions.add_court_regions()->set_code(code);
    gateway_.Answer(kRegions, regions);
  }
  void ExpectRefused(const std::vector<std::string>& words, const std::string& why) {
    const Said said = RunWords(words);
    EXPECT_TRUE(absl::IsInvalidArgument(said.status)) << words.back() << said.status;
    EXPECT_THAT(std::string(said.status.message()), HasSubstr(why));
    EXPECT_EQ(said.out, "") << "an empty list would pass for an answer";
  }
};

TEST_F(AskedWords, OfAnEmptyListThatNothingIsCalledAreRefusedWithWhatIsNear) {
  ExpectRefused({"entry", "list", "--by-agency", "ps-yrok"},
                "there is no agency `ps-yrok`; did you mean ps-york?");
  ExpectRefused({"entry", "list", "--method", "GetReferal"}, "there is no method `GetReferal`; did you mean");
  ExpectRefused({"audit", "disclosures", "--agency", "ps-yrok"}, "did you mean ps-york?");
  ExpectRefused({"board", "--region", "central_east"},
                "`central_east` is none of the words of court_region; did you mean central-east?");
  ExpectRefused({"case", "list", "--filter", "stage = trial_set OR court_region = central-est"},
                "did you mean central-east?");
}

TEST_F(AskedWords, OfAFilterAreAgenciesAsTheyAreWritten) {
  for (const char* word : {"PS-York", "ps-york ", "ps-%"}) {
    ExpectRefused({"referral", "list", "--filter", std::string("to_agency = \"") + word + "\""},
                  std::string("there is no agency `") + word + "`");
  }
}

TEST_F(AskedWords, ThatNameAnAgencyThatThereIsNotAreAnsweredWithWhatIsNear) {
  constexpr char kGetAgency[] = "/accord.registry.v1.RegistryService/GetAgency";
  gateway_.RefuseWith(kGetAgency, NotFound());
  gateway_.RefuseWith("/accord.registry.v1.RegistryAdminService/CreateActor", NotFound());
  for (const char* line : {"agency get cas-yrok", "agency revoke cas-yrok --reason lost",
                           "actor create --parent cas-yrok --actor-id a.b --set roles.0=cas_worker"}) {
    const Said said = Run(line);
    EXPECT_TRUE(absl::IsNotFound(said.status)) << line << said.status;
    EXPECT_THAT(std::string(said.status.message()),
                HasSubstr("there is no agency `cas-yrok`; did you mean cas-york?"))
        << line;
  }
  EXPECT_THAT(std::string(Run("agency get cas-york").status.message()), Not(HasSubstr("there is no agency")));
  gateway_.RefuseWith(kAgenciesAsked, absl::PermissionDeniedError("not for you"));
  const Said secret = Run("agency get cas-yrok");
  EXPECT_TRUE(absl::IsNotFound(secret.status)) << secret.status;
  // Their own word is given back, and nothing is told of agencies.
  EXPECT_THAT(std::string(secret.status.message()),
              AllOf(HasSubstr("given was `cas-yrok`"), Not(HasSubstr("there is no agency")),
                    Not(HasSubstr("cas-york"))));
}

TEST_F(AskedWords, ThatThereAreLeaveAnEmptyListAsItIs) {
  EXPECT_TRUE(Run("entry list --by-agency cas-york --method GetReferral").status.ok());
  EXPECT_TRUE(Run("entry list --method /accord.protocols.v1.ReferralService/GetReferral").status.ok());
  EXPECT_TRUE(Run("board --region central-east").status.ok());
  EXPECT_TRUE(RunWords({"case", "list", "--filter", "court_region = central*"}).status.ok());
}

TEST_F(AskedWords, ThatTheCallerMayNotLookUpAreToldOfBesideTheAnswer) {
  gateway_.RefuseWith(kAgenciesAsked, absl::PermissionDeniedError("not for you"));
  const Said said = Run("entry list --by-agency ps-yrok");
  EXPECT_TRUE(said.status.ok()) << said.status;
  EXPECT_THAT(said.err, AllOf(HasSubstr("whether `ps-yrok` is anything here could not be looked up"),
                              HasSubstr("not for you")));
}

TEST_F(AskedWords, OfAListThatHoldsSomethingAreNotLookedUp) {
  audit::v1::ListEntriesResponse entries;
  entries.add_entries()->set_name("entries/7");
  gateway_.Answer(kEntriesAsked, entries);
  EXPECT_TRUE(Run("entry list --by-agency ps-yrok").status.ok());
  EXPECT_THAT(gateway_.asked(), Not(Contains(kAgenciesAsked)));
}

}  // namespace
}  // namespace accord::ctl
