// These tests show that the output of the real accordctl can be trusted, against the real processes.
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/e2e/accordctl.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class CommandLine : public ACase {
 protected:
  CommandLine()
      : society_(Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR}, {"worker", ROLE_CAS_WORKER}})),
        police_(Enrol("ps-york", {{"chief", ROLE_POLICE_CHIEF}, {"member", ROLE_POLICE_MEMBER}})) {
    ctl_.SetContext("office", stack_.console_files(), "admin", "administration");
    ctl_.SetContext("police", identities_.at("ps-york"), "chief", "protocol_governance");
    ctl_.SetContext("member", identities_.at("ps-york"), "member", "criminal_investigation");
  }
  std::string Path(const std::string& name) const { return stack_.directory().path(name); }
  Ran Office(const std::string& words) const { return ctl_("--context office " + words); }
  json Agency() const { return json::parse(Office("get agency cas-york -o json").said, nullptr, false); }

  const Accordctl ctl_{stack_};
  AgencyClient society_, police_;
};

TEST_F(CommandLine, TitlesOfAnotherAgencyForgeNoRow) {
  CreateProtocolRequest draft = Draft();
  draft.mutable_protocol()->set_title("Plan\x1b[2K\rAll clear\nforged row\u200f\u200d");
  const Protocol protocol =
      *society_.Call<Protocol>(kProtocols + "CreateProtocol", "director", "protocol_governance", draft);
  Move<OpenProtocolConsultationRequest>(society_, "OpenProtocolConsultation", "director", protocol);
  for (const char* words : {"list protocols", "list protocols -o yaml", "get protocol "}) {
    const bool one = std::string(words).ends_with(' ');
    const Ran ran = ctl_(absl::StrCat("--context police ", words, one ? protocol.name() : ""));
    EXPECT_EQ(ran.code, 0) << ran.said;
    for (const char* hidden : {"\x1b", "\r", "\u200f", "\u200d"})
      EXPECT_THAT(ran.said, Not(HasSubstr(hidden)));
    EXPECT_THAT(ran.said, HasSubstr("\\u200f\\u200d")) << words;
    EXPECT_THAT(ran.said, Not(HasSubstr("\nforged row"))) << words;
  }
}

TEST_F(CommandLine, WhatWasPrintedCanBeGivenBackAsItIs) {
  for (const std::string text :
       {"0123", "no", "12:30", "~", "null", "\"He said: wait\"", " 'x' ", "a\n b\n\n"}) {
    std::ofstream(Path("notes")) << text;
    const Ran set = Office(absl::StrCat("update agency cas-york --set region=ON --set \"notes=$(cat ",
                                        Path("notes"), "; echo .)\""));
    ASSERT_EQ(set.code, 0) << set.said;
    const json before = Agency();
    EXPECT_EQ(before.value("notes", ""), text + ".");
    EXPECT_EQ(before.value("region", ""), "ON");
    ASSERT_EQ(Office(absl::StrCat("get agency cas-york -o yaml >", Path("agency.yaml"))).code, 0);
    const Ran back = Office(absl::StrCat("update agency cas-york -f ", Path("agency.yaml")));
    ASSERT_EQ(back.code, 0) << back.said;
    EXPECT_EQ(Agency().value("notes", ""), before.value("notes", ""));
  }
}

TEST_F(CommandLine, AFileOfOneRecordIsNotWrittenOverAnother) {
  ASSERT_EQ(Office(absl::StrCat("get agency ps-york -o yaml >", Path("police.yaml"))).code, 0);
  const json before = Agency();
  for (const std::string& words :
       {"-f " + Path("police.yaml"), std::string("--set name=agencies/ps-york --set notes=x")}) {
    const Ran ran = Office("update agency cas-york " + words);
    EXPECT_EQ(ran.code, 6) << ran.said;
    EXPECT_THAT(ran.said, AllOf(HasSubstr("agencies/ps-york"), HasSubstr("agencies/cas-york")));
  }
  EXPECT_EQ(Agency(), before);
}

TEST_F(CommandLine, ACorrectionOfWhatWasPrintedChangesWhatDiffersAlone) {
  const CreateReferralRequest letter = Letter(Agree(society_, police_));
  const Referral sent =
      Must(society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection", letter));
  ctl_.SetContext("worker", identities_.at("cas-york"), "worker", "child_protection");
  const Ran printed = ctl_(absl::StrCat("--context worker get referral ", sent.name(),
                                        " -o yaml | sed 's/^urgency: .*/urgency: h48/' >", Path("r.yaml")));
  ASSERT_EQ(printed.code, 0) << printed.said;
  const Ran ran = ctl_(
      absl::StrCat("--context worker referral correct -f ", Path("r.yaml"), " --reason mistyped -o yaml"));
  EXPECT_EQ(ran.code, 0) << ran.said;
  EXPECT_THAT(ran.said, HasSubstr("urgency: URGENCY_H48"));
}

TEST_F(CommandLine, NothingThatIsLostIsSuccess) {
  EXPECT_EQ(Office("list agencies >/dev/full").code, 1);
  EXPECT_EQ(Office("get agency cas-york -o json >/dev/full").code, 1);
  EXPECT_EQ(Office("--help >/dev/full").code, 1);
}

TEST_F(CommandLine, AnEnrolmentOfSomebodyWhoIsThereSaysThatNothingChanged) {
  const Ran again = Office(absl::StrCat(
      "agency enroll cas-york --system main --person worker=cas_supervisor --out ", Path("york")));
  EXPECT_EQ(again.code, 0) << again.said;
  EXPECT_THAT(again.said, AllOf(HasSubstr("actors/worker as cas_worker; roles not changed"),
                                HasSubstr("accordctl actor update agencies/cas-york/actors/worker")));
}

TEST_F(CommandLine, ACertificateThatIsNotTakenIsNamed) {
  const auto as = [&](const std::string& name, const testing::TestCertificate& identity) {
    ctl_.SetContext(name, identity, "member", "criminal_investigation");
    return ctl_(absl::StrCat("--context ", name, " list referrals"));
  };
  const std::string uri = "spiffe://accord.example/agency/ps-york/system/main";
  testing::TestCertificate mixed = identities_.at("ps-york");
  mixed.key_file = stack_.console_files().key_file;
  const Ran pair = as("mixed", mixed);
  EXPECT_EQ(pair.code, 6) << pair.said;
  EXPECT_THAT(pair.said, HasSubstr("KEY_OF_ANOTHER_CERTIFICATE"));
  const Ran ended =
      as("ended", stack_.pki().FromAgencyCa("ended", {.uris = {uri}, .not_before = -7200, .not_after = -60}));
  EXPECT_EQ(ended.code, 3) << ended.said;
  EXPECT_THAT(ended.said, HasSubstr("CERTIFICATE_ENDED"));
  const Ran foreign = as("foreign", stack_.pki().FromServiceCa("foreign", {.uris = {uri}}));
  EXPECT_EQ(foreign.code, 3) << foreign.said;
  EXPECT_THAT(foreign.said, HasSubstr("CERTIFICATE_AUTHORITY_UNKNOWN"));
  const Ran unknown = as("unknown", stack_.pki().Agency("ps-york", "main"));
  EXPECT_EQ(unknown.code, 3) << unknown.said;
  RevokeCertificateOf("ps-york");
  Ran revoked;
  EXPECT_TRUE(Eventually([&] {
    revoked = as("revoked", identities_.at("ps-york"));
    return revoked.code == 3;
  })) << revoked.said;
  EXPECT_THAT(revoked.said, HasSubstr("CERTIFICATE_REVOKED"));
}

TEST_F(CommandLine, AWatchGoesOnWhereItWasWhenTheGatewayComesBack) {
  const Protocol protocol = Agree(society_, police_);
  const Ran begun = ctl_(absl::StrCat("--context member watch referrals -o json >", Path("events"), " 2>",
                                      Path("said"), " & echo $!; true"));
  const pid_t pid = std::atoi(begun.said.c_str());
  ASSERT_GT(pid, 0) << begun.said;
  std::vector<std::string> sent;
  const auto send = [&] {
    const auto referral = society_.Call<Referral>(kReferrals + "CreateReferral", "worker", "child_protection",
                                                  Letter(protocol));
    if (referral.ok()) sent.push_back(referral->name());
    return referral.ok();
  };
  const auto seen = [&] {
    std::set<std::string> names;
    std::ifstream events(Path("events"));
    for (std::string line; std::getline(events, line);) {
      const json event = json::parse(line, nullptr, false);
      if (event.is_object()) names.insert(event.value("name", ""));
    }
    return names;
  };
  EXPECT_TRUE(Eventually([&] { return send() && !seen().empty(); }));
  stack_.KillAndRestart("gateway");
  stack_.AwaitGateway();
  EXPECT_TRUE(Eventually(send)) << "while the watch is cut off, or nearly so";
  EXPECT_TRUE(Eventually(send));
  EXPECT_TRUE(Eventually([&] { return seen().contains(sent.back()); }, absl::Seconds(40)))
      << testing::Slurp(Path("said"));
  EXPECT_TRUE(seen().contains(sent[sent.size() - 2]));
  const std::string said = testing::Slurp(Path("said"));
  EXPECT_LT(std::count(said.begin(), said.end(), '\n'), 20) << "it backs off";
  kill(pid, SIGTERM);
}

}  // namespace
}  // namespace accord::e2e
