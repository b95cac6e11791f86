#include <gmock/gmock.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/testing/command_line_fixture.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/testing/matchers.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using ::testing::HasSubstr;

TEST_F(CommandLine, EntriesAreNotMovedOutWithoutTheLogsKeyAndItsFileIsNamed) {
  const accord::testing::TempDir directory;
  const std::string config = directory.path("audit.textproto");
  ASSERT_OK(WriteFile(config, "host { name: \"audit\" }\ncheckpoint_key_file: \"/nowhere.key\"\n",
                      FileKind::kPrivate));
  ASSERT_EQ(Said(absl::StrCat("audit move-out ", config, " --before 1 --out ", directory.path("spans"))), "");
  const absl::Status status = session_.action();
  EXPECT_THAT(status, accord::testing::RefusedBy(rules::kFileMissing));
  EXPECT_THAT(std::string(status.message()), HasSubstr("/nowhere.key, the log's key: No such file"));
}

}  // namespace
}  // namespace accord::ctl
