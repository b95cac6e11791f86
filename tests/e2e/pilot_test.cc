// These tests do what a pilot is asked for, by the real accordctl against the real processes: a breach drill,
// a review of who acts, a pack for an outage, and work that comes in from a former system.
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "tests/e2e/context_case.h"

namespace accord::e2e {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Pilot : public ContextCase {
 protected:
  Pilot() : society_(EnrolSociety()), police_(EnrolPolice()), protocol_(Agree(society_, police_)) {
    ctl_.SetContext("office", stack_.console_files(), "admin", "administration");
    ctl_.SetContext("privacy", identities_.at("cas-york"), "privacy", "privacy_review");
    ctl_.SetContext("worker", identities_.at("cas-york"), "worker", "child_protection");
    ctl_.SetContext("member", identities_.at("ps-york"), "member", "criminal_investigation");
  }
  json Told(const std::string& context, const std::string& words) const {
    const Ran ran = ctl_.Printed(absl::StrCat("--context ", context, " ", words, " -o json"));
    return json::parse(ran.said, nullptr, false);
  }
  static std::string Second(absl::Time at) {
    return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", at, absl::UTCTimeZone());
  }
  std::string Path(const std::string& name) const { return stack_.directory().path(name); }
  Referral Sent() {
    return Must(society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection",
                                        Letter(protocol_)));
  }
  absl::StatusOr<Referral> ReadByPolice(const std::string& name) const {
    GetReferralRequest get;
    get.set_name(name);
    return police_.Call<Referral>(kReferrals + "GetReferral", "member", "criminal_investigation", get);
  }

  AgencyClient society_, police_;
  const Protocol protocol_;
};

// An intruder has the certificate of the police's system, and reads under the name of a member.
TEST_F(Pilot, ABreachIsStoppedReportedAndHeld) {
  const Referral sent = Sent();
  const std::string from = Second(absl::Now() - absl::Minutes(1));
  ASSERT_OK(ReadByPolice(sent.name()));
  RevokeCertificateOf("ps-york");
  EXPECT_TRUE(
      Eventually([&] { return RuleOf(ReadByPolice(sent.name()).status()) == "CERTIFICATE_REVOKED"; }));

  const Ran open = As("privacy", absl::StrCat("breach report --from ", from, " --agency ps-york"));
  EXPECT_EQ(open.code, 6) << "a time without an end has no report";
  EXPECT_THAT(open.said, HasSubstr("FIELD_INVALID"));

  // The period ends with a second that is over, so the reading is within it a second later.
  const std::string stolen = certificates_.at("ps-york").fingerprint();
  json report;
  const auto report_of = [&](const std::string& certificate) {
    return absl::StrCat("breach report --from ", from, " --to ", Second(absl::Now()), " --agency ps-york",
                        " --certificate ", certificate);
  };
  const auto tells_of_it = [&] {
    report = Told("privacy", report_of(stolen));
    if (!report.is_object()) return false;
    for (const json& each : report.at("touched")) {
      if (each.at("record") == sent.name() && each.at("method") == "GetReferral") return true;
    }
    return false;
  };
  ASSERT_TRUE(Eventually(tells_of_it)) << report;
  EXPECT_TRUE(report.at("whole").get<bool>());
  for (const json& each : report.at("touched")) {
    EXPECT_EQ(each.at("agency"), "ps-york");
    EXPECT_EQ(each.at("owner"), "cas-york");
  }
  EXPECT_TRUE(Told("privacy", report_of(std::string(32, '0'))).at("touched").empty());

  const std::string hold = report_of(stolen) + " --hold 'Breach drill'";
  EXPECT_THAT(Did("privacy", hold), HasSubstr("1 referral was put under a legal hold, 0 had one"));
  EXPECT_THAT(Did("privacy", hold), HasSubstr("0 referrals were put under a legal hold, 1 had one"));
  Did("privacy", absl::StrCat("legal-hold lift --resource ", sent.name()));
}

TEST_F(Pilot, AReviewShowsWhoDidNotActAndItsSignatureEndsThem) {
  Sent();
  const std::string name(
      absl::StripAsciiWhitespace(Did("office", "access-review create --parent agencies/cas-york -o name")));
  // The log has what a person did a moment ago.
  json people;
  const auto idle = [&](const std::string& actor) {
    people = Told("privacy", absl::StrCat("access-review people ", name)).value("people", json::array());
    for (const json& each : people) {
      if (each.at("actor") == actor) return each.at("idle").get<bool>();
    }
    return true;
  };
  EXPECT_TRUE(Eventually([&] { return !idle("worker"); })) << people;
  EXPECT_TRUE(idle("supervisor")) << people;

  EXPECT_THAT(As("privacy", "access-review sign " + name).said, HasSubstr("REVIEW_UNDECIDED"));
  std::ofstream(Path("decisions.yaml")) << "decisions:\n"
                                           "- {actor: director, decision: keep}\n"
                                           "- {actor: privacy, decision: keep}\n"
                                           "- {actor: supervisor, decision: disable}\n"
                                           "- {actor: worker, decision: keep}\n";
  Did("office", absl::StrCat("access-review decide ", name, " -f ", Path("decisions.yaml")));
  EXPECT_NE(As("office", "access-review sign " + name).code, 0) << "nobody signs for another agency";
  EXPECT_THAT(Did("privacy", "access-review sign " + name), HasSubstr("privacy"));
  ListReferralsRequest list;
  EXPECT_TRUE(Eventually([&] {
    return RuleOf(society_
                      .Call<ListReferralsResponse>(kReferrals + "ListReferrals", "supervisor",
                                                   "child_protection", list)
                      .status()) == "ACTOR_NOT_REGISTERED";
  }));
}

TEST_F(Pilot, ThePackOfAnOutageIsOpenedWhenNothingAnswers) {
  const Referral sent = Sent();
  Did("member", "continuity key --out " + Path("desk"));
  const std::string pack = Path("pack.cms");
  EXPECT_THAT(Did("member", absl::StrCat("continuity pack --for ", Path("desk"), "/duty.crt --out ", pack)),
              HasSubstr("sealed in"));
  stack_.Kill("gateway");
  EXPECT_NE(As("member", "--timeout 1 referral list").code, 0);
  const std::string page =
      Did("member", absl::StrCat("continuity open ", pack, " --key ", Path("desk"), "/duty.key"));
  EXPECT_THAT(page, AllOf(HasSubstr(sent.name()), HasSubstr("Open deadlines")));
  EXPECT_THAT(testing::Slurp(pack), Not(HasSubstr(sent.name())));
}

TEST_F(Pilot, WorkComesInWholeOrNotAtAll) {
  const auto line = [&](const std::string& id, const std::string& to) {
    const json record = {{"protocol", protocol_.name()},
                         {"kind", "joint_investigation"},
                         {"to_agency", to},
                         {"subject_ref", "subject-" + id},
                         {"age_band", "12_15"},
                         {"urgency", "h48"},
                         {"reporter_belief", "Open in the former system."},
                         {"lawful_basis", "protocol"},
                         {"indigenous_identity", "not_asked"},
                         {"event_date", FormatDay(OntarioDay(absl::Now()))}};
    const json whole = {
        {"kind", "referral"}, {"source_system", "former"}, {"source_id", id}, {"record", record}};
    return whole.dump() + "\n";
  };
  const std::string file = Path("open.jsonl");
  std::ofstream(file) << line("1", "ps-york") << line("2", "ps-nowhere");
  const Ran broken = As("worker", "migrate import " + file);
  EXPECT_NE(broken.code, 0);
  EXPECT_THAT(broken.said, AllOf(HasSubstr("open.jsonl:2: "), HasSubstr("MIGRATION_REFUSED")));
  EXPECT_EQ(Told("worker", "referral list").size(), 0u) << "nothing of the file was brought";

  std::ofstream(file) << line("1", "ps-york") << line("2", "ps-york");
  Did("worker", "migrate import " + file + " --dry-run");
  EXPECT_EQ(Told("worker", "referral list").size(), 0u);
  Did("worker", "migrate import " + file);
  EXPECT_EQ(Told("worker", "referral list").size(), 2u);
  Did("worker", "migrate import " + file);
  EXPECT_EQ(Told("worker", "referral list").size(), 2u) << "what is known is not brought again";
  EXPECT_EQ(As("worker", "migrate reconcile " + file).code, 0);
  EXPECT_THAT(Did("worker", "migrate export --out " + Path("records.jsonl")), HasSubstr("records.jsonl"));
  EXPECT_THAT(testing::Slurp(Path("records.jsonl")), HasSubstr("\"kind\":\"protocols.referral\""));
}

}  // namespace
}  // namespace accord::e2e
