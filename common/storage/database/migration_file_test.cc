#include "common/storage/database/migration_file.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "common/testing/matchers.h"

namespace accord::storage {
namespace {

using ::testing::HasSubstr;

constexpr char kHeaders[] = "-- title: one\n-- older versions cannot run: no\n";

std::string FaultOf(const std::vector<MigrationFile>& files) {
  const auto read = ReadMigrations(files);
  return read.ok() ? "" : std::string(read.status().message());
}

TEST(MigrationFiles, GiveWhatTheirHeadersAndStatementsSay) {
  const std::vector<MigrationFile> files = {
      {"0001_one.sql",
       "-- title: one: the first\n-- older versions cannot run: no\n--\n-- Why: so.\n--\n-- And more.\n\n"
       "create table a (id bigint);\n\ncreate table b (id bigint)\n\n"},
      {"0020_two.sql", "-- older versions cannot run: yes\n-- title: two\n"}};
  const auto read = ReadMigrations(files);
  ASSERT_OK(read);
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ(read->at(0).version, 1);
  EXPECT_EQ(read->at(0).name, "one: the first");
  EXPECT_EQ(read->at(0).sql, "\ncreate table a (id bigint);\n\ncreate table b (id bigint)\n");
  EXPECT_FALSE(read->at(0).breaking);
  EXPECT_EQ(read->at(1).version, 20);
  EXPECT_EQ(read->at(1).name, "two");
  EXPECT_EQ(read->at(1).sql, "");
  EXPECT_TRUE(read->at(1).breaking);
}

TEST(MigrationFiles, HaveTheLineEndsThatOldStepsWereStoredWith) {
  const std::pair<const char*, const char*> stored[] = {{"", "\nselect 1\n"},
                                                        {"-- stored line ends: before\n", "\nselect 1"},
                                                        {"-- stored line ends: after\n", "select 1\n"},
                                                        {"-- stored line ends: none\n", "select 1"}};
  for (const auto& [header, sql] : stored) {
    for (const char* body : {"select 1", "\nselect 1\n", "\n\nselect 1\n\n"}) {
      const std::string text = absl::StrCat(kHeaders, header, body);
      const auto read = ReadMigrations({{"0001_one.sql", text}});
      ASSERT_OK(read);
      EXPECT_EQ(read->at(0).sql, sql) << text;
    }
  }
}

TEST(MigrationFiles, AreRefusedWithTheirNameIfAHeaderIsNotAsItMustBe) {
  const std::pair<const char*, const char*> faults[] = {
      {"", "`title` is missing"},
      {"create table a (id bigint)\n", "`title` is missing"},
      {"-- title: one\n", "`older versions cannot run` is missing"},
      {"-- older versions cannot run: no\n", "`title` is missing"},
      {"-- title: \n-- older versions cannot run: no\n", "`title` says nothing"},
      {"-- title\n-- older versions cannot run: no\n", "`title` says nothing"},
      {"-- title: one\n-- title: two\n-- older versions cannot run: no\n", "`title` is twice"},
      {"-- title: one\n-- older versions cannot run: maybe\n", "is yes or no"},
      {"-- title: one\n-- older versions cannot run: no\n-- stored line ends: two\n",
       "before, after or none"},
      {"-- title: one\n-- older versions cannot run: no\n-- author: me\n", "there is no header `author`"},
      {"-- title: one\n-- older versions cannot run: no\n-- A remark.\n", "there is no header `A remark.`"},
      {"-- title: one\n-- older versions cannot run: no\n\nselect 1;\n  -- A remark.\nselect 2\n",
       "remarks stand before the statements"}};
  for (const auto& [text, fault] : faults) {
    const std::string said = FaultOf({{"0001_one.sql", text}});
    EXPECT_THAT(said, HasSubstr(fault)) << text;
    EXPECT_THAT(said, HasSubstr("0001_one.sql")) << text;
  }
}

TEST(MigrationFiles, AreRefusedIfTheirNumbersDoNotRise) {
  EXPECT_EQ(FaultOf({{"0001_one.sql", kHeaders}, {"0002_two.sql", kHeaders}}), "");
  EXPECT_THAT(FaultOf({{"0001_one.sql", kHeaders}, {"0001_two.sql", kHeaders}}),
              HasSubstr("0001_two.sql: its number is not above 1"));
  EXPECT_THAT(FaultOf({{"0002_two.sql", kHeaders}, {"0001_one.sql", kHeaders}}),
              HasSubstr("0001_one.sql: its number is not above 2"));
  EXPECT_THAT(FaultOf({{"0000_none.sql", kHeaders}}), HasSubstr("its number is not above 0"));
}

TEST(MigrationFiles, AreRefusedIfTheirNamesAreOfAnotherForm) {
  for (const char* name : {"1_one.sql", "001_one.sql", "+001_one.sql", "0001-one.sql", "0001_one.txt",
                           "0001_.sql", "00011_one.sql", "one.sql", ""}) {
    EXPECT_THAT(FaultOf({{name, kHeaders}}), HasSubstr("0123_slug.sql")) << name;
  }
}

TEST(MigrationFilesDeathTest, EndTheProgramThatCarriesAMalformedOne) {
  EXPECT_DEATH(MigrationsIn({{"0001_one.sql", "-- title: one\n"}}), "migration_malformed.*0001_one.sql");
}

}  // namespace
}  // namespace accord::storage
