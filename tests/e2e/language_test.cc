// These tests follow the caller's language from a header through the gateway to the refusal of a service, and
// to a person's terminal.
#include "common/base/language.h"

#include "common/base/rules.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/case.h"

namespace accord::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class InALanguage : public ACase {
 protected:
  InALanguage()
      : society_(Enrol("cas-york", {{"director", ROLE_CAS_DIRECTOR}})),
        strangers_(Enrol("ps-durham", {{"chief", ROLE_POLICE_CHIEF}})) {}

  // A police service is told this if it asks for a protocol to which it is no party.
  absl::Status Refused(const std::string& name, const std::string& language,
                       const std::string& actor = "chief") const {
    GetProtocolRequest request;
    request.set_name(name);
    return strangers_
        .CallBytes(kProtocols + "GetProtocol",
                   {{"accord-actor", actor},
                    {"accord-purpose", "protocol_governance"},
                    {"accord-language", language}},
                   request.SerializeAsString())
        .status();
  }
  // This gives the refusal of a draft, which nobody but its parties may know of.
  std::string Hidden() {
    return society_.Call<Protocol>(kProtocols + "CreateProtocol", "director", "protocol_governance", Draft())
        ->name();
  }
  static std::string Absent(std::string name) {
    name.back() = name.back() == '0' ? '1' : '0';
    return name;
  }

  AgencyClient society_, strangers_;
};

TEST_F(InALanguage, WhatIsHiddenIsRefusedLikeWhatIsAbsent) {
  const std::string hidden = Hidden();
  const rules::Rule* rule = rules::FindRule("NOT_FOUND");
  ASSERT_NE(rule, nullptr);
  for (const char* language : {"", "en", "fr", "de"}) {
    const absl::Status refused = Refused(hidden, language);
    EXPECT_EQ(RuleOf(refused), "NOT_FOUND") << language;
    EXPECT_EQ(StatusDetails(refused), StatusDetails(Refused(Absent(hidden), language))) << language;
  }
  EXPECT_EQ(LocalizedText(Refused(hidden, "fr"), Language::kFrench), rule->fr);
  EXPECT_EQ(LocalizedText(Refused(hidden, "en"), Language::kEnglish), rule->en);
  EXPECT_EQ(StatusDetails(Refused(hidden, "de")), StatusDetails(Refused(hidden, "")));
  EXPECT_THAT(StatusDetails(Refused(hidden, "")), Not(HasSubstr("LocalizedMessage")));
}

TEST_F(InALanguage, TheGatewaysOwnRefusalIsToldInItToo) {
  const rules::Rule* rule = rules::FindRule("ACTOR_NOT_REGISTERED");
  ASSERT_NE(rule, nullptr);
  const absl::Status refused = Refused(Hidden(), "fr", "stranger");
  EXPECT_EQ(RuleOf(refused), "ACTOR_NOT_REGISTERED");
  EXPECT_EQ(LocalizedText(refused, Language::kFrench), rule->fr);
}

TEST_F(InALanguage, ThePersonAtTheCommandLineReadsIt) {
  const Accordctl ctl(stack_);
  ctl.SetContext("durham", identities_.at("ps-durham"), "chief", "protocol_governance");
  const std::string get = "--context durham get protocol " + Absent(Hidden());
  const std::string french(rules::FindRule("NOT_FOUND")->fr);
  EXPECT_THAT(ctl(get + " --language fr").said, HasSubstr(french));
  EXPECT_THAT(ctl(get).said, Not(HasSubstr(french)));
  ASSERT_EQ(ctl("context set durham --language fr").code, 0);
  EXPECT_THAT(ctl(get).said, HasSubstr(french));
  EXPECT_THAT(ctl(get + " --language en").said, Not(HasSubstr(french)));
}

}  // namespace
}  // namespace accord::e2e
