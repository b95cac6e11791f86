#include "clients/accordctl/records/editor.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/file.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// The editor is a script: what it does to the file stands for what a user types.
class Edit : public ::testing::Test {
 protected:
  Edit() {
    unsetenv("VISUAL");
    setenv("TMPDIR", folder_.path().c_str(), 1);
  }
  ~Edit() override {
    unsetenv("TMPDIR");
    unsetenv("EDITOR");
    unsetenv("VISUAL");
  }
  void EditorIs(const std::string& script) {
    const std::string path = folder_.path() + "/editor";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    setenv("EDITOR", path.c_str(), 1);
  }
  std::string Left() const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
      if (entry.path().filename() == "request.yaml") return entry.path().string();
    }
    return "";
  }

  testing::TempDir folder_;
};

TEST_F(Edit, IsNotEndedByWhatInterruptsItsEditor) {
  // The shell that runs the tests may have them ignored.
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGQUIT, SIG_DFL);
  const auto told = [](const char* editor) {
    setenv("EDITOR", editor, 1);
    return std::string(
        EditAndSend("title: a plan\n", [](const std::string&) { return absl::OkStatus(); }).message());
  };
  // The shell that runs the editor is a child of this process, and sends it the signal that Ctrl-C
  // sends to both.
  EXPECT_THAT(told("kill -INT $PPID; kill -QUIT $PPID; true"),
              AllOf(HasSubstr("saved unchanged"), HasSubstr("what you wrote stays in ")));
  EXPECT_THAT(told("kill -INT $$; true"), HasSubstr("did not end well")) << "the editor is interrupted";
  struct sigaction now {};
  ASSERT_EQ(sigaction(SIGINT, nullptr, &now), 0);
  EXPECT_EQ(now.sa_handler, SIG_DFL) << "afterwards this process is interrupted as ever";
}

TEST_F(Edit, WithoutATerminalOpensNoEditorThatNobodyChose) {
  unsetenv("EDITOR");
  // The test process may have a terminal, so a pipe is used instead.
  int ends[2] = {-1, -1};
  ASSERT_EQ(pipe(ends), 0);
  const int before = dup(STDIN_FILENO);
  ASSERT_EQ(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
  const auto status = EditAndSend("title: a plan\n", [](const std::string&) { return absl::OkStatus(); });
  dup2(before, STDIN_FILENO);
  for (const int file : {ends[0], ends[1], before}) close(file);
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_THAT(std::string(status.message()), AllOf(HasSubstr("no terminal"), HasSubstr("$EDITOR")));
  EXPECT_EQ(Left(), "");
}

TEST_F(Edit, SendsWhatWasSavedAndLeavesNoFile) {
  EditorIs("echo 'title: a plan' >>\"$1\"");
  std::string sent;
  const auto status = EditAndSend("# Fill it in.\n", [&](const std::string& path) {
    sent = *ReadFile(path);
    EXPECT_EQ(std::filesystem::status(path).permissions() & std::filesystem::perms::others_all,
              std::filesystem::perms::none);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(sent, "# Fill it in.\ntitle: a plan\n");
  EXPECT_EQ(Left(), "");
}

TEST_F(Edit, AnEditorMayHaveOptionsAndVisualGoesFirst) {
  EditorIs("exit 1");
  setenv("VISUAL", "sed -i -e 's/^title:/title: plan/'", 1);
  std::string sent;
  ASSERT_TRUE(EditAndSend("title:\n", [&](const std::string& path) {
                sent = *ReadFile(path);
                return absl::OkStatus();
              }).ok());
  EXPECT_EQ(sent, "title: plan\n");
}

TEST_F(Edit, WhatIsRefusedComesBackWithTheRefusalOnTop) {
  EditorIs(
      "if grep -q '^#! ' \"$1\"; then cp \"$1\" \"$TMPDIR/seen\"; sed -i 's/bad/good/' \"$1\"; else echo "
      "'title: bad' >\"$1\"; fi");
  int sent = 0;
  const auto status = EditAndSend("title:\n", [&](const std::string& path) -> absl::Status {
    ++sent;
    if (!absl::StrContains(*ReadFile(path), "good")) return RefuseFields({{"protocol.title", "is too bad"}});
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(sent, 2);
  EXPECT_THAT(*ReadFile(folder_.path() + "/seen"),
              AllOf(StartsWith("#! "), HasSubstr("protocol.title is too bad"), HasSubstr("\ntitle: bad\n")));
}

TEST_F(Edit, ASecondRefusalTakesThePlaceOfTheFirst) {
  EditorIs(
      "n=$(cat \"$TMPDIR/n\" 2>/dev/null || echo 0); echo $((n+1)) >\"$TMPDIR/n\"; "
      "[ $n -lt 3 ] && echo \"# round $n\" >>\"$1\"; exit 0");
  const auto status =
      EditAndSend("title: x\n", [](const std::string&) { return absl::InvalidArgumentError("never"); });
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  const std::string text = *ReadFile(Left());
  EXPECT_EQ(text.find("never"), text.rfind("never")) << text;
}

TEST_F(Edit, SavedUnchangedNothingIsSentAndTheFileStays) {
  EditorIs("exit 0");
  const auto status = EditAndSend("title: x\n", [](const std::string&) -> absl::Status {
    ADD_FAILURE() << "sent";
    return absl::OkStatus();
  });
  EXPECT_TRUE(absl::IsCancelled(status));
  EXPECT_THAT(std::string(status.message()), AllOf(HasSubstr("nothing was sent"), HasSubstr(Left())));
  EXPECT_EQ(*ReadFile(Left()), "title: x\n");
}

TEST_F(Edit, WhatWasRefusedIsNotSentAgainByAnEditorThatAlwaysWritesTheSame) {
  EditorIs("echo 'title: a plan' >\"$1\"");
  int sent = 0;
  const auto status = EditAndSend("# Fill it in.\n", [&](const std::string&) {
    // More than two attempts would never end.
    return ++sent > 2 ? absl::OkStatus() : RefuseFields({{"title", "is too short"}});
  });
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  EXPECT_EQ(sent, 1);
}

TEST_F(Edit, WithoutAnyFieldNothingIsSent) {
  EditorIs("echo '# only words' >\"$1\"");
  EXPECT_TRUE(absl::IsCancelled(EditAndSend("title: x\n", [](const std::string&) -> absl::Status {
    ADD_FAILURE() << "sent";
    return absl::OkStatus();
  })));
}

TEST_F(Edit, AnEmptiedFileSendsNothingAndOneThatIsGoneIsNamed) {
  const auto send = [](const std::string&) -> absl::Status {
    ADD_FAILURE() << "sent";
    return absl::OkStatus();
  };
  EditorIs(": >\"$1\"");
  const auto emptied = EditAndSend("title: x\n", send);
  EXPECT_TRUE(absl::IsCancelled(emptied)) << emptied;
  EXPECT_THAT(std::string(emptied.message()), HasSubstr("nothing was sent"));
  EditorIs("rm \"$1\"");
  const auto gone = EditAndSend("title: x\n", send);
  EXPECT_EQ(accord::RuleOf(gone), "FILE_MISSING");
  EXPECT_THAT(std::string(gone.message()), AllOf(HasSubstr("request.yaml"), HasSubstr("No such file")));
}

// The comments on top move every line down, and replace those of the previous refusal.
TEST_F(Edit, TheLineThatARefusalNamesIsTheOneInTheEditor) {
  EditorIs(
      "n=$(cat \"$TMPDIR/n\" 2>/dev/null || echo 0); echo $((n+1)) >\"$TMPDIR/n\"; "
      "[ $n = 3 ] || echo \"# round $n\" >>\"$1\"; exit 0");
  int attempts = 0;
  const auto status = EditAndSend("title: x\nwrong: y\n", [&](const std::string& path) {
    const std::string text = *ReadFile(path);
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(text.find("\nwrong: y")) + 1;
    const auto line = std::count(text.begin(), begin, '\n') + 1;
    ++attempts;
    return absl::InvalidArgumentError(absl::StrCat(path, ":", line, ":1: wrong"));
  });
  EXPECT_TRUE(absl::IsCancelled(status)) << status;
  EXPECT_EQ(attempts, 3);
  const std::string path = Left(), text = *ReadFile(path);
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  const auto wrong = std::find(lines.begin(), lines.end(), "wrong: y") - lines.begin() + 1;
  EXPECT_THAT(text, HasSubstr(absl::StrCat(path, ":", wrong, ":1: wrong"))) << text;
}

TEST_F(Edit, WhatNobodyCanMendEndsItAndKeepsTheFile) {
  EditorIs("echo 'title: y' >\"$1\"");
  for (const absl::Status& fault :
       {absl::UnavailableError("no gateway"), absl::PermissionDeniedError("not yours")}) {
    const auto status = EditAndSend("title: x\n", [&](const std::string&) { return fault; });
    EXPECT_EQ(status.code(), fault.code());
    EXPECT_THAT(std::string(status.message()),
                AllOf(HasSubstr(std::string(fault.message())), HasSubstr("stays in ")));
  }
}

TEST_F(Edit, AnEditorThatFailsIsNamed) {
  EditorIs("exit 3");
  const auto status = EditAndSend("title: x\n", [](const std::string&) { return absl::OkStatus(); });
  EXPECT_THAT(std::string(status.message()),
              AllOf(HasSubstr("/editor"), HasSubstr("$EDITOR"), Not(HasSubstr("sent"))));
}

}  // namespace
}  // namespace accord::ctl
