// These are the days of those who watch over the others: the coordination office, a privacy officer, and
// whoever administers the platform.
#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <string>

#include "tests/e2e/day.h"

namespace accord::e2e {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A change of law opens reviews of all protocols that cite it, so this office has a world of its own.
struct OfficesWorld {
  OfficesWorld()
      : own([] {
          std::vector<FieldWorld::Admitted> people = FieldWorld::SocietiesAndPolice();
          people.push_back({"co-pahtco", "staff", {ROLE_OFFICE_STAFF}});
          return people;
        }()) {}
  FieldWorld own;
};

class OfficeDay : private OfficesWorld, public Day {
 protected:
  OfficeDay() : Day(own) {}

  // This writes a protocol that cites a law to a file, and gives the file.
  std::string Written() {
    CreateProtocolRequest draft = Draft();
    draft.mutable_protocol()->add_legal_basis("CYFSA s. 74(2)(d.1)");
    // The sections are those of the model text.
    draft.mutable_protocol()->clear_sections();
    std::string text;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(draft.protocol(), &text).ok());
    std::ofstream(Path("protocol.json")) << text;
    return Path("protocol.json");
  }

  const Person staff_{"co-pahtco", "staff", "protocol_governance"};
};

TEST_F(OfficeDay, OfTheStaffOfTheCoordinationOffice) {
  // The office drafts for the agency that leads a protocol, and reads its draft in every state.
  const std::string protocol =
      Name(staff_, absl::StrCat("protocol create --parent agencies/cas-york --from-template -f ", Written()));
  EXPECT_EQ(Text(staff_, absl::StrCat("protocol get ", protocol), "state"), "PROTOCOL_STATE_DRAFT");
  Does(kDirector, absl::StrCat("protocol open-consultation ", protocol));
  EXPECT_EQ(Text(staff_, absl::StrCat("protocol get ", protocol), "state"), "PROTOCOL_STATE_CONSULTATION");
  Does(kDirector, absl::StrCat("protocol offer-for-signature ", protocol));
  const std::string digest = Text(kDirector, absl::StrCat("protocol get ", protocol), "text_digest");
  for (const Person& signatory : {kDirector, kChief}) {
    Does(signatory, absl::StrCat("protocol sign ", protocol, " --text-digest ", digest));
  }
  EXPECT_THAT(Names(staff_, "protocol list --filter 'state = in_force' --order-by next_review_due"),
              ElementsAre(protocol));
  EXPECT_THAT(Does(staff_, absl::StrCat("protocol print ", protocol)), HasSubstr(digest));

  // The page shows who has agreed, and how an agency is reached.
  EXPECT_THAT(Does(staff_, "coverage"), HasSubstr("in_force"));
  EXPECT_THAT(Does(staff_, "coverage -o json"), HasSubstr("cas-york"));
  EXPECT_THAT(Does(staff_, "agreements"), HasSubstr("ps-york"));
  EXPECT_THAT(Does(staff_, "territories list"), HasSubstr("york"));

  // A law changes: one call opens the reviews, and the same call again opens none.
  const std::string change =
      absl::StrCat("protocol open-legislative-reviews --law 'CYFSA s. 74' --changed-on ", Days(-1),
                   " --reason 'the section was amended'");
  EXPECT_THAT(Reads(staff_, change)["opened"].dump(), HasSubstr(protocol));
  EXPECT_EQ(Text(kChief, absl::StrCat("protocol get ", protocol), "state"), "PROTOCOL_STATE_UNDER_REVIEW");
  const auto again = Reads(staff_, change);
  EXPECT_THAT(again.value("opened", nlohmann::json::array()), IsEmpty());
  EXPECT_THAT(again.value("left", nlohmann::json::array()).dump(), HasSubstr(protocol));
  // Small cells are suppressed in figures that leave a service, and the office may read no agency's referral.
  Does(staff_, "referral count");
  EXPECT_THAT(Fails(staff_, absl::StrCat("referral count --from ", Days(-1), " --to ", Days(0))),
              HasSubstr("FIELD_INVALID"));
  EXPECT_THAT(Fails(staff_, "referral list"), HasSubstr("AGENCY_KIND_NOT_PERMITTED"));
  Does(staff_, "transparency-log get");
}

class OversightDays : public Day {
 protected:
  std::string Sends(const std::string& subject) {
    return Name(kWorker, absl::StrCat("referral create ", Letter(York().name(), subject)));
  }
};

TEST_F(OversightDays, OfAPrivacyOfficer) {
  const std::string begin = AMinuteAgo(), referral = Sends("watched-1");
  // A neighbour opens the record in an emergency, with a second person, and closes it early.
  const std::string access = Name(
      kOtherMember,
      absl::StrCat("emergency-access request ", Given({{"resource", referral},
                                                       {"danger", "imminent_danger_to_life"},
                                                       {"reason", "a child in a car, this number plate"}})));
  EXPECT_THAT(Fails(kOtherMember, absl::StrCat("referral get ", referral)), HasSubstr("NOT_FOUND"));
  Does(kOtherSupervisor, absl::StrCat("emergency-access approve ", access));
  Does(kOtherMember, absl::StrCat("referral get ", referral));
  Does(kOtherMember, absl::StrCat("emergency-access end ", access));
  EXPECT_THAT(Fails(kOtherMember, absl::StrCat("referral get ", referral)), HasSubstr("NOT_FOUND"));

  // The owner's officer reads why, says what he or she found, and reads nothing of the youth.
  EXPECT_THAT(Does(kSocietyOfficer, "privacy-alert list -o json"), HasSubstr(referral));
  EXPECT_THAT(Does(kSocietyOfficer, "emergency-access list -o json"),
              AllOf(HasSubstr(access), HasSubstr("this number plate")));
  Does(kSocietyOfficer, absl::StrCat("emergency-access review ", access,
                                     " --finding justified --note 'the plate was enough'"));
  EXPECT_THAT(Does(kSocietyOfficer, absl::StrCat("referral get ", referral, " -o json")),
              Not(HasSubstr("older man")));

  // The list of who saw the record has the newest first and leaves out the agency's own people. It is also
  // written as an answer to the person whom the record is about.
  const std::string seen =
      Reads(kSocietyOfficer, absl::StrCat("entry list --disclosures-only --newest-first --resource ",
                                          referral, " --from ", begin))
          .dump();
  EXPECT_THAT(seen, AllOf(HasSubstr("GetReferral"), HasSubstr("\"agency\":\"ps-durham\""),
                          Not(HasSubstr("\"agency\":\"cas-york\""))));
  EXPECT_THAT(Does(kSocietyOfficer,
                   absl::StrCat("entry list --by-agency ps-durham --by-actor member --resource ", referral)),
              HasSubstr("ps-durham"));
  EXPECT_THAT(Does(kSocietyOfficer, absl::StrCat("audit disclosures --for-the-person --resource ", referral)),
              AllOf(HasSubstr("time,agency,method,purpose,records"), HasSubstr("ps-durham"),
                    Not(HasSubstr("member"))));

  // A record that is in dispute is put on hold, and the hold is released.
  Does(kSocietyOfficer, absl::StrCat("legal-hold place --resource ", referral, " --reason 'a claim'"));
  EXPECT_THAT(Does(kSocietyOfficer, "legal-holds list -o json"),
              AllOf(HasSubstr(referral), HasSubstr("a claim")));
  EXPECT_THAT(Does(kOfficer, "legal-holds list -o json"), Not(HasSubstr(referral))) << "another agency's";
  Does(kSocietyOfficer, absl::StrCat("legal-hold lift --resource ", referral));
  EXPECT_THAT(Does(kSocietyOfficer, "legal-holds list -o json"), Not(HasSubstr(referral)));
  EXPECT_THAT(Does(kSocietyOfficer, "role-grant list"), HasSubstr("cas_worker"));
  Does(kSocietyOfficer, "tombstones list");
  EXPECT_THAT(Does(kSocietyOfficer, "retention schedule"), HasSubstr("referral"));
}

TEST_F(OversightDays, OfWhoAdministersThePlatform) {
  // A new system of an agency is admitted with its own key, and later removed.
  const std::string system =
      Name(Console(), absl::StrCat("system create --parent ps-peel --system-id day-console ",
                                   Given({{"display_name", "Console of the day"}})));
  Does(Console(), absl::StrCat("pki csr --out ", Path("day-console")));
  const std::string certificate =
      Name(Console(), absl::StrCat("certificate issue --parent ", system, " --csr-pem \"$(cat ",
                                   Path("day-console/client.csr"), ")\""));
  EXPECT_THAT(Names(Console(), absl::StrCat("certificate list --parent ", system)), ElementsAre(certificate));
  Does(Console(), absl::StrCat("system suspend ", system));
  Does(Console(), absl::StrCat("system resume ", system));
  Does(Console(), absl::StrCat("certificate revoke ", certificate, " --reason 'the laptop is lost'"));
  EXPECT_EQ(Text(Console(), absl::StrCat("certificate get ", certificate), "state"),
            "CERTIFICATE_STATE_REVOKED");

  // A person arrives, gets another duty, leaves, and comes back.
  const std::string person =
      Name(Console(), absl::StrCat("actor create --parent ps-peel --actor-id day-leaver ",
                                   Given({{"roles", nlohmann::json::array({"police_member"})}})));
  Does(Console(), absl::StrCat("actor update ", person, " --set roles=police_supervisor"));
  Does(Console(), absl::StrCat("actor disable ", person));
  EXPECT_EQ(Text(Console(), absl::StrCat("actor enable ", person), "state"), "ACTOR_STATE_ACTIVE");
  Does(Console(), absl::StrCat("actor set-display-name ", person, " --display-name 'J. Roy'"));
  EXPECT_THAT(Does({"ps-peel", "member", "criminal_investigation"}, "colleagues list"), HasSubstr("J. Roy"));
  EXPECT_THAT(Does({"ps-peel", "privacy", "privacy_review"}, "role-grant list -o json"), HasSubstr(person));

  // Each agency is reached at its desk.
  Does(Console(),
       "agency set-duty-contacts ps-peel --duty-contacts "
       "'{\"role\": \"police_supervisor\", \"reach\": \"905-555-0177\"}'");
  EXPECT_THAT(Does(kSupervisor, "duty-contacts list --agency ps-peel"), HasSubstr("905-555-0177"));

  // An agency's own administrator sees only its own people, and nobody's records.
  const Person own{"ps-york", "admin", "administration"};
  EXPECT_THAT(Names(own, "actor list --parent ps-york"), Contains("agencies/ps-york/actors/member"));
  EXPECT_THAT(Names(own, "actor list --parent ps-peel"), IsEmpty());
  EXPECT_THAT(Fails({"ps-york", "admin", "criminal_investigation"}, "referral list"),
              HasSubstr("ROLE_NOT_PERMITTED"));
  EXPECT_THAT(Does(Console(), "access explain referral screen"), HasSubstr("protocols.referrals.screen"));
  EXPECT_THAT(Names(Console(), "agency list --kind police_service"), Contains("agencies/ps-peel"));
  Does(Console(), "status");
}

}  // namespace
}  // namespace accord::e2e
