#include "clients/accordctl/core/contexts.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "common/base/error.h"
#include "common/testing/pki.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

namespace fs = std::filesystem;

Contexts ContextOfYork() {
  Contexts contexts{.current = "york"};
  contexts.all["york"].address = "localhost:7400";
  return contexts;
}

TEST(TheContextsFile, IsItsOwnersAloneWhateverWasThereBefore) {
  const testing::TempDir directory;
  const std::string file = directory.path("accord/accordctl.yaml");
  ASSERT_TRUE(WriteContexts(file, ContextOfYork()).ok());
  EXPECT_EQ(fs::status(file).permissions(), fs::perms(0600));
  EXPECT_EQ(fs::status(directory.path("accord")).permissions(), fs::perms(0700));
  fs::permissions(file, fs::perms(0666));
  ASSERT_TRUE(WriteContexts(file, ContextOfYork()).ok());
  EXPECT_EQ(fs::status(file).permissions(), fs::perms(0600));
  EXPECT_EQ(ReadContexts(file)->all.at("york").address, "localhost:7400");
}

TEST(TheContextsFile, IsNotWrittenThroughALinkNorWhereOthersWrite) {
  const testing::TempDir directory;
  std::ofstream(directory.path("victim")) << "untouched";
  fs::create_symlink(directory.path("victim"), directory.path("accordctl.yaml"));
  fs::create_symlink(directory.path("victim"), directory.path("other.yaml.new"));
  EXPECT_EQ(accord::RuleOf(WriteContexts(directory.path("accordctl.yaml"), ContextOfYork())),
            "FILE_NOT_SAFE");
  EXPECT_TRUE(WriteContexts(directory.path("other.yaml"), ContextOfYork()).ok());
  EXPECT_EQ(testing::Slurp(directory.path("victim")), "untouched");
  fs::create_directory(directory.path("open"));
  fs::permissions(directory.path("open"), fs::perms(0777));
  EXPECT_EQ(accord::RuleOf(WriteContexts(directory.path("open/accordctl.yaml"), ContextOfYork())),
            "FILE_NOT_SAFE");
}

}  // namespace
}  // namespace accord::ctl
