// These tests show who is told what by the one feed of this service: what an originator lets others have, and
// takes back.
#include "common/storage/retention/retention.h"
#include "common/testing/callers.h"
#include "common/testing/change_watch.h"
#include "common/testing/resource_verbs.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

class Changes : public Intelligence {
 protected:
  std::string Now(const Caller& who) { return testing::PositionNow(&in_process_, who); }
  testing::ToldChanges Watch(const Caller& who, const std::string& from, const std::string& kind = "") {
    return testing::WatchKind(&in_process_, who, from, kind);
  }
  // This gives a report of York's that Peel may have.
  v1::Report ForPeel() {
    v1::Report report = Active();
    EXPECT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel"}, york_), "");
    return report;
  }
};

TEST_F(Changes, OfACopyAreToldToWhomItWasGivenAndOfItsHandlingWhileItOpens) {
  v1::Report report = ForPeel();
  const std::string york = Now(york_), peel = Now(peel_), durham = Now(durham_);
  v1::ReportCopy copy;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  const auto shared = Watch(peel_, peel);
  ASSERT_THAT(shared.names(), ElementsAre(copy.name()));
  EXPECT_EQ(shared.changes[0].kind(), "report_copy");
  EXPECT_EQ(shared.changes[0].verb(), "ShareReport");
  EXPECT_EQ(shared.changes[0].agency(), "ps-york");
  EXPECT_THAT(Watch(durham_, durham).names(), IsEmpty());
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-peel", "ps-durham"}, york_), "");
  const auto handled = Watch(peel_, peel);
  ASSERT_THAT(handled.names(), ElementsAre(copy.name(), copy.name()));
  EXPECT_EQ(handled.changes[1].verb(), "SetReportHandling");
  ASSERT_EQ(Handle(&report, v1::HANDLING_H2, {"ps-durham"}, york_), "");
  EXPECT_THAT(Watch(peel_, peel).names(), IsEmpty()) << "it opens no more, and of what was before either";
  EXPECT_THAT(Watch(durham_, durham).names(), IsEmpty()) << "who may have it was given nothing yet";
  EXPECT_THAT(Watch(york_, york, "report").names(), SizeIs(2));
}

TEST_F(Changes, OfARecallSayTheNameAloneToWhoeverHadTheReport) {
  v1::Report report = ForPeel();
  const std::string york = Now(york_), peel = Now(peel_), bureau = Now(analyst_), durham = Now(durham_);
  v1::ReportCopy copy;
  ASSERT_EQ(Share(report, york_, "ps-peel", &copy), "");
  ASSERT_EQ(Recall(&report, york_), "");
  const auto holder = Watch(peel_, peel);
  ASSERT_THAT(holder.names(), ElementsAre(copy.name()));
  host::v1::Change bare;
  bare.set_kind("report_copy");
  bare.set_name(copy.name());
  bare.set_gone(host::v1::GONE_RECALLED);
  *bare.mutable_time() = holder.changes[0].time();
  bare.set_watch_token(holder.changes[0].watch_token());
  EXPECT_EQ(holder.changes[0].SerializeAsString(), bare.SerializeAsString());
  const auto at_bureau = Watch(analyst_, bureau, "report");
  ASSERT_THAT(at_bureau.names(), ElementsAre(report.name()));
  EXPECT_EQ(at_bureau.changes[0].gone(), host::v1::GONE_RECALLED);
  EXPECT_THAT(Watch(durham_, durham).names(), IsEmpty());
  const auto own = Watch(york_, york, "report");
  ASSERT_FALSE(own.changes.empty());
  EXPECT_EQ(own.changes[0].verb(), "RecallReport");
  EXPECT_EQ(own.changes[0].state(), "recalled");
  EXPECT_EQ(own.changes[0].gone(), host::v1::GONE_UNSPECIFIED);
}

TEST_F(Changes, OfARecalledDraftSayNothingToTheBureauThatNeverSawIt) {
  v1::Report draft;
  ASSERT_EQ(Rule(Call<v1::Report>(york_, NewReport()), &draft), "");
  const std::string york = Now(york_), bureau = Now(analyst_);
  ASSERT_EQ(Recall(&draft, york_), "");
  EXPECT_THAT(Watch(york_, york).names(), ElementsAre(draft.name()));
  EXPECT_THAT(Watch(analyst_, bureau).names(), IsEmpty());
}

TEST_F(Changes, OfAPurgeSayTheNameAloneToTheAgencyThatKeepsATombstone) {
  const std::string york = Now(york_), bureau = Now(analyst_);
  const v1::Report report = Active();
  const storage::Write write{"ps-york", york_.actor, "ends", in_process_.clock().Now()};
  ASSERT_OK(in_process_.database().Transact([&](storage::Transaction& tx) {
    return storage::EndRecord(tx, "report", report.name(), "a test", storage::End::kPurged, write);
  }));
  const auto told = Watch(york_, york);
  ASSERT_THAT(told.names(), ElementsAre(report.name()));
  EXPECT_EQ(told.changes[0].gone(), host::v1::GONE_PURGED);
  EXPECT_EQ(told.changes[0].state(), "");
  EXPECT_THAT(Watch(analyst_, bureau).names(), IsEmpty());
}

TEST_F(Changes, OfARequestForAReleaseAreToldToBothSidesWithItsDueTime) {
  const v1::Report report = ForPeel();
  ASSERT_EQ(Share(report, york_, "ps-peel"), "");
  const std::string york = Now(york_), peel = Now(peel_), durham = Now(durham_);
  v1::ReleaseRequest release;
  ASSERT_EQ(Ask(report, peel_, {"ps-durham"}, &release), "");
  const auto asked = Watch(york_, york);
  ASSERT_THAT(asked.names(), ElementsAre(release.name()));
  EXPECT_EQ(asked.changes[0].kind(), "release_request");
  EXPECT_EQ(asked.changes[0].agency(), "ps-peel");
  EXPECT_EQ(asked.changes[0].state(), "pending");
  EXPECT_EQ(asked.changes[0].next_due().SerializeAsString(), release.due().SerializeAsString());
  ASSERT_EQ(Answer(&release, york_, "grant", {"ps-durham"}), "");
  const auto granted = Watch(peel_, peel);
  ASSERT_THAT(granted.names(), ElementsAre(release.name(), release.name()));
  EXPECT_EQ(granted.changes[1].state(), "granted");
  EXPECT_FALSE(granted.changes[1].has_next_due());
  EXPECT_THAT(Watch(durham_, durham).names(), IsEmpty());
}

TEST_F(Changes, OfAReplyAreToldToItsAskerAtOnceAndToNobodyElseWhoWasAsked) {
  v1::CreateInformationRequestRequest request;
  request.set_parent("agencies/ps-york");
  auto* question = request.mutable_information_request();
  question->set_priority(v1::REQUEST_PRIORITY_URGENT);
  question->set_question("Is this plate known?");
  question->set_justification("seen twice");
  question->set_predicate_offence("279.01(1)");
  for (const char* agency : {"ps-peel", "ps-durham", "ps-halton"}) question->add_to(agency);
  const auto asked = Must(Call<v1::InformationRequest>(york_, request));
  const std::string york = Now(york_), peel = Now(peel_), halton = Now(Police("ps-halton"));
  v1::AnswerInformationRequestRequest answer;
  answer.set_name(asked.name());
  ASSERT_OK(Call<v1::InformationReply>(durham_, answer));
  EXPECT_THAT(Watch(york_, york).names(), IsEmpty()) << "a reply that says nothing is told when it is due";
  answer.set_answer("Seen on the third.");
  ASSERT_OK(Call<v1::InformationReply>(peel_, answer));
  const auto told = Watch(york_, york, "information_request");
  ASSERT_THAT(told.names(), ElementsAre(asked.name()));
  EXPECT_EQ(told.changes[0].kind(), "information_request");
  EXPECT_EQ(told.changes[0].verb(), "AnswerInformationRequest");
  EXPECT_EQ(told.changes[0].agency(), "ps-peel");
  EXPECT_EQ(told.changes[0].state(), "issued");
  EXPECT_THAT(Watch(peel_, peel).names(), ElementsAre(asked.name())) << "its own reply";
  EXPECT_THAT(Watch(Police("ps-halton"), halton).names(), IsEmpty());
  Pass(FromProto(asked.due()));
  EXPECT_THAT(Watch(Police("ps-halton"), halton).names(), ::testing::Contains(asked.name()));
  for (const host::v1::Change& change : Watch(york_, york).changes) {
    EXPECT_NE(change.agency(), "ps-durham") << "when it said nothing is not told later either";
  }
}

TEST_F(Changes, AreNotForThoseWhoReadNothingHere) {
  EXPECT_EQ(RuleOf(Watch(testing::Trainer(), "").status), "AGENCY_KIND_NOT_PERMITTED");
  EXPECT_EQ(RuleOf(Watch(society_, "").status), "AGENCY_KIND_NOT_PERMITTED");
  const std::string shelter = Now(shelter_);
  Active();
  EXPECT_THAT(Watch(shelter_, shelter).names(), IsEmpty());
}

TEST_F(Changes, AreOfEveryKindThatTheTableOfVerbsSays) {
  EXPECT_EQ(testing::HoldFeedKinds(&in_process_, "accord.intelligence.v1", york_), 11);
}

TEST_F(Changes, WhatIsToldOfIsGotByItsNameByThoseWhoListIt) {
  const v1::Report report = ForPeel();
  ASSERT_EQ(Share(report, york_, "ps-peel"), "");
  v1::ReleaseRequest release;
  ASSERT_EQ(Ask(report, peel_, {"ps-durham"}, &release), "");
  v1::GetReleaseRequestRequest request;
  request.set_name(release.name());
  for (const Caller& caller : {york_, peel_}) {
    const auto got = Must(Call<v1::ReleaseRequest>(caller, request));
    EXPECT_EQ(got.name(), release.name());
    EXPECT_TRUE(got.has_next_due()) << "it waits for York";
  }
  EXPECT_THAT(Call<v1::ReleaseRequest>(durham_, request), RefusedBy(rules::kNotFound));
}

}  // namespace
}  // namespace accord::intelligence
