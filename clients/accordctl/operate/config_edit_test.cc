#include "clients/accordctl/operate/config_edit.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "common/testing/matchers.h"
#include "common/testing/pki.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

constexpr char kConfig[] = R"(# seal_key_files: "in a comment"
host {
  name: "audit"  # seal_key_files: "and here"
  seal_key_files: "one"
  index_key_file: "seal_key_files: \"in a string\""
  seal_key_files: "two"
}
origin: "x"
)";

TEST(WithFieldStrings, ReplacesTheFieldAndLeavesAllElse) {
  EXPECT_EQ(*WithFieldStrings(kConfig, "seal_key_files", {"new", "one", "two"}),
            R"(# seal_key_files: "in a comment"
host {
  name: "audit"  # seal_key_files: "and here"
  seal_key_files: "new"
  seal_key_files: "one"
  seal_key_files: "two"
  index_key_file: "seal_key_files: \"in a string\""
}
origin: "x"
)");
  EXPECT_EQ(*WithFieldStrings("host { a: \"1\" b: \"2\" a: \"3\" }", "a", {"4", "5"}),
            "host { a: \"4\" a: \"5\" b: \"2\" }");
}

TEST(WithFieldStrings, RefusesWhatItWouldGetWrong) {
  const auto once_each = testing::FailsWith(absl::StatusCode::kInvalidArgument, "once for each value");
  EXPECT_THAT(WithFieldStrings("a: [\"1\", \"2\"]", "a", {"3"}).status(), once_each);
  EXPECT_THAT(WithFieldStrings("b: \"1\"", "a", {"3"}).status(), once_each);
  EXPECT_THAT(WithFieldStrings("a: '1'", "a", {"3"}).status(), once_each);
  EXPECT_THAT(WithFieldStrings("a: \"1\"", "a", {"quo\"te"}).status(),
              testing::FailsWith(absl::StatusCode::kInvalidArgument, "holds a quote"));
}

TEST(EditFieldStrings, SaysTheFileThatCannotBeReadAndWhy) {
  const absl::Status status = EditFieldStrings("/nowhere.textproto", "origin", {"y"});
  EXPECT_THAT(status, testing::RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(status.message()),
              ::testing::HasSubstr("/nowhere.textproto: No such file or directory"));
}

TEST(EditFieldStrings, KeepsTheModeOfTheFile) {
  testing::TempDir directory;
  const std::string file = directory.path("config");
  ASSERT_TRUE(std::ofstream(file) << kConfig);
  ASSERT_EQ(chmod(file.c_str(), 0640), 0);
  ASSERT_OK(EditFieldStrings(file, "origin", {"y"}));
  struct stat info {};
  ASSERT_EQ(stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0640u);
  EXPECT_THAT(testing::Slurp(file), ::testing::HasSubstr("origin: \"y\"\n"));
}

}  // namespace
}  // namespace accord::ctl
