#include "services/gateway/observe/record_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

namespace accord::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Lines = RecordLines<int>;

constexpr Lines::Batch kBatch = {.records = 6, .bytes = 100, .rows_of_one = 10, .rows_alone = 15};

void Push(Lines* lines, const std::string& agency, const std::string& text, std::size_t rows = 1) {
  lines->Push({agency, text, rows, nullptr, false, false});
}

std::vector<std::string> Texts(const std::vector<Lines::Record>& batch) {
  std::vector<std::string> texts;
  for (const auto& record : batch) texts.push_back(record.bytes);
  return texts;
}

TEST(RecordLines, AreEmptyWhenNothingWaits) {
  Lines lines;
  EXPECT_TRUE(lines.empty());
  EXPECT_THAT(lines.Take(kBatch), IsEmpty());
}

TEST(RecordLines, KeepAnAgencysRecordsInTheirOrder) {
  Lines lines;
  for (const char* text : {"a", "b", "c"}) Push(&lines, "ps-york", text);
  EXPECT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines.bytes(), 3u);
  EXPECT_THAT(Texts(lines.Take(kBatch)), ElementsAre("a", "b", "c"));
  EXPECT_EQ(lines.bytes(), 0u);
}

TEST(RecordLines, LetANeighbourIntoTheNextBatchHoweverMuchAnotherHasWaiting) {
  Lines lines;
  for (int i = 0; i < 100; ++i) Push(&lines, "busy", "long", 5);
  Push(&lines, "quiet", "short");
  EXPECT_THAT(Texts(lines.Take(kBatch)), ElementsAre("long", "long", "short"));
  EXPECT_THAT(Texts(lines.Take(kBatch)), ElementsAre("long", "long", "long")) << "nobody else waits";
}

TEST(RecordLines, KeepTheRecordsOfOneChangeTogether) {
  Lines lines;
  const auto call = std::make_shared<int>(0);
  for (const char* part : {"a", "b", "c"}) lines.Push({"ps-york", part, 10, call, true, false});
  Push(&lines, "ps-york", "next");
  EXPECT_THAT(Texts(lines.Take(kBatch)), ElementsAre("a", "b", "c")) << "more than a share";
  EXPECT_THAT(Texts(lines.Take(kBatch)), ElementsAre("next"));
}

TEST(RecordLines, TakeARecordThatAloneIsMoreThanAShare) {
  Lines lines;
  Push(&lines, "busy", "huge", 1000);
  Push(&lines, "busy", "next");
  EXPECT_THAT(Texts(lines.Take(kBatch)), ElementsAre("huge"));
  EXPECT_THAT(Texts(lines.Take(kBatch)), ElementsAre("next"));
}

TEST(RecordLines, BeginWithTheLineThatDidNotComeToItsTurn) {
  Lines lines;
  for (const char* agency : {"a", "b", "c", "d"}) {
    Push(&lines, agency, std::string(40, agency[0]));
    Push(&lines, agency, std::string(40, agency[0]));
  }
  Lines::Batch two = kBatch;
  two.rows_of_one = 1;
  EXPECT_THAT(Texts(lines.Take(two)), ElementsAre(std::string(40, 'a'), std::string(40, 'b')));
  EXPECT_THAT(Texts(lines.Take(two)), ElementsAre(std::string(40, 'c'), std::string(40, 'd')));
  EXPECT_THAT(Texts(lines.Take(two)), ElementsAre(std::string(40, 'a'), std::string(40, 'b')));
}

TEST(RecordLines, AreFilledByOneAgencyForItselfAlone) {
  Lines lines;
  for (int i = 0; i < 3; ++i) Push(&lines, "busy", "1234");
  Push(&lines, "quiet", "1234");
  EXPECT_TRUE(lines.Fills("busy", {.records = 3, .bytes = 100}));
  EXPECT_TRUE(lines.Fills("busy", {.records = 100, .bytes = 12}));
  EXPECT_FALSE(lines.Fills("busy", {.records = 4, .bytes = 13}));
  EXPECT_FALSE(lines.Fills("quiet", {.records = 3, .bytes = 12}));
  EXPECT_FALSE(lines.Fills("nobody", {.records = 1, .bytes = 1}));
  lines.Take(kBatch);
  EXPECT_FALSE(lines.Fills("busy", {.records = 1, .bytes = 1}));
}

TEST(RecordLines, ThatAreFullHaveRoomForWhoHasLittleThere) {
  Lines lines;
  for (int i = 0; i < 9; ++i) Push(&lines, "busy", "1234");
  Push(&lines, "quiet", "1234");
  EXPECT_TRUE(lines.Crowds("busy", {.records = 10, .bytes = 1000}));
  EXPECT_FALSE(lines.Crowds("quiet", {.records = 10, .bytes = 1000}));
  EXPECT_FALSE(lines.Crowds("nobody", {.records = 10, .bytes = 1000}));
  EXPECT_TRUE(lines.Crowds("busy", {.records = 1000, .bytes = 40}));
  EXPECT_FALSE(lines.Crowds("quiet", {.records = 1000, .bytes = 40}));
  EXPECT_FALSE(lines.Crowds("busy", {.records = 11, .bytes = 1000})) << "not all of the room is taken";
}

TEST(RecordLines, TakeWhatCameBackBeforeAnythingElse) {
  Lines lines;
  Push(&lines, "ps-york", "second");
  lines.Return({"ps-york", "first", 1, nullptr, true, false});
  lines.Return({"cas-york", "zeroth", 1, nullptr, true, false});
  EXPECT_EQ(lines.size(), 3u);
  EXPECT_THAT(Texts(lines.Take({.records = 2, .bytes = 100, .rows_of_one = 10, .rows_alone = 10})),
              ElementsAre("zeroth", "first"));
  EXPECT_THAT(Texts(lines.Take(kBatch)), ElementsAre("second"));
  EXPECT_TRUE(lines.empty());
}

}  // namespace
}  // namespace accord::gateway
