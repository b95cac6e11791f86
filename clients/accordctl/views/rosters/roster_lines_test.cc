#include "clients/accordctl/views/rosters/roster_lines.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/exit_code.h"
#include "clients/accordctl/core/output.h"
#include "common/base/error.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;
using namespace std::string_literals;

class ARosterFile : public ::testing::Test {
 protected:
  std::string Put(const std::string& bytes) {
    std::ofstream(Path(), std::ios::binary) << bytes;
    return Path();
  }
  std::string Path() const { return directory_.path("roster"); }
  static std::string All(RosterLines* lines) {
    std::string all;
    lines->Rewind(0);
    for (std::string chunk = lines->Next(); !chunk.empty(); chunk = lines->Next()) all += chunk;
    return all;
  }
  std::string Read(const std::string& bytes, bool statements = false) {
    const auto lines = RosterLines::Open(Put(bytes), statements);
    return lines.ok() ? All(lines->get())
                      : absl::StrCat(RuleOf(lines.status()), " ", std::string(lines.status().message()));
  }
  static std::string RuleOf(const absl::Status& status) { return accord::RuleOf(status); }
  testing::TempDir directory_;
};

TEST_F(ARosterFile, IsReadInWholeLines) {
  EXPECT_EQ(Read("a,b\nc,d"), "a,b\nc,d\n");
  EXPECT_EQ(Read("\xEF\xBB\xBF"
                 "a,b\n"),
            "a,b\n")
      << "without the mark";
  std::string large;
  for (int i = 0; i < 200'000; ++i) absl::StrAppend(&large, "line ", i, "\n");
  EXPECT_EQ(Read(large), large);
}

TEST_F(ARosterFile, DoesNotEndAtALineThatIsLong) {
  const std::string text = absl::StrCat("short\n", std::string(1'500'000, 'x'), "\nlast\n");
  EXPECT_EQ(Read(text), text);
  EXPECT_EQ(Read(std::string(1'500'000, 'x')), std::string(1'500'000, 'x') + "\n");
}

TEST_F(ARosterFile, OfAnotherKindIsNamed) {
  EXPECT_THAT(Read("\xff\xfe"
                   "a\0,\0"s),
              HasSubstr("ENCODING " + Path() + ": is UTF-16"));
  EXPECT_THAT(Read("\xfe\xff\0a"s), HasSubstr("UTF-16"));
  EXPECT_THAT(Read("a\0,\0"s), HasSubstr("UTF-16"));
  EXPECT_THAT(Read("\xff\xfe[\0"s, true), HasSubstr("UTF-16"));
  EXPECT_THAT(Read("PK\x03\x04zip"), HasSubstr("is a spreadsheet: save it as CSV"));
}

TEST_F(ARosterFile, OfNothingIsToldAsEmpty) {
  for (const char* nothing : {"", "\xEF\xBB\xBF", " \r\n"}) {
    EXPECT_EQ(Read(nothing), " " + Path() + ": is empty: is it the file that the other system wrote?");
  }
  EXPECT_THAT(Read("[]", true), HasSubstr(": is empty"));
}

TEST_F(ARosterFile, OfStatementsThatIsTakenForCsvNamesTheOptionThatReadsThem) {
  for (const char* json : {"[{\"a\":1}]", "\xEF\xBB\xBF\n{\"a\":1}\n"}) {
    EXPECT_THAT(Read(json), HasSubstr(Path() + ": holds JSON, and no lines of CSV: add --format xapi"));
  }
}

TEST_F(ARosterFile, OfStatementsIsAnArrayOrALineEach) {
  EXPECT_EQ(Read("[{\"a\":1},\n {\"b\":2}]", true), "{\"a\":1}\n{\"b\":2}\n");
  EXPECT_EQ(Read("\xEF\xBB\xBF \r\n[{\"a\":1}]", true), "{\"a\":1}\n") << "behind a mark";
  EXPECT_EQ(Read("\xEF\xBB\xBF{\"a\":1}\n{\"b\":2}", true), "{\"a\":1}\n{\"b\":2}\n");
  EXPECT_THAT(Read("[{\"a\":1}", true), HasSubstr("STATEMENTS_MALFORMED " + Path()));
  EXPECT_THAT(Read("[\"\xff\"]", true), HasSubstr("STATEMENTS_MALFORMED"));
  const auto array = RosterLines::Open(Put("[{}]"), true);
  EXPECT_EQ((*array)->Place(3), "statement 3 of " + Path());
  EXPECT_EQ((*RosterLines::Open(Put("a"), false))->Place(3), Path() + ":3");
}

TEST_F(ARosterFile, IsOneLineIfNothingStandsBelowTheFirst) {
  for (const char* one : {"a,b", "a,b\r\n", "a,b\n\n \n"})
    EXPECT_TRUE((*RosterLines::Open(Put(one), false))->IsOneLine()) << one;
  const auto two = RosterLines::Open(Put("a,b\n\nc,d"), false);
  EXPECT_FALSE((*two)->IsOneLine());
  EXPECT_EQ(All(two->get()), "a,b\n\nc,d\n") << "it is read from its beginning again";
}

TEST_F(ARosterFile, MayBeAPipe) {
  ASSERT_EQ(mkfifo(Path().c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(Path(), std::ios::binary) << "[{\"a\":1},{\"b\":2}]"; });
  const auto lines = RosterLines::Open(Path(), true);
  writer.join();
  ASSERT_TRUE(lines.ok()) << lines.status();
  EXPECT_EQ(All(lines->get()), "{\"a\":1}\n{\"b\":2}\n");
  std::string digest;
  int64_t size = 0;
  (*lines)->Measure(&digest, &size);
  EXPECT_EQ(size, 16);
  EXPECT_EQ(All(lines->get()).size(), 16u) << "a second time";
}

TEST_F(ARosterFile, OfAPipeGoesOnFromAPlace) {
  ASSERT_EQ(mkfifo(Path().c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(Path(), std::ios::binary) << "\xEF\xBB\xBFone\ntwo\n"; });
  const auto lines = RosterLines::Open(Path(), false);
  writer.join();
  ASSERT_TRUE(lines.ok()) << lines.status();
  (*lines)->Rewind(4);
  EXPECT_EQ((*lines)->Next(), "two\n");
}

TEST_F(ARosterFile, OfAPipeIsKeptUpToASizeThatTheRefusalNames) {
  ASSERT_EQ(mkfifo(Path().c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(Path(), std::ios::binary) << "twelve bytes"; });
  const absl::Status larger = RosterLines::Open(Path(), false, 11).status();
  writer.join();
  EXPECT_EQ(accord::RuleOf(larger), "FILE_TOO_LARGE");
  EXPECT_THAT(std::string(larger.message()), HasSubstr("larger than 11 bytes"));
}

TEST_F(ARosterFile, ThatNeverEndsAndIsNoTextIsRefusedAtItsBeginning) {
  EXPECT_EQ(accord::RuleOf(RosterLines::Open("/dev/zero", false).status()), "ENCODING");
}

TEST_F(ARosterFile, ThatIsMissingOrAFolderIsNamed) {
  const auto missing = RosterLines::Open("/nowhere/roster.csv", false).status();
  EXPECT_EQ(accord::RuleOf(missing), "FILE_MISSING");
  EXPECT_THAT(std::string(missing.message()), HasSubstr("/nowhere/roster.csv"));
  EXPECT_EQ(ExitCodeOf(missing), kInvalid);
  const auto folder = RosterLines::Open("/tmp", false).status();
  EXPECT_EQ(accord::RuleOf(folder), "FILE_MISSING");
  EXPECT_THAT(std::string(folder.message()), HasSubstr("/tmp: is a folder: name the file in it"));
}

}  // namespace
}  // namespace accord::ctl
