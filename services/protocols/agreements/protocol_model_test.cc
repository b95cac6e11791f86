// These tests hold random events from random callers against a model of domain 2.3 that is written down here
// a second time, by hand. They try every event in every state that people can bring about.
#include <random>
#include <set>

#include "common/testing/seed.h"
#include "services/protocols/testing/fixture.h"

namespace accord::protocols {
namespace {

enum Who { kLead, kOther, kOutside, kOffice, kWorker };

// This is the state in which one protocol ought to be.
struct Model {
  v1::ProtocolState state = v1::PROTOCOL_STATE_DRAFT;
  bool lead_signed = false, other_signed = false, lead_renewed = false, other_renewed = false;
  int unanswered = 0;
  // It is true if another protocol of its kind is operative for the same pair.
  bool occupied = false;

  bool In(std::initializer_list<v1::ProtocolState> states) const {
    return std::find(states.begin(), states.end(), state) != states.end();
  }
  bool Operative() const { return In({v1::PROTOCOL_STATE_IN_FORCE, v1::PROTOCOL_STATE_UNDER_REVIEW}); }
  bool BeforeForce() const {
    return In({v1::PROTOCOL_STATE_DRAFT, v1::PROTOCOL_STATE_CONSULTATION, v1::PROTOCOL_STATE_FOR_SIGNATURE,
               v1::PROTOCOL_STATE_PARTIALLY_SIGNED});
  }
};

enum Event { kUpdate, kOpen, kComment, kOffer, kSign, kReview, kRenew, kNotice, kWithdraw, kEvents };

// This gives the rule that refuses the event; it is empty, and the model moves on, if none does. Roles come
// first, then sight, then the side, then the state, and then the guard.
std::string Expect(Model& m, Event event, Who who) {
  if (who == kOffice && event != kReview) return "AGENCY_KIND_NOT_PERMITTED";
  if (who == kWorker) return "ROLE_NOT_PERMITTED";
  if ((who == kOutside || who == kOffice) && !m.Operative()) return "NOT_FOUND";
  const bool leads = event == kUpdate || event == kOpen || event == kOffer || event == kWithdraw;
  if (leads && who != kLead) return "NOT_THE_LEAD";
  if (who == kOutside) return event == kComment ? "NOT_A_PARTY" : "NOT_A_SIGNATORY";
  if (who == kOffice) return "REVIEW_KIND";
  const std::string no = "STATE_NOT_PERMITTED";
  bool& mine_signed = who == kLead ? m.lead_signed : m.other_signed;
  bool& mine_renewed = who == kLead ? m.lead_renewed : m.other_renewed;
  switch (event) {
    case kUpdate:
      if (!m.BeforeForce()) return no;
      if (m.state != v1::PROTOCOL_STATE_DRAFT) m.state = v1::PROTOCOL_STATE_CONSULTATION;
      m.lead_signed = m.other_signed = false;
      return "";
    case kOpen:
      if (!m.In({v1::PROTOCOL_STATE_DRAFT})) return no;
      m.state = v1::PROTOCOL_STATE_CONSULTATION;
      return "";
    case kComment:
      if (!m.In({v1::PROTOCOL_STATE_CONSULTATION})) return no;
      ++m.unanswered;
      return "";
    case kOffer:
      if (!m.In({v1::PROTOCOL_STATE_CONSULTATION})) return no;
      if (m.unanswered > 0) return "COMMENT_UNANSWERED";
      m.state = v1::PROTOCOL_STATE_FOR_SIGNATURE;
      return "";
    case kSign:
      if (!m.In({v1::PROTOCOL_STATE_FOR_SIGNATURE, v1::PROTOCOL_STATE_PARTIALLY_SIGNED})) return no;
      if (mine_signed) return "ALREADY_SIGNED";
      if ((who == kLead ? m.other_signed : m.lead_signed) && m.occupied) return "ALREADY_IN_FORCE";
      mine_signed = true;
      m.state =
          m.lead_signed && m.other_signed ? v1::PROTOCOL_STATE_IN_FORCE : v1::PROTOCOL_STATE_PARTIALLY_SIGNED;
      return "";
    case kReview:
      if (!m.In({v1::PROTOCOL_STATE_IN_FORCE})) return no;
      m.state = v1::PROTOCOL_STATE_UNDER_REVIEW;
      m.lead_renewed = m.other_renewed = false;
      return "";
    case kRenew:
      if (!m.In({v1::PROTOCOL_STATE_UNDER_REVIEW})) return no;
      if (mine_renewed) return "ALREADY_SIGNED";
      mine_renewed = true;
      if (m.lead_renewed && m.other_renewed) m.state = v1::PROTOCOL_STATE_IN_FORCE;
      return "";
    case kNotice:
      return m.Operative() ? "" : no;
    case kWithdraw:
      if (!m.BeforeForce()) return no;
      m.state = v1::PROTOCOL_STATE_WITHDRAWN;
      return "";
    case kEvents:
      break;
  }
  return "?";
}

class ProtocolTable : public ProtocolsFixture {
 protected:
  std::vector<Caller> Everybody(const Caller& other) {
    return {director_,
            other,
            Society(annotations::v1::ROLE_CAS_DIRECTOR, "cas-durham"),
            {"co-pahtco",
             annotations::v1::AGENCY_KIND_COORDINATION_OFFICE,
             "console",
             "o1",
             {annotations::v1::ROLE_OFFICE_STAFF},
             annotations::v1::PURPOSE_PROTOCOL_GOVERNANCE},
            worker_};
  }
  std::string Keep(const absl::StatusOr<v1::Protocol>& result, v1::Protocol* p) {
    if (result.ok()) *p = *result;
    return testing::RuleOrError(result.status());
  }
  std::string Try(Event event, const Caller& caller, v1::Protocol* p) {
    switch (event) {
      case kUpdate: {
        v1::UpdateProtocolRequest request;
        request.mutable_protocol()->set_name(p->name());
        request.mutable_protocol()->set_etag(p->etag());
        request.mutable_protocol()->set_title("another title");
        request.mutable_update_mask()->add_paths("title");
        // A whole protocol must have these; the mask leaves them out.
        request.mutable_protocol()->set_kind(p->kind());
        request.mutable_protocol()->set_effective_from(p->effective_from());
        *request.mutable_protocol()->mutable_parties() = p->parties();
        return Keep(Call<v1::Protocol>(caller, request), p);
      }
      case kOpen:
        return Keep(MoveProtocol<v1::OpenProtocolConsultationRequest>(caller, *p), p);
      case kComment: {
        v1::CommentOnProtocolRequest request;
        request.set_name(p->name());
        request.set_etag(p->etag());
        request.mutable_comment()->set_section(v1::SECTION_CODE_PURPOSE);
        request.mutable_comment()->set_comment("why");
        return Keep(Call<v1::Protocol>(caller, request), p);
      }
      case kOffer:
        return Keep(MoveProtocol<v1::OfferProtocolForSignatureRequest>(caller, *p), p);
      case kSign:
        return Keep(MoveProtocol<v1::SignProtocolRequest>(caller, *p), p);
      case kReview: {
        v1::ReviewProtocolRequest request;
        request.set_name(p->name());
        request.set_etag(p->etag());
        request.set_kind(v1::REVIEW_KIND_PARTY_REQUEST);
        request.set_reason("time");
        return Keep(Call<v1::Protocol>(caller, request), p);
      }
      case kRenew:
        return Keep(MoveProtocol<v1::RenewProtocolRequest>(caller, *p), p);
      case kNotice:
        return Keep(MoveProtocol<v1::TerminateProtocolRequest>(caller, *p), p);
      case kWithdraw:
        return Keep(MoveProtocol<v1::WithdrawProtocolRequest>(caller, *p), p);
      case kEvents:
        break;
    }
    return "?";
  }
  void AnswerAll(v1::Protocol* p) {
    const v1::Protocol before = *p;
    for (const auto& comment : before.comments()) {
      if (comment.disposition() != v1::COMMENT_DISPOSITION_UNSPECIFIED) continue;
      v1::DisposeProtocolCommentRequest answer;
      answer.set_name(p->name());
      answer.set_etag(p->etag());
      answer.set_comment_id(comment.id());
      answer.set_disposition(v1::COMMENT_DISPOSITION_NOT_ADOPTED);
      answer.set_reason("because");
      ASSERT_EQ(Keep(Call<v1::Protocol>(director_, answer), p), "");
    }
  }
};

class ProtocolModel : public ProtocolTable, public ::testing::WithParamInterface<unsigned> {};

TEST_P(ProtocolModel, EveryAnswerIsWhatTheModelSays) {
  const unsigned seed = testing::SeedOr(GetParam());
  std::mt19937 random(seed);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::vector<Caller> callers = Everybody(chief_);
  std::set<std::string> occupied;
  Model model;
  v1::Protocol p;
  for (int step = 0; step < 1500; ++step) {
    const std::string where = absl::StrCat("seed ", seed, " step ", step);
    const bool over = model.state == v1::PROTOCOL_STATE_WITHDRAWN || model.Operative();
    if (p.name().empty() || (over && pick(12) == 0)) {
      // The other draft is with the same police service, where a protocol in force is in the way, or with
      // another one.
      if (model.Operative()) occupied.insert(callers[kOther].agency);
      if (pick(2) == 0)
        callers[kOther] = Police(annotations::v1::ROLE_POLICE_CHIEF, absl::StrCat("ps-", step));
      model = Model();
      model.occupied = occupied.contains(callers[kOther].agency);
      v1::CreateProtocolRequest draft = Draft();
      draft.mutable_protocol()->mutable_parties(1)->set_agency(callers[kOther].agency);
      p = Must(Call<v1::Protocol>(director_, draft));
    }
    // The lead answers comments now and then.
    if (model.state == v1::PROTOCOL_STATE_CONSULTATION && pick(3) == 0) {
      p = Read(p.name(), director_);
      AnswerAll(&p);
      model.unanswered = 0;
    }
    Event event = static_cast<Event>(pick(kEvents));
    if (event == kWithdraw && pick(4) > 0) event = kSign;
    // The caller is mostly somebody who can do something.
    const Who who = static_cast<Who>(pick(3) > 0 ? pick(2) : pick(5));
    const v1::ProtocolState before = model.state;
    const std::string expected = Expect(model, event, who);
    ASSERT_EQ(Try(event, callers[who], &p), expected)
        << where << " event " << event << " by " << who << " in state " << before;
    const v1::Protocol stored = Read(p.name(), director_);
    ASSERT_EQ(stored.state(), model.state) << where;
    ASSERT_EQ(!stored.parties(0).signed_digest().empty(), model.lead_signed) << where;
    ASSERT_EQ(!stored.parties(1).signed_digest().empty(), model.other_signed) << where;
  }
}

// The test brings the protocol into each state that people can bring about, and tries each event by each
// caller there: the table decides and nothing else does.
TEST_F(ProtocolTable, EveryEventInEveryStateOfAProtocolIsAnsweredByItsTable) {
  using Step = std::pair<Event, Who>;
  const std::vector<Step> signed_by_both = {
      {kOpen, kLead}, {kOffer, kLead}, {kSign, kLead}, {kSign, kOther}, {kReview, kLead}};
  std::vector<std::vector<Step>> paths = {{{kWithdraw, kLead}}};
  for (std::size_t n = 0; n <= signed_by_both.size(); ++n) {
    paths.emplace_back(signed_by_both.begin(), signed_by_both.begin() + static_cast<std::ptrdiff_t>(n));
  }
  int round = 0;
  std::set<v1::ProtocolState> states;
  for (const auto& path : paths) {
    for (int event = 0; event < kEvents; ++event) {
      for (int who = 0; who <= kWorker; ++who, ++round) {
        const std::vector<Caller> callers =
            Everybody(Police(annotations::v1::ROLE_POLICE_CHIEF, absl::StrCat("ps-", round)));
        v1::CreateProtocolRequest draft = Draft();
        draft.mutable_protocol()->mutable_parties(1)->set_agency(callers[kOther].agency);
        v1::Protocol p = Must(Call<v1::Protocol>(director_, draft));
        Model model;
        for (const auto& [step, by] : path) {
          ASSERT_EQ(Expect(model, step, by), "");
          ASSERT_EQ(Try(step, callers[by], &p), "");
        }
        states.insert(model.state);
        const v1::Protocol before = Read(p.name(), director_);
        const std::string expected = Expect(model, static_cast<Event>(event), static_cast<Who>(who));
        ASSERT_EQ(Try(static_cast<Event>(event), callers[static_cast<std::size_t>(who)], &p), expected)
            << "event " << event << " by " << who << " in state " << before.state();
        const v1::Protocol after = Read(p.name(), director_);
        ASSERT_EQ(after.state(), model.state);
        if (!expected.empty()) {
          ASSERT_EQ(after.SerializeAsString(), before.SerializeAsString());
        }
      }
    }
  }
  EXPECT_EQ(states.size(), 7u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ProtocolModel, ::testing::Values(0, 1, 2, 3, 20261124));

}  // namespace
}  // namespace accord::protocols
