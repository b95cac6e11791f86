#include "common/testing/every_list.h"
#include "services/intelligence/testing/fixture.h"

namespace accord::intelligence {
namespace {

// This gives a request of York's to these agencies.
v1::CreateInformationRequestRequest AboutAPlate(v1::RequestPriority priority,
                                                const std::vector<std::string>& to) {
  v1::CreateInformationRequestRequest request;
  request.set_parent("agencies/ps-york");
  auto* question = request.mutable_information_request();
  question->set_priority(priority);
  question->set_question("Is this plate known?");
  question->set_justification("seen twice");
  question->set_predicate_offence("279.01(1)");
  for (const auto& each : to) question->add_to(each);
  return request;
}

TEST_F(Intelligence, TheTwoRefusalsOfARequestCannotBeToldApart) {
  v1::CreateInformationRequestRequest request = AboutAPlate(v1::REQUEST_PRIORITY_URGENT, {"ps-york"});
  auto* asked = request.mutable_information_request();
  EXPECT_THAT(Call<v1::InformationRequest>(york_, request), RefusedBy(rules::kRequestToOneself));
  asked->set_justification("told by an informant");
  EXPECT_THAT(Call<v1::InformationRequest>(york_, request), RefusedBy(rules::kSourceIdentity));
  asked->set_justification("seen twice");
  // A request to everybody is a request to nobody.
  asked->set_to(0, "*");
  EXPECT_THAT(Call<v1::InformationRequest>(york_, request), RefusedBy(rules::kFieldInvalid));
  asked->set_to(0, "ps-peel");
  asked->add_to("ps-durham");
  v1::InformationRequest kept;
  ASSERT_EQ(Rule(Call<v1::InformationRequest>(york_, request), &kept), "");
  EXPECT_EQ(FromProto(kept.due()) - in_process_.clock().Now(), absl::Hours(4));
  v1::AnswerInformationRequestRequest answer;
  answer.set_name(kept.name());
  EXPECT_THAT(Call<v1::InformationReply>(Police("ps-halton"), answer), RefusedBy(rules::kNotFound));
  answer.set_answer("Our informant knows it.");
  EXPECT_THAT(Call<v1::InformationReply>(peel_, answer), RefusedBy(rules::kSourceIdentity));
  answer.clear_answer();
  EXPECT_OK(Call<v1::InformationReply>(peel_, answer));
  EXPECT_THAT(Call<v1::InformationReply>(peel_, answer), RefusedBy(rules::kAlreadyExists));
  EXPECT_OK(Call<v1::InformationReply>(durham_, answer));
  v1::GetInformationRequestRequest get;
  get.set_name(kept.name());
  // The time at which they were given says nothing, because nothing moved until they were due.
  const std::string before = kept.SerializeAsString();
  EXPECT_EQ(Must(Call<v1::InformationRequest>(york_, get)).SerializeAsString(), before);
  Pass(FromProto(kept.due()));
  kept = Must(Call<v1::InformationRequest>(york_, get));
  ASSERT_THAT(kept.replies(), SizeIs(2));
  EXPECT_EQ(kept.replies(0).answer(), kNoReleasableInformation);
  // The answers have the same bytes, except for who says it.
  std::vector<std::string> bytes;
  for (auto& reply : *kept.mutable_replies()) {
    reply.clear_name();
    reply.clear_agency();
    bytes.push_back(reply.SerializeAsString());
  }
  EXPECT_EQ(bytes[0], bytes[1]);
  EXPECT_EQ(kept.state(), v1::INFORMATION_REQUEST_STATE_ANSWERED);
  EXPECT_FALSE(kept.overdue());
  // Each asked agency reads its own reply.
  EXPECT_THAT(Must(Call<v1::InformationRequest>(peel_, get)).replies(), SizeIs(1));
}

TEST_F(Intelligence, WhoElseWasAskedLearnsNothingOfAReplyBeforeItIsDue) {
  v1::InformationRequest asked;
  ASSERT_EQ(Rule(Call<v1::InformationRequest>(
                     york_, AboutAPlate(v1::REQUEST_PRIORITY_URGENT, {"ps-peel", "ps-durham"})),
                 &asked),
            "");
  v1::GetInformationRequestRequest get;
  get.set_name(asked.name());
  const auto read_by = [&](const Caller& who) { return Must(Call<v1::InformationRequest>(who, get)); };
  v1::ListInformationRequestsRequest answered;
  answered.set_filter("state = partial OR state = answered");
  const std::string before = read_by(durham_).SerializeAsString();
  v1::AnswerInformationRequestRequest answer;
  answer.set_name(asked.name());
  answer.set_answer("Seen on the third.");
  ASSERT_OK(Call<v1::InformationReply>(peel_, answer));
  EXPECT_EQ(read_by(durham_).SerializeAsString(), before);
  EXPECT_THAT(Must(Call<v1::ListInformationRequestsResponse>(durham_, answered)).information_requests(),
              IsEmpty());
  ASSERT_THAT(read_by(york_).replies(), SizeIs(1));
  EXPECT_EQ(read_by(york_).replies(0).answer(), answer.answer());
  EXPECT_TRUE(read_by(york_).has_next_due()) << "Durham has not replied";
  ASSERT_OK(Call<v1::InformationReply>(durham_, answer));
  EXPECT_EQ(read_by(durham_).state(), v1::INFORMATION_REQUEST_STATE_ISSUED);
  EXPECT_FALSE(read_by(york_).has_next_due()) << "its asker waits for nobody";
  Pass(FromProto(asked.due()));
  EXPECT_EQ(read_by(durham_).state(), v1::INFORMATION_REQUEST_STATE_ANSWERED);
  EXPECT_THAT(Must(Call<v1::ListInformationRequestsResponse>(durham_, answered)).information_requests(),
              SizeIs(1));
}

TEST_F(Intelligence, OfARequestThatIsOverNobodySaysAnythingNotEvenLater) {
  const v1::CreateInformationRequestRequest request = AboutAPlate(v1::REQUEST_PRIORITY_PRIORITY, {"ps-peel"});
  v1::InformationRequest asked;
  ASSERT_EQ(Rule(Call<v1::InformationRequest>(york_, request), &asked), "");
  v1::AdvanceInformationRequestRequest decline;
  decline.set_event("decline");
  ASSERT_EQ(Move(coordinator_, &asked, decline), "");
  v1::AnswerInformationRequestRequest answer;
  answer.set_name(asked.name());
  EXPECT_THAT(Call<v1::InformationReply>(peel_, answer), RefusedBy(rules::kStateNotPermitted));
  answer.set_answer("It was seen.");
  EXPECT_THAT(Call<v1::InformationReply>(peel_, answer), RefusedBy(rules::kStateNotPermitted));
}

TEST_F(Intelligence, AnAskerClosesARequestThatIsOfNoUseAnyMoreAndLearnsNothingByIt) {
  v1::AdvanceInformationRequestRequest close;
  close.set_event("close");
  for (const bool taken_in_hand : {false, true}) {
    v1::InformationRequest asked;
    ASSERT_EQ(Rule(Call<v1::InformationRequest>(
                       york_, AboutAPlate(v1::REQUEST_PRIORITY_URGENT, {"ps-peel", "ps-durham"})),
                   &asked),
              "");
    v1::AnswerInformationRequestRequest answer;
    answer.set_name(asked.name());
    // Durham has already said that it says nothing, and this is not told before it is due.
    ASSERT_OK(Call<v1::InformationReply>(durham_, answer));
    if (taken_in_hand) {
      ASSERT_EQ(Move(peel_, &asked, v1::AcknowledgeInformationRequestRequest()), "");
    }
    v1::InformationRequest others = asked;
    EXPECT_EQ(Move(coordinator_, &others, close), "NOT_THE_ASKER");
    ASSERT_EQ(Move(york_, &asked, close), "");
    EXPECT_EQ(asked.state(), v1::INFORMATION_REQUEST_STATE_CLOSED);
    EXPECT_FALSE(asked.has_next_due());
    EXPECT_THAT(Call<v1::InformationReply>(peel_, answer), RefusedBy(rules::kStateNotPermitted));
    Pass(FromProto(asked.due()));
    v1::GetInformationRequestRequest get;
    get.set_name(asked.name());
    asked = Must(Call<v1::InformationRequest>(york_, get));
    EXPECT_THAT(asked.replies(), IsEmpty());
    EXPECT_FALSE(asked.overdue());
  }
}

TEST_F(Intelligence, ARequestRunsItsCourseAndSaysWhenItIsOverdue) {
  const v1::CreateInformationRequestRequest request =
      AboutAPlate(v1::REQUEST_PRIORITY_PRIORITY, {"ps-peel", "ps-durham"});
  v1::InformationRequest asked;
  const auto ask = [&] { return Rule(Call<v1::InformationRequest>(york_, request), &asked); };
  const auto advance = [&](const Caller& caller, const std::string& event) {
    v1::AdvanceInformationRequestRequest to;
    to.set_event(event);
    return Move(caller, &asked, to);
  };
  const auto answer = [&](const Caller& caller) {
    v1::AnswerInformationRequestRequest reply;
    reply.set_name(asked.name());
    reply.set_answer("Seen on the third.");
    const std::string rule = Rule(Call<v1::InformationReply>(caller, reply));
    v1::GetInformationRequestRequest get;
    get.set_name(asked.name());
    asked = Must(Call<v1::InformationRequest>(york_, get));
    return rule;
  };
  ASSERT_EQ(ask(), "");
  const auto acknowledge = [&](const Caller& caller) {
    return Move(caller, &asked, v1::AcknowledgeInformationRequestRequest());
  };
  EXPECT_EQ(acknowledge(york_), "NOT_ASKED");
  ASSERT_EQ(acknowledge(peel_), "");
  const auto next_due = [&](const Caller& caller) {
    const auto page =
        Must(Call<v1::ListInformationRequestsResponse>(caller, v1::ListInformationRequestsRequest()));
    return page.information_requests(0).has_next_due() ? FromProto(page.information_requests(0).next_due())
                                                       : absl::InfinitePast();
  };
  EXPECT_EQ(next_due(peel_), FromProto(asked.due()));
  ASSERT_EQ(answer(peel_), "");
  EXPECT_THAT(asked.replies(), SizeIs(1)) << "the asker reads it at once";
  EXPECT_EQ(asked.state(), v1::INFORMATION_REQUEST_STATE_ACKNOWLEDGED) << "no other agency learns of it";
  // An agency that has answered waits for nothing; the asker and the others still wait.
  EXPECT_EQ(next_due(peel_), absl::InfinitePast());
  EXPECT_EQ(next_due(durham_), FromProto(asked.due()));
  EXPECT_EQ(next_due(york_), FromProto(asked.due()));
  Pass(FromProto(asked.due()));
  ASSERT_EQ(answer(durham_), "");
  EXPECT_TRUE(asked.overdue());
  EXPECT_FALSE(asked.has_next_due());
  EXPECT_EQ(asked.state(), v1::INFORMATION_REQUEST_STATE_ANSWERED);
  EXPECT_EQ(advance(peel_, "close"), "NOT_THE_MAKER");
  ASSERT_EQ(advance(york_, "close"), "");
  ASSERT_EQ(ask(), "");
  EXPECT_EQ(advance(york_, "decline"), "NOT_THE_BUREAU");
  EXPECT_EQ(advance(coordinator_, "answer_all"), "FIELD_INVALID");
  ASSERT_EQ(advance(coordinator_, "decline"), "");
  EXPECT_EQ(answer(peel_), "STATE_NOT_PERMITTED");
}

TEST_F(Intelligence, EveryListEndsItsPagesBeforeTheyAreTooLarge) {
  EXPECT_GT(accord::testing::ReadEveryList(&in_process_, "accord.intelligence.v1"), 1);
}

}  // namespace
}  // namespace accord::intelligence
