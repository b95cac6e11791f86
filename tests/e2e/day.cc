#include "tests/e2e/day.h"

#include <utility>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace accord::e2e {
namespace {

std::string Line(const Person& who, const std::string& words) {
  return absl::StrCat("--context ", who.agency, " --actor ", who.actor, " --purpose ", who.purpose, " ",
                      words);
}

}  // namespace

Day::Day(FieldWorld& world) : Field(world) {
  // The contexts stay in a file of the world, which tests share.
  if (std::exchange(world.has_contexts, true)) return;
  ctl_.SetContext(Console().agency, world.stack_.console_files(), "admin", "administration");
  for (const auto& [agency, identity] : world.Identities()) {
    ctl_.SetContext(agency, identity, "nobody", "administration");
  }
}

const Person& Day::Console() {
  static const Person console{"console", "admin", "administration"};
  return console;
}

Ran Day::Types(const Person& who, const std::string& words) const { return ctl_(Line(who, words)); }

Ran Day::Prints(const Person& who, const std::string& words) const { return ctl_.Printed(Line(who, words)); }

std::string Day::Does(const Person& who, const std::string& words) const {
  const Ran ran = Types(who, words);
  EXPECT_EQ(ran.code, 0) << who.agency << "/" << who.actor << ": accordctl " << words << "\n" << ran.said;
  return ran.said;
}

std::string Day::Fails(const Person& who, const std::string& words) const {
  const Ran ran = Types(who, words);
  EXPECT_NE(ran.code, 0) << who.agency << "/" << who.actor << ": accordctl " << words << "\n" << ran.said;
  return ran.said;
}

std::vector<std::string> Day::Names(const Person& who, const std::string& words) const {
  const Ran ran = Prints(who, words + " -o name");
  EXPECT_EQ(ran.code, 0) << who.agency << "/" << who.actor << ": accordctl " << words << "\n"
                         << (ran.code == 0 ? "" : Types(who, words).said);
  return absl::StrSplit(ran.said, '\n', absl::SkipEmpty());
}

std::string Day::Name(const Person& who, const std::string& words) const {
  const std::vector<std::string> names = Names(who, words);
  EXPECT_EQ(names.size(), 1u) << who.agency << "/" << who.actor << ": accordctl " << words;
  return names.empty() ? "" : names.front();
}

nlohmann::json Day::Reads(const Person& who, const std::string& words) const {
  const Ran ran = Prints(who, words + " -o json");
  EXPECT_EQ(ran.code, 0) << who.agency << "/" << who.actor << ": accordctl " << words;
  auto answer = nlohmann::json::parse(ran.said, nullptr, false);
  EXPECT_FALSE(answer.is_discarded()) << words << "\n" << ran.said;
  return answer;
}

std::string Day::Text(const Person& who, const std::string& words, const std::string& field) const {
  const nlohmann::json answer = Reads(who, words);
  return answer.is_object() ? answer.value(field, "") : "";
}

std::string Day::Given(const nlohmann::json& fields) { return absl::StrCat("--json '", fields.dump(), "'"); }

std::string Day::Letter(const std::string& protocol, const std::string& subject, const std::string& urgency) {
  return Given({{"protocol", protocol},
                {"kind", "joint_investigation"},
                {"to_agency", "ps-york"},
                {"subject_ref", subject},
                {"age_band", "12_15"},
                {"urgency", urgency},
                {"reporter_belief", "Missing for the third time; an older man pays for her phone."},
                {"lawful_basis", "CYFSA s. 125; protocol section on joint investigation"},
                {"indigenous_identity", "not_asked"},
                {"event_date", Days(0)}});
}

std::string Day::AMinuteAgo() {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", absl::Now() - absl::Minutes(1), absl::UTCTimeZone());
}

}  // namespace accord::e2e
