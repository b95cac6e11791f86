#include "common/base/file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "common/base/error.h"
#include "common/base/new_file.h"
#include "common/base/own_secret.h"

namespace accord {
namespace {

namespace fs = std::filesystem;

class AFile : public ::testing::Test {
 protected:
  AFile() {
    std::string pattern = (fs::temp_directory_path() / "accord-file-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~AFile() override { fs::remove_all(folder_); }
  std::string At(const std::string& name) const { return folder_ + "/" + name; }
  static mode_t ModeOf(const std::string& path) {
    struct stat info {};
    return lstat(path.c_str(), &info) == 0 ? info.st_mode & 07777 : 0;
  }
  std::string folder_;
};

TEST_F(AFile, HasTheModeOfItsKindWhateverTheUmask) {
  for (const mode_t mask : {mode_t{0}, mode_t{077}}) {
    const mode_t before = umask(mask);
    EXPECT_TRUE(WriteFile(At("a/b/secret"), "s", FileKind::kSecret).ok());
    EXPECT_TRUE(WriteFile(At("page"), "p", FileKind::kPrivate).ok());
    EXPECT_TRUE(WriteFile(At("certificate"), "c", FileKind::kPublic).ok());
    umask(before);
    EXPECT_EQ(ModeOf(At("a/b/secret")), 0600u);
    EXPECT_EQ(ModeOf(At("a/b")), 0700u);
    EXPECT_EQ(ModeOf(At("page")), 0600u);
    EXPECT_EQ(ModeOf(At("certificate")), 0644u);
  }
}

TEST_F(AFile, OfAWiderModeIsTightenedByBeingReplaced) {
  std::ofstream(At("key")) << "old";
  ASSERT_EQ(chmod(At("key").c_str(), 0666), 0);
  ASSERT_TRUE(WriteFile(At("key"), "new", FileKind::kSecret).ok());
  EXPECT_EQ(ModeOf(At("key")), 0600u);
  EXPECT_EQ(*ReadFile(At("key")), "new");
}

TEST_F(AFile, IsReadWholeOrNotAtAll) {
  std::ofstream(At("key")) << "12345";
  EXPECT_EQ(*ReadFile(At("key"), 5), "12345");
  const absl::Status larger = ReadFile(At("key"), 4).status();
  EXPECT_EQ(RuleOf(larger), "FILE_TOO_LARGE");
  EXPECT_EQ(std::string(larger.message()),
            At("key") + ": is larger than 4 bytes, the most that is read of it");
  EXPECT_EQ(RuleOf(ReadFile("/dev/zero").status()), "FILE_TOO_LARGE") << "it never ends";
  std::ofstream(At("empty")).flush();
  for (const std::string& unreadable : {At("nothing"), At("empty"), folder_}) {
    EXPECT_TRUE(absl::IsNotFound(ReadFile(unreadable).status())) << unreadable;
  }
}

TEST_F(AFile, ThatCannotBeReadIsNamedWithTheReason) {
  std::ofstream(At("empty")).flush();
  const auto said = [](const std::string& path) { return std::string(ReadFile(path).status().message()); };
  EXPECT_EQ(said(At("nothing")), "cannot read " + At("nothing") + ": No such file or directory");
  EXPECT_EQ(said(folder_), "cannot read " + folder_ + ": Is a directory");
  EXPECT_EQ(said(At("empty")), "cannot read " + At("empty") + ": it is empty");
}

TEST_F(AFile, IsNeverWrittenThroughALink) {
  std::ofstream(At("victim")) << "untouched";
  fs::create_symlink(At("victim"), At("key"));
  fs::create_symlink(At("victim"), At("fresh.new"));
  EXPECT_EQ(RuleOf(WriteFile(At("key"), "k", FileKind::kSecret)), "FILE_NOT_SAFE");
  EXPECT_EQ(RuleOf(WriteFile(At("key"), "k", FileKind::kPrivate)), "FILE_NOT_SAFE");
  EXPECT_TRUE(WriteFile(At("fresh"), "k", FileKind::kSecret).ok());
  EXPECT_EQ(*ReadFile(At("victim")), "untouched");
}

TEST_F(AFile, OfAnotherKindIsNotReplaced) {
  ASSERT_EQ(mkfifo(At("pipe").c_str(), 0600), 0);
  fs::create_directory(At("folder"));
  EXPECT_EQ(RuleOf(WriteFile(At("pipe"), "k", FileKind::kPrivate)), "FILE_NOT_SAFE");
  EXPECT_EQ(RuleOf(WriteFile(At("folder"), "k", FileKind::kPrivate)), "FILE_NOT_SAFE");
  EXPECT_EQ(RuleOf(WriteFile(folder_ + "/", "k", FileKind::kPrivate)), "FILE_NOT_SAFE");
}

TEST_F(AFile, ThatIsSecretDoesNotLieWhereOthersCanPutTheirs) {
  fs::create_directory(At("open"));
  for (const mode_t mode : {0777, 0775, 0757}) {
    ASSERT_EQ(chmod(At("open").c_str(), mode), 0);
    EXPECT_EQ(RuleOf(WriteFile(At("open/key"), "k", FileKind::kSecret)), "FILE_NOT_SAFE") << mode;
  }
  EXPECT_TRUE(WriteFile(At("open/page"), "p", FileKind::kPrivate).ok());
  ASSERT_EQ(chmod(At("open").c_str(), 01777), 0);
  EXPECT_TRUE(WriteFile(At("open/key"), "k", FileKind::kSecret).ok());
}

TEST_F(AFile, ThatIsSecretLiesInNoFolderOfAnotherUser) {
  fs::create_directory(At("theirs"));
  // Only root can change the owner of a folder. Any other user tests the check with another
  // `owner` instead.
  const bool root = geteuid() == 0;
  constexpr uid_t kNobody = 65534;
  if (root) {
    ASSERT_EQ(chown(At("theirs").c_str(), kNobody, kNobody), 0);
  }
  const uid_t owner = root ? kNobody : geteuid(), other = root ? geteuid() : kNobody;
  EXPECT_EQ(RuleOf(WriteFile(At("theirs/key"), "k", FileKind::kSecret, other)), "FILE_NOT_SAFE");
  EXPECT_TRUE(WriteFile(At("theirs/key"), "k", FileKind::kSecret, owner).ok()) << "for that user it may";
}

TEST_F(AFile, ThatIsNotFinishedLeavesNothingBehind) {
  std::ofstream(At("export")) << "whole";
  {
    auto file = NewFile::Create(At("export"), FileKind::kPrivate);
    ASSERT_TRUE(file.ok()) << file.status();
    ASSERT_TRUE((*file)->Write("half").ok());
  }
  EXPECT_EQ(*ReadFile(At("export")), "whole");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

// A link that leads to itself cannot be followed, whoever tries.
TEST_F(AFile, IsThereOrNotUnlessThatCannotBeTold) {
  std::ofstream(At("page")) << "p";
  fs::create_symlink("circle", At("circle"));
  EXPECT_TRUE(IsThere(At("page")).value());
  EXPECT_FALSE(IsThere(At("nowhere")).value());
  EXPECT_FALSE(IsThere(At("page/below")).value());
  for (const char* name : {"circle", "circle/below"}) {
    const absl::Status refused = IsThere(At(name)).status();
    EXPECT_EQ(RuleOf(refused), "FILE_MISSING") << name;
    EXPECT_THAT(std::string(refused.message()), ::testing::StartsWith(At(name) + ": ")) << name;
  }
}

TEST_F(AFile, HasAPathFromTheRootOn) {
  EXPECT_EQ(AbsolutePath(At("page")).value(), At("page"));
  EXPECT_EQ(AbsolutePath("page").value(), (fs::current_path() / "page").string());
}

TEST_F(AFile, OfOnesOwnIsTightenedWhenItIsRead) {
  std::ofstream(At("key")) << "k";
  ASSERT_EQ(chmod(At("key").c_str(), 0644), 0);
  EXPECT_EQ(*ReadOwnSecret(At("key")), "k");
  EXPECT_EQ(ModeOf(At("key")), 0600u);
  EXPECT_TRUE(absl::IsNotFound(ReadOwnSecret(At("nowhere")).status()));
  EXPECT_TRUE(CloseToOthers(At("nowhere")));
}

}  // namespace
}  // namespace accord
