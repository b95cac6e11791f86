// Lists that are filtered and ordered, compared with an oracle that examines every resource.
#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <set>

#include "common/listing/index_rows.h"
#include "common/listing/order.h"
#include "common/listing/testing/oracle.h"
#include "common/storage/testing/narrowed_fixture.h"
#include "common/testing/seed.h"

namespace accord::storage {
namespace {

class NarrowedListModel : public NarrowedFixture {};

INSTANTIATE_TEST_SUITE_P(Databases, NarrowedListModel, ::testing::Values("sqlite", "postgres"),
                         [](const auto& test) { return test.param; });

// This draws what a random test needs, reproducibly from one seed.
class Chance {
 public:
  explicit Chance(unsigned seed) : random_(seed) {}
  int Below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
  template <class T>
  const T& Any(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(Below(static_cast<int>(from.size())))];
  }
  std::string Filter(int levels) {
    static const std::vector<std::string> terms = {"state = draft",
                                                   "state != in_force",
                                                   "state = ''",
                                                   "kind = ht_addendum",
                                                   "kind != ''",
                                                   "create_time < 1970-01-01T00:00:04Z",
                                                   "create_time >= 1970-01-01T00:00:03Z",
                                                   "create_time = 1970-01-01T00:00:02Z",
                                                   "next_review_due > 2026-01-02",
                                                   "next_review_due = ''",
                                                   "next_review_due <= 2026-01-03",
                                                   "effective_from = 2026-01-01",
                                                   "parent_protocol : agencies/a/protocols/p1",
                                                   "parent_protocol = agencies/a/protocols/p2"};
    const int kind = levels == 0 ? 3 : Below(6);
    if (kind > 2) return Any(terms);
    if (kind == 2) return absl::StrCat("NOT (", Filter(levels - 1), ")");
    return absl::StrCat("(", Filter(levels - 1), kind == 0 ? ") AND (" : ") OR (", Filter(levels - 1), ")");
  }
  std::string Order() {
    static const std::vector<std::string> orders = {
        "", "name desc", "create_time", "create_time desc", "next_review_due", "next_review_due desc"};
    return Any(orders);
  }
  // This fills in everything but the name.
  void Fill(Protocol* protocol) {
    protocol->set_state(static_cast<protocols::v1::ProtocolState>(Below(6)));
    protocol->set_kind(static_cast<protocols::v1::ProtocolKind>(Below(4)));
    protocol->set_next_review_due(Below(3) == 0 ? "" : absl::StrCat("2026-01-0", 1 + Below(4)));
    protocol->set_effective_from(absl::StrCat("2026-01-0", 1 + Below(2)));
    protocol->set_parent_protocol(Below(2) == 0 ? "" : absl::StrCat("agencies/a/protocols/p", Below(30)));
  }
  std::vector<std::string> Parties() {
    std::vector<std::string> parties;
    for (const char* agency : {"a", "b", "*"}) {
      if (Below(3) == 0) parties.push_back(agency);
    }
    return parties;
  }

 private:
  std::mt19937 random_;
};

bool Sees(const Stored& stored, const ListQuery& query) {
  return std::any_of(stored.parties.begin(), stored.parties.end(), [&](const std::string& party) {
    const bool also = std::find(query.also.begin(), query.also.end(), party) != query.also.end();
    return party == query.viewer || party == kEverybody || also;
  });
}

listing::Condition ConditionOf(const std::string& filter) {
  return Must(listing::ConditionOf(Must(listing::ParseExpression(filter)),
                                   listing::FieldsOf(*Protocol::descriptor())));
}

// This gives the expected list, by name.
std::vector<std::string> Expected(const std::vector<Stored>& all, const ListQuery& query) {
  const listing::Condition where = ConditionOf(query.where);
  const listing::Order order =
      Must(listing::ParseOrder(query.order_by, listing::FieldsOf(*Protocol::descriptor())));
  std::vector<std::pair<std::string, std::string>> places;
  for (const Stored& stored : all) {
    bool in = Sees(stored, query) && listing::Holds(where, stored.protocol) &&
              stored.protocol.name().starts_with(query.prefix);
    for (const auto& [field, value] : query.filters) in = in && stored.fields.at(field) == value;
    if (!in) continue;
    const auto value = order.field == nullptr
                           ? std::string()
                           : listing::IndexedValue(*order.field, stored.protocol).value_or(listing::kUnset);
    places.emplace_back(value, stored.protocol.name());
  }
  std::sort(places.begin(), places.end());
  if (order.descending) std::reverse(places.begin(), places.end());
  std::vector<std::string> names;
  for (auto& [value, name] : places) names.push_back(std::move(name));
  return names;
}

TEST_P(NarrowedListModel, AgreeWithANaiveOracle) {
  const unsigned seed = accord::testing::SeedOr(0);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  Chance chance(seed);
  std::vector<Stored> all;
  for (int i = 0; i < 120; ++i) {
    Stored stored = Named(absl::StrCat("p", i), chance.Parties());
    chance.Fill(&stored.protocol);
    stored.fields["color"] = absl::StrCat(chance.Below(2));
    Put(&stored, chance.Below(6));
    all.push_back(std::move(stored));
  }
  for (int round = 0; round < 80; ++round) {
    ListQuery query = Query(chance.Below(2) == 0 ? "a" : "b", chance.Below(4) == 0 ? "" : chance.Filter(2),
                            chance.Order(), 1 + chance.Below(40));
    if (chance.Below(3) == 0) query.filters.emplace_back("color", absl::StrCat(chance.Below(2)));
    if (chance.Below(4) == 0) query.prefix = "agencies/a/protocols/p1";
    if (chance.Below(4) == 0) query.also = {"c", query.viewer == "a" ? "b" : "a"};
    EXPECT_EQ(Names(query), Expected(all, query)) << query.where << " by " << query.order_by;
  }
  EXPECT_EQ(RowsOfTheBlind(), 0);
}

// Whatever happens between two pages, a resource that is not changed is in the list exactly once,
// in its place.
TEST_P(NarrowedListModel, HaveNoGapsAndNothingTwiceWhileOthersWrite) {
  const unsigned seed = accord::testing::SeedOr(0);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  Chance chance(seed);
  std::vector<Stored> all;
  const auto put = [&] {
    Stored stored = Named(absl::StrCat("p", all.size()), chance.Parties());
    chance.Fill(&stored.protocol);
    Put(&stored, chance.Below(6));
    all.push_back(std::move(stored));
  };
  for (int i = 0; i < 60; ++i) put();
  for (int round = 0; round < 25; ++round) {
    ListQuery query = Query("a", chance.Filter(1), chance.Order(), 1 + chance.Below(8));
    const std::vector<std::string> before = Expected(all, query);
    std::set<std::string> touched;
    std::vector<std::string> seen;
    for (bool more = true; more;) {
      const auto page = Must(PageOf(query));
      for (const auto& item : page.items) seen.push_back(item.name());
      query.page_token = page.next_page_token;
      more = !query.page_token.empty();
      for (int change = chance.Below(3); change > 0; --change) {
        if (chance.Below(3) == 0 && all.size() < 400) {
          put();
          touched.insert(all.back().protocol.name());
          continue;
        }
        Stored& stored = all[static_cast<std::size_t>(chance.Below(static_cast<int>(all.size())))];
        chance.Fill(&stored.protocol);
        stored.parties = chance.Parties();
        Change(&stored);
        touched.insert(stored.protocol.name());
      }
    }
    std::vector<std::string> steady = before;
    std::erase_if(steady, [&](const std::string& name) { return touched.contains(name); });
    std::erase_if(seen, [&](const std::string& name) { return touched.contains(name); });
    EXPECT_EQ(seen, steady) << query.where << " by " << query.order_by;
    EXPECT_EQ(RowsOfTheBlind(), 0) << "after a change of who sees it";
  }
}

// What ends goes from lists too, and an agency that may only count a record has no row for lists.
TEST_P(NarrowedListModel, HaveNoRowsForWhoDoesNotSee) {
  Stored stored = Named("p1", {"a", "b"});
  stored.protocol.set_state(protocols::v1::PROTOCOL_STATE_DRAFT);
  Put(&stored, 1);
  ASSERT_OK(database_->Transact([&](Transaction& tx) -> absl::Status {
    Placement placement = PlacementOf(stored);
    placement.fields["color@office"] = "red";
    placement.counted_by = {"office"};
    return protocols_.PlaceAgain(tx, stored.protocol, placement);
  }));
  EXPECT_EQ(RowsOfTheBlind(), 0);
  EXPECT_TRUE(Names(Query("office", "state = draft", "create_time")).empty());
  EXPECT_EQ(Names(Query("b", "state = draft", "create_time")).size(), 1u);
  stored.parties = {"a"};
  Change(&stored);
  EXPECT_EQ(RowsOfTheBlind(), 0);
  EXPECT_TRUE(Names(Query("b", "state = draft", "create_time")).empty());
}

}  // namespace
}  // namespace accord::storage
