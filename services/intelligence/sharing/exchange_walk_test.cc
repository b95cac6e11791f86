// These tests write a second time what goes between services and the bureau: by whom, and in which state, a
// release is decided, a report shared, a request answered, a purge confirmed, a lodgement closed and a
// conflict read.
#include "services/intelligence/testing/walk_fixture.h"

namespace accord::intelligence {
namespace {

using StatesOfExchange = std::set<std::string>;

class ExchangeWalk : public IntelligenceWalk {
 protected:
  ExchangeWalk() {
    walk_.agencies = {{"york", {"ps-york", kPolice}},
                      {"peel", {"ps-peel", kPolice}},
                      {"stranger", {"ps-durham", kPolice}},
                      {"bureau", {"ci-ciso", kBureauKind}},
                      {"another bureau", {"ci-other", kBureauKind}}};
  }
  // The release is of York's report: Peel asks, or the bureau proposes.
  std::string StoreRelease(const std::string& state, const std::string& asker) {
    v1::ReleaseRequest release;
    release.set_name(absl::StrCat("agencies/", asker, "/releaseRequests/r", ++records_));
    release.set_report(report_);
    release.set_originator("ps-york");
    release.add_recipients("ps-halton");
    release.set_state(As<v1::ReleaseState>(v1::ReleaseState_descriptor(), state));
    *release.mutable_due() = ToProto(in_process_.clock().Now() + absl::Hours(24));
    if (asker == "ci-ciso") {
      release.set_emergency(true);
      release.add_emergency_by("somebody-else");
    }
    return Store("release_request", release, {asker, state, {asker, "ps-york"}, {{"report", report_}}});
  }
  // York asks Peel.
  std::string StoreRequest(const std::string& state) {
    v1::InformationRequest asked;
    asked.set_name(absl::StrCat("agencies/ps-york/informationRequests/r", ++records_));
    asked.set_question("Known there?");
    asked.add_to("ps-peel");
    *asked.mutable_due() = ToProto(in_process_.clock().Now() + absl::Hours(24));
    asked.set_state(As<v1::InformationRequestState>(v1::InformationRequestState_descriptor(), state));
    return Store("information_request", asked, {"ps-york", state, {"ps-york", "ci-ciso", "ps-peel"}, {}});
  }
  std::string StoreNotice(const std::string& state) {
    v1::PurgeNotice notice;
    notice.set_name(absl::StrCat("agencies/ps-peel/purgeNotices/n", ++records_));
    notice.set_report(report_);
    notice.set_due("2026-12-24");
    notice.set_state(As<v1::PurgeNoticeState>(v1::PurgeNoticeState_descriptor(), state));
    return Store("purge_notice", notice, {"ps-peel", state, {"ps-peel", "ps-york", "ci-ciso"}, {}});
  }
  std::string StoreLodgement(const std::string& state) {
    v1::Lodgement lodgement;
    lodgement.set_name(absl::StrCat("agencies/ps-york/lodgements/l", ++records_));
    lodgement.set_open(state == "open");
    return Store("lodgement", lodgement, {"ps-york", state, {"ps-york"}, {}});
  }
  // York is asked to call Peel, whose own conflict is another record.
  std::string StoreConflict(const std::string& state) {
    v1::Conflict conflict;
    conflict.set_name(absl::StrCat("agencies/ps-york/conflicts/c", ++records_));
    conflict.set_lodgement("agencies/ps-york/lodgements/l0");
    conflict.set_call_agency("ps-peel");
    conflict.set_open(true);
    if (state == "acknowledged") *conflict.mutable_acknowledge_time() = ToProto(in_process_.clock().Now());
    return Store("conflict", conflict, {"ps-york", "open", {"ps-york", "ci-ciso"}, {}});
  }

  const std::string report_ = StoreReport("active");
  Walk walk_;
};

TEST_F(ExchangeWalk, OfAReleaseRequest) {
  walk_.service = "accord.intelligence.v1.DisseminationService";
  walk_.states = ShortNamesOf(v1::ReleaseState_descriptor());
  // Nobody but the bureau proposes.
  walk_.make = [&](const std::string& state) {
    return StoreRelease(state, state == "proposed" ? "ci-ciso" : "ps-peel");
  };
  int calls = 0;
  for (const auto& [event, states] :
       std::map<std::string, StatesOfExchange>{{"grant", {"pending"}},
                                               {"refuse", {"pending"}},
                                               {"revoke", {"granted", "proposed"}},
                                               // These are the second person's step and the calendar's.
                                               {"confirm", {}},
                                               {"lapse", {}}}) {
    calls += testing::WalkEvent<v1::DecideReleaseRequestRequest>(&in_process_, walk_, "DecideReleaseRequest",
                                                                 {"york"}, event, states);
  }
  EXPECT_EQ(calls, 90);
}

TEST_F(ExchangeWalk, OfAnEmergencyRelease) {
  walk_.service = "accord.intelligence.v1.DisseminationService";
  walk_.states = ShortNamesOf(v1::ReleaseState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreRelease(state, "ci-ciso"); };
  walk_.table = {{"ConfirmEmergencyRelease", {"bureau"}, {"proposed"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"ConfirmEmergencyRelease"})),
            12);
}

TEST_F(ExchangeWalk, OfAReportThatIsShared) {
  walk_.service = "accord.intelligence.v1.DisseminationService";
  walk_.states = ReportStates();
  walk_.held_up_by = {"REPORT_NOT_ACTIVE"};
  walk_.make = [&](const std::string& state) { return StoreReport(state); };
  walk_.table = {{"ShareReport", {"york", "peel", "bureau"}, {"active", "review_due", "retained"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"ShareReport"})), 45);
}

TEST_F(ExchangeWalk, OfAnInformationRequest) {
  walk_.service = "accord.intelligence.v1.RequestService";
  walk_.states = ShortNamesOf(v1::InformationRequestState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreRequest(state); };
  int calls = 0;
  for (const char* answer : {"", "A vehicle of this kind."}) {
    walk_.table = {{"AcknowledgeInformationRequest", {"peel"}, {"issued"}},
                   {"AnswerInformationRequest", {"peel"}, {"issued", "acknowledged", "partial"}}};
    walk_.finish = [answer](const std::string&, google::protobuf::Message* message) {
      auto* request = dynamic_cast<v1::AnswerInformationRequestRequest*>(message);
      if (request != nullptr) request->set_answer(answer);
    };
    calls +=
        testing::WalkChanges(&in_process_, walk_, {"CreateInformationRequest", "AdvanceInformationRequest"});
  }
  // Any other event is refused, because it is neither of these two.
  walk_.held_up_by = {"FIELD_INVALID"};
  for (const auto& [event, who, states] :
       {std::tuple<std::string, std::string, StatesOfExchange>{
            "close", "york", {"issued", "acknowledged", "partial", "answered"}},
        {"decline", "bureau", {"issued", "acknowledged"}},
        {"acknowledge", "york", {}},
        {"answer_all", "york", {}}}) {
    calls += testing::WalkEvent<v1::AdvanceInformationRequestRequest>(
        &in_process_, walk_, "AdvanceInformationRequest", {who}, event, states);
  }
  EXPECT_EQ(calls, 240);
}

TEST_F(ExchangeWalk, OfAPurgeNotice) {
  walk_.service = "accord.intelligence.v1.PurgeService";
  walk_.states = ShortNamesOf(v1::PurgeNoticeState_descriptor());
  walk_.make = [&](const std::string& state) { return StoreNotice(state); };
  walk_.table = {{"ConfirmPurgeNotice", {"peel"}, {"open", "overdue"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, {"ProposeReportPurge", "ConfirmReportPurge"}), 15);
}

TEST_F(ExchangeWalk, OfALodgement) {
  walk_.service = "accord.intelligence.v1.DeconflictionService";
  walk_.held_up_by = {"ALREADY_RECORDED"};
  walk_.states = {"open", "closed"};
  walk_.make = [&](const std::string& state) { return StoreLodgement(state); };
  walk_.table = {{"CloseLodgement", {"york"}, {"open"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"CloseLodgement"})), 6);
}

TEST_F(ExchangeWalk, OfAConflict) {
  walk_.service = "accord.intelligence.v1.DeconflictionService";
  walk_.held_up_by = {"ALREADY_RECORDED"};
  walk_.states = {"open", "acknowledged"};
  walk_.make = [&](const std::string& state) { return StoreConflict(state); };
  walk_.table = {{"AcknowledgeConflict", {"york"}, {"open"}}};
  EXPECT_EQ(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {"AcknowledgeConflict"})), 6);
}

TEST_F(ExchangeWalk, OfWhatAServiceBegins) {
  walk_.states = {"any"};
  walk_.make = [](const std::string&) { return "agencies/ps-york"; };
  walk_.finish = [&](const std::string&, google::protobuf::Message* message) {
    if (auto* request = dynamic_cast<v1::CreateReleaseRequestRequest*>(message)) {
      request->mutable_release_request()->set_report(report_);
    }
    if (auto* request = dynamic_cast<v1::CreateProductRequest*>(message)) {
      request->mutable_product()->clear_inputs();
      request->mutable_product()->add_inputs(report_);
    }
  };
  for (const auto& [service, method] :
       std::map<std::string, std::string>{{"ReportService", "CreateReport"},
                                          {"DisseminationService", "CreateReleaseRequest"},
                                          {"RequestService", "CreateInformationRequest"},
                                          {"ProductService", "CreateProduct"},
                                          {"DeconflictionService", "CreateLodgement"}}) {
    walk_.service = "accord.intelligence.v1." + service;
    walk_.table = {{method, {"york"}, {}}};
    EXPECT_GE(testing::WalkChanges(&in_process_, walk_, ChangesBut(walk_.service, {method})), 3);
  }
}

}  // namespace
}  // namespace accord::intelligence
