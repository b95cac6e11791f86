#include "common/listing/fields.h"

#include <gmock/gmock.h>

#include <limits>
#include <random>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "accord/annotations/v1/fields.pb.h"
#include "accord/protocols/v1/resources.pb.h"
#include "common/access/service_files.h"
#include "common/base/clock.h"
#include "common/listing/index_rows.h"
#include "common/testing/golden.h"
#include "common/testing/seed.h"

namespace accord::listing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Pair;

const Field& FieldOf(const char* name) {
  return *FindField(FieldsOf(*protocols::v1::Referral::descriptor()), name);
}

protocols::v1::Referral AReferral() {
  protocols::v1::Referral referral;
  referral.set_state(protocols::v1::REFERRAL_STATE_SUBMITTED);
  referral.set_to_agency("ps-york");
  *referral.mutable_create_time() = ToProto(absl::FromUnixMicros(5));
  return referral;
}

TEST(IndexRows, HaveARowForEachDeclaredFieldThatIsSet) {
  const ResourceRows rows = IndexRows(AReferral());
  EXPECT_THAT(rows.own, ElementsAre(Pair(":to_agency", "=ps-york"))) << "once, however many see it";
  EXPECT_THAT(rows.of_viewers, Contains(Pair(":create_time", IndexedNumber(5))));
  EXPECT_THAT(rows.of_viewers,
              Contains(Pair(":state/create_time", absl::StrCat(IndexedNumber(1), "\x01", IndexedNumber(5)))));
  for (const Rows& each : {rows.of_viewers, rows.own}) {
    for (const auto& [row, value] : each) {
      EXPECT_TRUE(IsRowOfLists(row)) << row;
      EXPECT_FALSE(absl::StrContains(row, "assignee")) << row;
    }
  }
}

TEST(IndexRows, OrderWhatIsUnsetAfterAllThatIsSet) {
  EXPECT_THAT(IndexRows(AReferral()).of_viewers, Contains(Pair(":acknowledge_due", std::string(kUnset))));
  EXPECT_LT(IndexedNumber(std::numeric_limits<int64_t>::max()), std::string(kUnset));
  EXPECT_LT(IndexedText("\xf4\x8f\xbf\xbf"), std::string(kUnset));
}

TEST(IndexRows, SayNothingOfWhatIsNotDeclared) {
  protocols::v1::Referral referral = AReferral();
  referral.set_reporter_belief("what I saw");
  referral.set_subject_ref("subject");
  EXPECT_EQ(IndexRows(referral).of_viewers, IndexRows(AReferral()).of_viewers);
  EXPECT_EQ(IndexRows(referral).own, IndexRows(AReferral()).own);
}

TEST(IndexedNumber, HasTheOrderOfNumbers) {
  const unsigned seed = accord::testing::SeedOr(0);
  SCOPED_TRACE(absl::StrCat("ACCORD_SEED=", seed));
  std::mt19937_64 random(seed);
  std::vector<int64_t> numbers = {std::numeric_limits<int64_t>::min(), -1, 0, 1,
                                  std::numeric_limits<int64_t>::max()};
  for (int i = 0; i < 100; ++i) numbers.push_back(static_cast<int64_t>(random()));
  for (const int64_t one : numbers) {
    for (const int64_t other : numbers) {
      EXPECT_EQ(IndexedNumber(one) < IndexedNumber(other), one < other) << one << " and " << other;
    }
  }
}

TEST(IndexedText, IsCutBetweenCharactersBeyondWhatCanBeCompared) {
  const std::string longest(kMostText, 'x');
  EXPECT_EQ(IndexedText(longest), "=" + longest);
  const std::string longer = IndexedText(longest + std::string(5000, 'y'));
  EXPECT_LE(longer.size(), kMostText + 6);
  EXPECT_NE(longer, IndexedText(longest));
  std::string accents;
  for (int i = 0; i < 500; ++i) absl::StrAppend(&accents, "\xc3\xa9");
  EXPECT_EQ(IndexedText(accents).size() % 2, 1u) << "half a character is none";
}

TEST(IndexedText, HoldsNoSeparator) { EXPECT_EQ(IndexedText("a\x01z"), "=a z"); }

// This gives every message of the protos with gRPC services and of the protos that these import.
std::vector<const google::protobuf::Descriptor*> AllMessages() {
  std::vector<const google::protobuf::Descriptor*> all;
  for (const auto* file : ServiceFiles()) {
    for (int i = 0; i <= file->dependency_count(); ++i) {
      const auto* each = i == 0 ? file : file->dependency(i - 1);
      for (int k = 0; k < each->message_type_count(); ++k) all.push_back(each->message_type(k));
    }
  }
  return all;
}

TEST(DeclaredFields, AreOfResourcesAndCanBeCompared) {
  int declared = 0;
  for (const auto* message : AllMessages()) {
    for (int i = 0; i < message->field_count(); ++i) {
      const auto* field = message->field(i);
      if (!field->options().HasExtension(annotations::v1::listed)) continue;
      ++declared;
      EXPECT_EQ(FaultOfField(*field), "") << field->full_name();
      EXPECT_TRUE(message->options().HasExtension(annotations::v1::resource)) << field->full_name();
    }
  }
  EXPECT_GT(declared, 10);
}

// A new field for a kind that is already stored needs a breaking migration that sets `listed` of
// its rows to zero.
TEST(DeclaredFields, AreThoseOfTheGoldenFile) {
  std::set<std::string> lines;
  for (const auto* message : AllMessages()) {
    for (const Field& field : FieldsOf(*message)) {
      const char* use = field.orders ? "orders" : field.narrows ? "narrows" : "filters";
      lines.insert(absl::StrCat(field.descriptor->full_name(), " ", use, "\n"));
    }
  }
  accord::testing::ExpectGolden("tests/list_fields.golden", {absl::StrJoin(lines, "")});
}

TEST(DeclaredFields, AreNeverSensitiveOrRepeated) {
  const auto* referral = protocols::v1::Referral::descriptor();
  EXPECT_EQ(FaultOfField(*referral->FindFieldByName("subject_ref")), "it is sensitive");
  EXPECT_EQ(FaultOfField(*referral->FindFieldByName("flags")), "it is repeated");
  EXPECT_EQ(FaultOfField(*referral->FindFieldByName("screening")), "lists cannot compare its type");
}

TEST(DeclaredFields, KnowWhatTheyAreFor) {
  EXPECT_TRUE(FieldOf("state").narrows);
  EXPECT_TRUE(FieldOf("create_time").orders);
  EXPECT_FALSE(FieldOf("kind").has_ranges());
  EXPECT_EQ(FieldOf("event_date").type, Field::kDay);
  EXPECT_EQ(FindField(FieldsOf(*protocols::v1::Referral::descriptor()), "subject_ref"), nullptr);
}

}  // namespace
}  // namespace accord::listing
