// In this model test, random workers and police record, serve, extend, correct and look up, while days pass.
// A simple model says what a look-up finds and who has guessed too often.
#include <algorithm>
#include <map>
#include <random>
#include <utility>

#include "absl/strings/ascii.h"
#include "common/base/clock.h"
#include "common/testing/postgres.h"
#include "common/testing/seed.h"
#include "services/supports/testing/orders_fixture.h"

namespace accord::supports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kNames = 4;
constexpr int kMissesOfPerson = 20;

// Days are counted from the first one.
struct Known {
  v1::RestrainingOrder order;
  // The respondent has this name, and the next name as an alias.
  int name = 0;
  bool born = true;
  int last_day = 0;
  bool served = false, set_aside = false;
};

class OrdersModel : public OrdersFixture, public ::testing::WithParamInterface<std::string> {
 protected:
  OrdersModel()
      : OrdersFixture(GetParam() == "postgres" ? accord::testing::PostgresCluster::Shared().NewDatabase()
                                               : "") {}

  static std::string NameAt(int name) { return absl::StrCat("Invented Respondent-", name % kNames); }
  std::string DayAt(int day) const { return FormatDay(*ParseDay("2026-11-24") + day); }
  bool Live(const Known& known) const { return !known.set_aside && day_ <= known.last_day; }
  std::string Expected(const Known& known) const { return Live(known) ? "" : "STATE_NOT_PERMITTED"; }
  static v1::Respondent RespondentAt(int name, bool born) {
    v1::Respondent respondent;
    respondent.set_full_name(NameAt(name));
    respondent.add_aliases(NameAt(name + 1));
    if (born) respondent.set_birth_date(kBorn);
    return respondent;
  }
  // This gives what a look-up by this name finds, or by this file if the name is negative.
  int Finds(int name, const std::string& file) const {
    return static_cast<int>(std::count_if(known_.begin(), known_.end(), [&](const Known& each) {
      const bool named = each.born && (each.name % kNames == name || (each.name + 1) % kNames == name);
      return Live(each) && each.served && (name < 0 ? each.order.court_file_no() == file : named);
    }));
  }

  int day_ = 0;
  std::vector<Known> known_;
};

INSTANTIATE_TEST_SUITE_P(Databases, OrdersModel, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

TEST_P(OrdersModel, ALookUpFindsWhatIsEnforceableAtThatMomentAndNothingElse) {
  const unsigned seed = testing::SeedOr(20261127);
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const v1::SupportCase item = Opened();
  std::map<std::pair<std::string, int>, int> misses;
  int found = 0, refused = 0;
  for (int step = 0; step < 200; ++step) {
    SCOPED_TRACE(absl::StrCat("step ", step));
    const int act = known_.empty() ? 0 : below(12);
    // This gives one of the latest orders, since older ones have mostly ended.
    const int count = static_cast<int>(known_.size());
    Known* known =
        known_.empty() ? nullptr : &known_[static_cast<std::size_t>(count - 1 - below(std::min(count, 6)))];
    if (act == 0) {
      Known fresh;
      fresh.name = below(kNames);
      fresh.last_day = day_ + below(8);
      v1::RestrainingOrder asked = NewOrder();
      *asked.mutable_respondent() = RespondentAt(fresh.name, true);
      ASSERT_EQ(Prepare(item, asked, &fresh.order), "");
      ASSERT_EQ(Advance(&fresh.order, "file", DayAt(day_)), "");
      v1::GrantRestrainingOrderRequest grant = GrantOf(DayAt(day_), DayAt(fresh.last_day));
      grant.set_court_file_no(absl::StrCat("26-", step));
      ASSERT_EQ(Move(worker_, &fresh.order, grant), "");
      known_.push_back(fresh);
    } else if (act <= 2) {
      ASSERT_EQ(Serve(worker_, &known->order, DayAt(day_)), Expected(*known));
      known->served = known->served || Live(*known);
    } else if (act == 3) {
      ASSERT_EQ(Advance(&known->order, "set_aside", DayAt(day_)), Expected(*known));
      known->set_aside = known->set_aside || Live(*known);
    } else if (act == 4) {
      v1::ExtendRestrainingOrderRequest extend;
      const int last = known->last_day + 1 + below(3);
      extend.set_made_on(DayAt(day_));
      extend.set_expires_on(DayAt(last));
      const bool live = Live(*known);
      ASSERT_EQ(Move(worker_, &known->order, extend), Expected(*known));
      if (live) known->last_day = last;
    } else if (act == 5) {
      v1::CorrectRestrainingOrderRequest correct;
      const int name = below(kNames);
      const bool born = below(4) > 0;
      *correct.mutable_respondent() = RespondentAt(name, born);
      const std::string expected = Expected(*known);
      ASSERT_EQ(Move(worker_, &known->order, correct), expected);
      if (expected.empty()) {
        known->name = name;
        known->born = born;
      } else {
        ++refused;
      }
    } else if (act == 6) {
      On(DayAt(++day_));
    } else {
      const Caller& who = below(2) == 0 ? police_ : other_police_;
      const int name = below(3) == 0 ? -1 : below(kNames);
      const std::string file = known->order.court_file_no();
      int& missed = misses[{who.agency, day_}];
      const int expected = Finds(name, file);
      v1::OrderLookup answer;
      const std::string rule =
          LookUp(who, name < 0 ? ByFile(file) : ByName(absl::AsciiStrToUpper(NameAt(name))), &answer);
      ASSERT_EQ(rule, missed < kMissesOfPerson ? "" : "LOOKUPS_EXHAUSTED");
      if (!rule.empty()) continue;
      ASSERT_EQ(answer.matches_size(), expected) << name << " " << file;
      ASSERT_NE(answer.notice(), "");
      missed += expected == 0 ? 1 : 0;
      found += expected;
    }
    // Police read none of them, since nobody has asked a police service to serve one.
    ASSERT_EQ(UnreadOrder(known_.back().order.name(), police_), "NOT_FOUND");
  }
  EXPECT_GT(found, 10);
  EXPECT_GT(refused, 0);
  EXPECT_THAT(StoredWithoutKey(), Not(HasSubstr("Invented")));
}

}  // namespace
}  // namespace accord::supports
