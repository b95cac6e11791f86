#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/testing/seed.h"
#include "services/intelligence/testing/deconfliction_fixture.h"

namespace accord::intelligence {
namespace {

// These tests hold every step against a few plain lines that say who has a conflict with whom.
class DeconflictionModel : public Deconfliction {
 protected:
  DeconflictionModel() : Deconfliction("sqlite") {}

  struct Operation {
    v1::Lodgement lodgement;
    Caller caller;
    int target;
    absl::Time from, until;
    bool closed;
  };
  absl::Time now() { return in_process_.clock().Now(); }
  bool Open(const Operation& operation) { return !operation.closed && operation.until > now(); }

  int Pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  void LodgeOne() {
    const Caller caller = Police(absl::StrCat("ps-", Pick(4)), absl::StrCat("officer-", Pick(2)));
    const int target = Pick(16), from = Pick(30) - 5, until = std::max(from, 0) + 1 + Pick(40);
    const std::string contact = absl::StrCat("desk ", operations_.size());
    const auto result = Lodged(caller, absl::StrCat("target ", target), contact, from, until);
    Operation mine{{}, caller, target, now() + absl::Hours(from), now() + absl::Hours(until), false};
    const auto meets = [&](const Operation& other) {
      return Open(other) && other.target == target && other.from < mine.until && mine.from < other.until;
    };
    const auto own = [&](const Operation& other) {
      return other.caller.agency == caller.agency && other.caller.actor == caller.actor && meets(other);
    };
    if (std::any_of(operations_.begin(), operations_.end(), own)) {
      EXPECT_THAT(result, testing::RefusedBy(rules::kAlreadyLodged));
      ++refused_;
      return;
    }
    ASSERT_OK(result);
    mine.lodgement = result->lodgement();
    std::vector<Told> expected, told;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      const Operation& other = operations_[i];
      if (!meets(other)) continue;
      conflicts_.emplace_back(i, operations_.size());
      expected.emplace_back(mine.lodgement.name(), other.caller.agency, other.lodgement.contact(), true);
    }
    for (const auto& conflict : result->conflicts()) told.push_back(ToldBy(conflict));
    EXPECT_THAT(told, ::testing::UnorderedElementsAreArray(expected));
    operations_.push_back(mine);
  }

  void CloseOne() {
    if (operations_.empty()) return;
    Operation& operation = operations_[static_cast<std::size_t>(Pick(static_cast<int>(operations_.size())))];
    if (!Open(operation)) return;
    EXPECT_OK(Close(operation.caller, operation.lodgement));
    operation.closed = true;
  }

  // Carries a few lodgements that are under the old key, as a pass of the sweeper does in the midst of
  // its batch.
  void CarryAFew() {
    const int few = 1 + Pick(3);
    const absl::Status carried =
        in_process_.database().Transact([&](storage::Transaction& tx) -> absl::Status {
          ACCORD_ASSIGN_OR_RETURN(const auto live, LiveKeys(tx));
          return live.size() < 2 ? absl::OkStatus() : CarryOver(tx, live[1], live[0], few).status();
        });
    EXPECT_OK(carried);
  }

  void PassHours() {
    in_process_.clock().Advance(absl::Hours(1 + Pick(4)));
    for (auto& operation : operations_) {
      if (operation.closed || operation.until > now()) continue;
      operation.closed = true;
      const absl::Status passed = in_process_.database().Transact(
          [&](storage::Transaction& tx) { return service_.PassTime(tx, operation.lodgement.name(), now()); });
      EXPECT_OK(passed);
    }
  }

  void Compare() {
    std::map<std::string, std::vector<Told>> expected;
    for (const auto& [a, b] : conflicts_) {
      const bool open = Open(operations_[a]) && Open(operations_[b]);
      for (const auto& [mine, other] : {std::pair(a, b), std::pair(b, a)}) {
        expected[operations_[mine].caller.agency].emplace_back(operations_[mine].lodgement.name(),
                                                               operations_[other].caller.agency,
                                                               operations_[other].lodgement.contact(), open);
      }
    }
    std::vector<Told> all;
    for (int i = 0; i < 4; ++i) {
      const auto& of_one = expected[absl::StrCat("ps-", i)];
      all.insert(all.end(), of_one.begin(), of_one.end());
      auto told = Conflicts(Police(absl::StrCat("ps-", i)));
      EXPECT_EQ(std::multiset<Told>(told.begin(), told.end()),
                std::multiset<Told>(of_one.begin(), of_one.end()));
    }
    const auto told = Conflicts(coordinator_);
    EXPECT_EQ(std::multiset<Told>(told.begin(), told.end()), std::multiset<Told>(all.begin(), all.end()));
  }

  std::mt19937 random_;
  std::vector<Operation> operations_;
  // Each pair names two operations by their indices.
  std::vector<std::pair<std::size_t, std::size_t>> conflicts_;
  int refused_ = 0;
};

TEST_F(DeconflictionModel, ConflictsAreThoseOfThePlainList) {
  const unsigned seed = testing::SeedOr(20261124);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  random_.seed(seed);
  int rotations = 0, midway = 0;
  for (int step = 0; step < 3000 && !HasFailure(); ++step) {
    SCOPED_TRACE(absl::StrCat("step ", step));
    const int action = Pick(20);
    if (action < 10) {
      midway += Count("deconfliction_epoch") > 1;
      LodgeOne();
    } else if (action < 13) {
      CloseOne();
    } else if (action < 15) {
      CarryAFew();
    } else if (action < 18) {
      PassHours();
    } else if (action == 18) {
      // A rotation is refused while the last one is under way.
      rotations += Rotate().ok();
    } else {
      Sweep();
    }
    if (step % 250 == 249) Compare();
  }
  Compare();
  EXPECT_GT(conflicts_.size(), 100u);
  EXPECT_GT(refused_, 50);
  EXPECT_GT(rotations, 20);
  EXPECT_GT(midway, 50);
}

}  // namespace
}  // namespace accord::intelligence
