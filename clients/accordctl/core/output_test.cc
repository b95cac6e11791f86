#include "clients/accordctl/core/output.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "accord/prosecution/v1/case_service.pb.h"
#include "accord/protocols/v1/privacy_alert_service.pb.h"
#include "accord/protocols/v1/referral_service.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "accord/supports/v1/resources.pb.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/next_step.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/time_text.h"
#include "common/base/error.h"
#include "common/base/field_refusal.h"
#include "common/base/file.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

protocols::v1::Referral Sample() {
  protocols::v1::Referral referral;
  referral.set_name("agencies/cas-york/referrals/1");
  referral.set_kind(protocols::v1::REFERRAL_KIND_MISSING_YOUTH);
  referral.set_to_agency("ps-york");
  referral.set_state(protocols::v1::REFERRAL_STATE_SUBMITTED);
  referral.mutable_acknowledge_due()->set_seconds(1'800'000'000);
  return referral;
}

ResourceType Type() {
  const auto* message = protocols::v1::Referral::descriptor();
  return {message, message->options().GetExtension(annotations::v1::resource)};
}

TEST(Output, ATableShowsDeclaredColumnsInOntarioTimeAndADashForWhatIsUnknown) {
  const auto referral = Sample();
  EXPECT_EQ(PrintMany(Type(), {&referral}, Format::kTable),
            "NAME  KIND           TO_AGENCY  URGENCY  STATE      ACKNOWLEDGE_DUE\n"
            "1     missing_youth  ps-york    -        submitted  2027-01-15 03:00:00 EST -05:00\n");
  EXPECT_EQ(PrintMany(Type(), {}, Format::kTable), "no referrals\n");
}

TEST(Output, AColumnOfSeveralShowsThatOfEach) {
  protocols::v1::PrivacyAlert alert;
  alert.set_name("agencies/cas-york/privacyAlerts/1");
  alert.set_kind(protocols::v1::PRIVACY_ALERT_KIND_EMERGENCY_ACCESS);
  const auto* message = protocols::v1::PrivacyAlert::descriptor();
  const ResourceType type = {message, message->options().GetExtension(annotations::v1::resource)};
  EXPECT_THAT(PrintMany(type, {&alert}, Format::kTable),
              AllOf(HasSubstr("ACKNOWLEDGED_BY\n"), ::testing::EndsWith(" -\n")));
  for (const char* officer : {"first", "second"}) {
    alert.add_acknowledgements()->set_acknowledged_by(officer);
  }
  EXPECT_THAT(PrintMany(type, {&alert}, Format::kTable), ::testing::EndsWith(" first, second\n"));
}

TEST(Times, OfTheHourThatComesTwiceAreTwo) {
  // These are 2026-11-01T05:30:00Z and an hour later.
  EXPECT_EQ(TimeText(absl::FromUnixSeconds(1'793'511'000)), "2026-11-01 01:30:00 EDT -04:00");
  EXPECT_EQ(TimeText(absl::FromUnixSeconds(1'793'514'600)), "2026-11-01 01:30:00 EST -05:00");
  for (const char* zone : {"America/Winnipeg", ":America/Winnipeg"}) {
    setenv("TZ", zone, 1);
    EXPECT_EQ(TimeText(absl::FromUnixSeconds(1'793'514'600)), "2026-11-01 01:30:00 CDT -05:00") << zone;
  }
  setenv("TZ", "no/such/zone", 1);
  EXPECT_EQ(TimeText(absl::FromUnixSeconds(1'793'514'600)), "2026-11-01 01:30:00 EST -05:00");
  EXPECT_THAT(ZoneWarning(),
              AllOf(HasSubstr("$TZ is `no/such/zone`, which names no time zone, so times are Ontario's"),
                    HasSubstr("TZ=America/Winnipeg")));
  {
    const Speaking french(Language::kFrench);
    EXPECT_THAT(ZoneWarning(), HasSubstr("ne désigne aucun fuseau horaire"));
  }
  setenv("TZ", ":", 1);
  EXPECT_THAT(ZoneWarning(), HasSubstr("$TZ is `:`, which names no time zone"));
  // The value of $TZ may only resemble a POSIX zone, and the terminal must not obey escape sequences in it.
  setenv("TZ", "EST5EDT,M3.2.0\x1b[2K", 1);
  EXPECT_THAT(ZoneWarning(), HasSubstr("`EST5EDT,M3.2.0\\u001b[2K`"));
  for (const char* zone : {"America/Winnipeg", ":America/Winnipeg", "UTC", ""}) {
    setenv("TZ", zone, 1);
    EXPECT_EQ(ZoneWarning(), "") << zone;
  }
  unsetenv("TZ");
  EXPECT_EQ(ZoneWarning(), "");
  protocols::v1::Referral referral = Sample();
  EXPECT_THAT(PrintOne(referral, Format::kTable), HasSubstr("2027-01-15 03:00:00 EST -05:00"));
  EXPECT_EQ(Json::parse(PrintOne(referral, Format::kJson))["acknowledge_due"], "2027-01-15T08:00:00Z");
}

TEST(Times, WhatIsDueAtMidnightIsDueOnTheDayThatEnds) {
  // The end of 2026-11-26 in Ontario, once as a deadline and once as the moment of a change.
  protocols::v1::Referral referral = Sample();
  referral.mutable_acknowledge_due()->set_seconds(1'795'755'600);
  *referral.mutable_create_time() = referral.acknowledge_due();
  EXPECT_THAT(PrintMany(Type(), {&referral}, Format::kTable), HasSubstr("2026-11-26 24:00:00 EST -05:00\n"));
  const std::string one = PrintOne(referral, Format::kTable);
  EXPECT_THAT(one, ::testing::ContainsRegex("acknowledge_due: +2026-11-26 24:00:00 EST -05:00\n"));
  EXPECT_THAT(one, ::testing::ContainsRegex("create_time: +2026-11-27 00:00:00 EST -05:00\n"));
  EXPECT_EQ(Json::parse(PrintOne(referral, Format::kJson))["acknowledge_due"], "2026-11-27T05:00:00Z");
  // A minute later, and in Manitoba, it is not midnight.
  EXPECT_EQ(DueText(absl::FromUnixSeconds(1'795'755'660)), "2026-11-27 00:01:00 EST -05:00");
  setenv("TZ", "America/Winnipeg", 1);
  EXPECT_EQ(DueText(absl::FromUnixSeconds(1'795'755'600)), "2026-11-26 23:00:00 CST -06:00");
  unsetenv("TZ");
}

TEST(Days, HaveTheirZoneInTheHeadOfATable) {
  supports::v1::SupportCase opened, old;
  opened.set_name("agencies/vs-york/supportCases/1");
  opened.set_opened_on("2026-11-26");
  old.set_name("agencies/vs-york/supportCases/2");
  const auto* message = supports::v1::SupportCase::descriptor();
  const ResourceType type{message, message->options().GetExtension(annotations::v1::resource)};
  EXPECT_EQ(PrintMany(type, {&opened, &old}, Format::kTable),
            "NAME  PROGRAM  STATE  OPENED_ON (ONTARIO)\n"
            "1     -        -      2026-11-26\n"
            "2     -        -      -\n");
  EXPECT_EQ(PrintMany(type, {&old}, Format::kTable),
            "NAME  PROGRAM  STATE  OPENED_ON\n2     -        -      -\n");
  // The service writes this field, so no rule states its form.
  EXPECT_THAT(PrintOne(opened, Format::kTable),
              ::testing::ContainsRegex("opened_on: +2026-11-26 in Ontario\n"));
}

TEST(Days, AreShownAsThoseOfOntario) {
  protocols::v1::Referral referral = Sample();
  referral.set_event_date("2026-11-26");
  EXPECT_THAT(PrintOne(referral, Format::kTable),
              ::testing::ContainsRegex("event_date: +2026-11-26 in Ontario\n"));
  EXPECT_EQ(Json::parse(PrintOne(referral, Format::kJson))["event_date"], "2026-11-26");
}

TEST(Amounts, AreOneOrMany) {
  EXPECT_EQ(CountedText(0, "entry", "entries"), "0 entries");
  EXPECT_EQ(CountedText(1, "entry", "entries"), "1 entry");
  EXPECT_EQ(CountedText(2, "entry", "entries"), "2 entries");
}

TEST(Documents, AreWrittenInTheFormThatWasAskedFor) {
  const Json json = {{"name", "york"}};
  EXPECT_EQ(PrintDocument(json, Format::kJson), "{\n  \"name\": \"york\"\n}\n");
  EXPECT_EQ(PrintDocument(json, Format::kYaml), "name: york\n");
}

TEST(ExitCodes, SayTryAgainOnlyOfWhatMayPass) {
  EXPECT_EQ(ExitCodeOf(Refuse(rules::kQuotaCalls, "Wait.")), kTryAgain);
  EXPECT_EQ(ExitCodeOf(Refuse(rules::kDatabaseBusy, "Again.")), kTryAgain);
  EXPECT_EQ(ExitCodeOf(absl::DeadlineExceededError("")), kTryAgain);
  for (const absl::Status& lasting :
       {Refuse(rules::kMessageTooLarge, "Ask for less."), Refuse(rules::kHeadersTooLarge, "Too long."),
        Refuse(rules::kAnswerNamesTooMuch, "Ask for less."),
        absl::ResourceExhaustedError("Received message larger than max (70000000 vs. 67108864)")}) {
    EXPECT_EQ(ExitCodeOf(lasting), kInvalid) << lasting;
    EXPECT_THAT(PrintError(lasting, Format::kTable), HasSubstr("ask for less")) << lasting;
  }
  const absl::Status unwritten = WriteFile("/proc/nowhere/file", "x", FileKind::kPrivate);
  EXPECT_EQ(ExitCodeOf(unwritten), kOther) << unwritten;
  EXPECT_THAT(PrintError(unwritten, Format::kTable), HasSubstr("cannot write /proc/nowhere/file: "));
  EXPECT_THAT(PrintError(unwritten, Format::kTable), ::testing::Not(HasSubstr("try again")));
}

TEST(Output, ATableShowsTheWholeOfNamesThatEndAlike) {
  auto one = Sample(), other = Sample();
  other.set_name("agencies/cas-durham/referrals/1");
  const std::string table = PrintMany(Type(), {&one, &other}, Format::kTable);
  EXPECT_THAT(table, ::testing::AllOf(HasSubstr("agencies/cas-york/referrals/1 "),
                                      HasSubstr("agencies/cas-durham/referrals/1 ")));
}

TEST(Output, ATableOfWhatIsNoResourceShowsItsFields) {
  prosecution::v1::CaseStatus status;
  status.set_information_number("26-1234");
  const std::string table =
      PrintMany({prosecution::v1::CaseStatus::descriptor(), {}}, {&status}, Format::kTable);
  EXPECT_THAT(table, ::testing::AllOf(HasSubstr("INFORMATION_NUMBER"), HasSubstr("26-1234")));
}

TEST(Output, AHistoryShowsWhoDidItWhatTheRecordWasThenAndWhichFieldsChanged) {
  protocols::v1::ReferralRevision revision;
  revision.set_version(2);
  revision.set_agency("ps-york");
  revision.set_actor("member");
  *revision.mutable_referral() = Sample();
  for (const char* path : {"state", "screening.outcome"}) {
    auto* change = revision.add_changes();
    change->set_path(path);
    change->set_before("what was");
    change->set_after("what is");
  }
  EXPECT_EQ(
      PrintMany({protocols::v1::ReferralRevision::descriptor(), {}}, {&revision}, Format::kTable),
      "VERSION  TIME  AGENCY   ACTOR   KIND           TO_AGENCY  URGENCY  STATE      ACKNOWLEDGE_DUE"
      "                 CHANGES\n"
      "2        -     ps-york  member  missing_youth  ps-york    -        submitted  2027-01-15 03:00:00 EST "
      "-05:00  state, screening.outcome\n");
}

TEST(Output, ProgramsGetJsonWithTheNamesOfTheProto) {
  const auto referral = Sample();
  const Json json = Json::parse(PrintMany(Type(), {&referral}, Format::kJson));
  EXPECT_EQ(json[0]["to_agency"], "ps-york");
  EXPECT_EQ(json[0]["kind"], "REFERRAL_KIND_MISSING_YOUTH");
  EXPECT_EQ(PrintMany(Type(), {&referral}, Format::kName), "agencies/cas-york/referrals/1\n");
}

TEST(Output, ANameOfAnotherAgencyIsOneLine) {
  auto forged = Sample();
  forged.set_name("agencies/cas-york/referrals/1\nagencies/ps-york/referrals/2\x1b[2K");
  for (const std::string& printed :
       {PrintOne(forged, Format::kName), PrintMany(Type(), {&forged}, Format::kName)}) {
    EXPECT_EQ(printed, "agencies/cas-york/referrals/1\\u000aagencies/ps-york/referrals/2\\u001b[2K\n");
  }
}

TEST(Output, AnEventIsALineOfItsValuesOrItsName) {
  const auto event = Sample();
  EXPECT_EQ(PrintEvent(event, Format::kName), "agencies/cas-york/referrals/1\n");
  EXPECT_THAT(PrintEvent(event, Format::kTable), HasSubstr("agencies/cas-york/referrals/1  "));
}

TEST(Output, ARefusalWithoutAnyWordSaysSo) {
  const absl::Status silent(absl::StatusCode::kUnknown, "");
  EXPECT_THAT(PrintError(silent, Format::kTable), HasSubstr("accordctl: UNKNOWN: no reason was given\n"));
  EXPECT_EQ(Json::parse(PrintError(silent, Format::kJson))["message"], "no reason was given");
}

TEST(Output, ARefusalOfMoreFieldsThanAnAnswerCarriesSaysHowManyItDoesNotName) {
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 1000; ++i) many.emplace_back(absl::StrCat("referral.indicators[", i, "]"), "is empty");
  const absl::Status refused = RefuseFields(many);
  const std::string shown = PrintError(refused, Format::kTable);
  EXPECT_THAT(shown, HasSubstr("  referral.indicators[0] is empty\n"));
  EXPECT_THAT(shown, ::testing::ContainsRegex("\n  and 9[0-9]+ more\n"));
  EXPECT_GE(Json::parse(PrintError(refused, Format::kJson))["fields_not_named"].get<int>(), 900);
  EXPECT_THAT(PrintError(RefuseFields({{"title", "is empty"}}), Format::kTable),
              ::testing::Not(HasSubstr(" more")));
}

TEST(Output, ARefusalOfAnUnknownPersonSaysWhatListsThem) {
  EXPECT_THAT(PrintError(Refuse(rules::kPersonUnknown, "There is no such person."), Format::kTable),
              HasSubstr("`accordctl colleagues list` lists the people"));
}

TEST(Output, ARefusalOfAnUnknownPurposeListsThoseThatThereAre) {
  EXPECT_THAT(PrintError(Refuse(rules::kPurposeUnknown, "There is no such purpose."), Format::kTable),
              ::testing::AllOf(HasSubstr("the purposes are "), HasSubstr("child_protection, ")));
}

TEST(Output, ARefusalOfAFieldByARuleOfItsOwnSaysWhatToDoInEnglishToo) {
  const absl::Status refused =
      RefuseField(rules::kAgencyUnknown, "referral.to_agency", "names no agency of the register");
  EXPECT_THAT(PrintError(refused, Format::kTable),
              ::testing::AllOf(HasSubstr("AGENCY_UNKNOWN: " + std::string(rules::kAgencyUnknown.en) + "\n"),
                               HasSubstr("  referral.to_agency names no agency of the register\n")));
  EXPECT_THAT(PrintError(RefuseFields({{"title", "is empty"}}), Format::kTable),
              HasSubstr("FIELD_INVALID: the request is not valid\n"));
}

TEST(Output, ARefusalOfWhoCallsOrWhyNamesTheOptionThatSaysIt) {
  EXPECT_THAT(PrintError(Refuse(rules::kActorNotRegistered, "Name a person."), Format::kTable),
              HasSubstr("\n  --actor names the person; "));
  EXPECT_THAT(PrintError(Refuse(rules::kPurposeMissing, "Name the purpose."), Format::kTable),
              HasSubstr("\n  --purpose names it; "));
}

TEST(Output, ARefusalOfACallNamesTheNounAndTheVerbThatExplainIt) {
  const Command* board = FindCommand("list", "board");
  ASSERT_NE(board, nullptr);
  const std::string typed = TypedCommand(*board).substr(std::string("accordctl ").size());
  absl::Status refused = Refuse(rules::kRoleNotPermitted, "Not for this role.");
  EXPECT_THAT(PrintError(refused, Format::kTable), HasSubstr("`accordctl access explain NOUN VERB`"));
  refused.SetPayload(kMethodCalled, absl::Cord(board->method.path));
  EXPECT_THAT(PrintError(refused, Format::kTable),
              ::testing::AllOf(HasSubstr("`accordctl access explain " + typed + "` lists who may call this"),
                               ::testing::Not(HasSubstr("NOUN"))));
}

TEST(Output, InFrenchFieldsAndWhatToDoNextAreFrenchToo) {
  const Speaking french(Language::kFrench);
  EXPECT_THAT(PrintError(RefuseFields({{"referral.protocol", "is required"}}), Format::kTable),
              ::testing::AllOf(HasSubstr("la demande n'est pas"),
                               HasSubstr("  referral.protocol est obligatoire\n")));
  EXPECT_THAT(PrintError(RefuseFields({{"referral.protocol", "what only its service says"}}), Format::kTable),
              HasSubstr("  referral.protocol what only its service says\n"));
  EXPECT_THAT(PrintError(Refuse(rules::kPurposeMissing, "Name the purpose."), Format::kTable),
              HasSubstr("\n  --purpose nomme la fin; "));
  EXPECT_THAT(PrintError(WithRetryAfter(Refuse(rules::kBackendUnavailable, "Later."), absl::Seconds(2)),
                         Format::kTable),
              HasSubstr("\n  réessayez après 2 s\n"));
}

TEST(Output, NobodyIsToldToTryAgainAfterNoTimeAtAll) {
  const absl::Status soon =
      WithRetryAfter(Refuse(rules::kBackendUnavailable, "Try again later."), absl::Milliseconds(250));
  EXPECT_THAT(PrintError(soon, Format::kTable), HasSubstr("\n  try again after 1 s\n"));
  EXPECT_EQ(Json::parse(PrintError(soon, Format::kJson))["retry_after_seconds"], 1);
}

TEST(Output, ARefusalSaysItsRuleAndWhatToDoNext) {
  const absl::Status refused = Refuse(rules::kPurposeMissing, "Name the purpose.");
  EXPECT_THAT(PrintError(refused, Format::kTable),
              ::testing::AllOf(HasSubstr("PERMISSION_DENIED PURPOSE_MISSING: Name the purpose."),
                               HasSubstr("access explain")));
  EXPECT_EQ(Json::parse(PrintError(refused, Format::kJson))["rule"], "PURPOSE_MISSING");
  EXPECT_THAT(PrintError(NotFound(), Format::kTable), HasSubstr("accordctl: NOT_FOUND: "));
  const absl::Status fields = RefuseFields({{"referral.urgency", "is required"}});
  EXPECT_THAT(PrintError(fields, Format::kTable), HasSubstr("  referral.urgency is required\n"));
  EXPECT_EQ(ExitCodeOf(refused), kRefused);
  EXPECT_EQ(ExitCodeOf(NotFound()), kNotFound);
  EXPECT_EQ(ExitCodeOf(absl::AbortedError("")), kConflict);
  EXPECT_EQ(ExitCodeOf(fields), kInvalid);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("")), kTryAgain);
  EXPECT_EQ(ExitCodeOf(absl::DataLossError("")), kNotVerified);
}

}  // namespace
}  // namespace accord::ctl
