#include "common/testing/table_oracle.h"

#include <gmock/gmock.h>

#include <memory>

#include "accord/training/v1/resources.pb.h"

namespace accord::testing {
namespace {

using training::v1::Offering;

const std::vector<Line>& OfferingLines() {
  static const std::vector<Line> kLines = {
      {"AdvanceOffering", "Offering", "anybody", "anybody", "planned", "open", "state"},
      {"AdvanceOffering", "Offering", "anybody", "anybody", "open", "delivered", "state"}};
  return kLines;
}

// To this oracle every person belongs to every group and has every part.
class OracleOfOfferings : public TableOracle {
 public:
  OracleOfOfferings()
      : TableOracle(Terms{.lines = &OfferingLines(),
                          .is_among = [](const Caller&, const std::string&) { return true; },
                          .has_part = [](const Caller&, const google::protobuf::Message&, const std::string&,
                                         const World&) { return true; },
                          .about = [](const Change&) { return std::string(); },
                          .of_deed = [](const Act&, const Change&, const World&) { return std::string(); }}) {
  }
  std::string OfTime(const Change&, const World&, absl::Time) override { return ""; }
  std::string OfWorld(const World&) override { return ""; }
  bool MayLearn(const Caller&, const Told&, const World&, absl::Time) override { return true; }
};

// This gives the oracle's objection to one version of an offering becoming the other.
std::string ObjectionTo(const Offering& before, const Offering& after) {
  const Caller who{};
  const auto was = std::make_shared<Offering>(before);
  OracleOfOfferings oracle;
  return oracle.Objection(Act{&who, "AdvanceOffering", nullptr},
                          Change{before.name(), was, std::make_shared<Offering>(after)},
                          World{{before.name(), was}});
}

class TableOracleTest : public ::testing::Test {
 protected:
  TableOracleTest() {
    planned_.set_name("agencies/pc-opc/courses/c/offerings/o");
    planned_.set_state(training::v1::OFFERING_STATE_PLANNED);
    open_ = planned_;
    open_.set_state(training::v1::OFFERING_STATE_OPEN);
  }
  Offering planned_, open_;
};

TEST_F(TableOracleTest, HasNothingAgainstAStepOfALine) { EXPECT_EQ(ObjectionTo(planned_, open_), ""); }

TEST_F(TableOracleTest, ObjectsToAStepThatNoLineHasWhateverTheLinesAfterItAreAbout) {
  Offering delivered = planned_;
  delivered.set_state(training::v1::OFFERING_STATE_DELIVERED);
  EXPECT_EQ(ObjectionTo(planned_, delivered), "leads to delivered");
}

TEST_F(TableOracleTest, ObjectsToAFieldThatTheStepHasNothingToDoWith) {
  open_.set_capacity(20);
  EXPECT_THAT(ObjectionTo(planned_, open_), ::testing::StartsWith("changes what it has nothing to do with"));
}

}  // namespace
}  // namespace accord::testing
