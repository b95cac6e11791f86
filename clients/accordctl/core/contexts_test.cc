#include "clients/accordctl/core/contexts.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/exit_code.h"
#include "common/base/error.h"
#include "common/base/file.h"
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

TEST(TheContextsFile, OfANameThatCannotBeLookedUpIsRefusedByIt) {
  const testing::TempDir directory;
  const absl::Status status = ReadContexts(directory.path(std::string(5000, 'x'))).status();
  EXPECT_EQ(accord::RuleOf(status), "FILE_MISSING") << status;
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("the file of contexts: "));
}

TEST(TheContextsFile, IsRefusedByTheLineOfAKeyThatItDoesNotHave) {
  const testing::TempDir directory;
  const std::string path = directory.path("accordctl.yaml");
  const auto said = [&](const std::string& text) {
    EXPECT_TRUE(WriteFile(path, text, FileKind::kSecret).ok());
    return std::string(ReadContexts(path).status().message());
  };
  const std::string misspelt = said("current: york\ncontexts:\n  york:\n    adress: localhost:7400\n");
  EXPECT_EQ(
      misspelt.find(path + ":4:5: unknown or malformed key contexts.york.adress; did you mean address? "), 0u)
      << misspelt;
  EXPECT_THAT(misspelt, ::testing::HasSubstr("the keys here are actor, address, "));
  EXPECT_EQ(said("contexts:\n  york: [a]\n").find(path + ":2:3: unknown or malformed key contexts.york; "),
            0u);
  EXPECT_THAT(said("contxts: {}\n"), ::testing::HasSubstr("key contxts; did you mean contexts? "));
  EXPECT_THAT(said("- york\n"),
              ::testing::HasSubstr(": must be a mapping with the keys current and contexts"));
}

TEST(TheContextsFile, IsWhereAVariableSaysUnlessItIsEmpty) {
  const char* before = std::getenv("XDG_CONFIG_HOME");
  const std::string kept = before == nullptr ? "" : before;
  setenv("XDG_CONFIG_HOME", "/elsewhere", 1);
  setenv("ACCORD_CONFIG", "", 1);
  EXPECT_EQ(DefaultContextsFile(), "/elsewhere/accord/accordctl.yaml");
  setenv("ACCORD_CONFIG", "/named.yaml", 1);
  EXPECT_EQ(DefaultContextsFile(), "/named.yaml");
  unsetenv("ACCORD_CONFIG");
  setenv("XDG_CONFIG_HOME", "", 1);
  EXPECT_THAT(DefaultContextsFile(), ::testing::EndsWith("/.config/accord/accordctl.yaml"));
  if (kept.empty())
    unsetenv("XDG_CONFIG_HOME");
  else
    setenv("XDG_CONFIG_HOME", kept.c_str(), 1);
}

TEST(ASession, NamesTheContextsThatAreNearAMistypedOne) {
  const testing::TempDir directory;
  CommandSession session;
  session.contexts_file = directory.path("accordctl.yaml");
  session.context_name = "yrok";
  EXPECT_THAT(std::string(session.context().status().message()),
              ::testing::HasSubstr("there is no contexts file"));
  ASSERT_TRUE(WriteContexts(session.contexts_file, ContextOfYork()).ok());
  EXPECT_THAT(std::string(session.context().status().message()),
              ::testing::HasSubstr("has no context yrok; did you mean york? `accordctl context list`"));
}

class ContextCommands : public ::testing::Test {
 protected:
  ContextCommands() {
    AddGlobalOptions(&app_, &session_);
    AddContextCommands(&app_, &session_);
    session_.contexts_file = directory_.path("accordctl.yaml");
    EXPECT_TRUE(WriteContexts(session_.contexts_file, ContextOfYork()).ok());
  }

  const testing::TempDir directory_;
  CLI::App app_{"", "accordctl"};
  CommandSession session_;
};

TEST_F(ContextCommands, SayThatThereIsNoContextToUseOrToForget) {
  for (const char* line : {"context use yrok", "context remove yrok"}) {
    app_.parse(line);
    const absl::Status status = session_.Run();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << line;
    EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("did you mean york?")) << line;
  }
}

TEST_F(ContextCommands, KeepNoAddressThatIsNone) {
  for (const char* address : {"localhost", "https://localhost:7400", "::1:7400"}) {
    app_.parse(absl::StrCat("context set peel --address ", address));
    const absl::Status status = session_.Run();
    EXPECT_EQ(accord::RuleOf(status), "ADDRESS_MALFORMED") << address;
    EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr(", as in ")) << address;
  }
  const auto kept = ReadContexts(session_.contexts_file);
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_FALSE(kept->all.contains("peel"));
}

TEST_F(ContextCommands, KeepNoFileThatIsNotThereAndNameIt) {
  for (const char* option : {"--ca-file", "--certificate-file", "--key-file"}) {
    for (const std::string& path : {directory_.path("nosuch.pem"), directory_.path(".")}) {
      // Option values of one line would stay in the command, so each line gets a new one.
      CLI::App app{"", "accordctl"};
      AddGlobalOptions(&app, &session_);
      AddContextCommands(&app, &session_);
      app.parse(absl::StrCat("context set peel --address localhost:7500 ", option, " ", path));
      const absl::Status status = session_.Run();
      EXPECT_EQ(accord::RuleOf(status), "FILE_MISSING") << status;
      EXPECT_THAT(std::string(status.message()),
                  ::testing::AllOf(::testing::HasSubstr(option), ::testing::HasSubstr(directory_.path("")),
                                   ::testing::HasSubstr("nothing was kept: correct the path")));
    }
  }
  const auto kept = ReadContexts(session_.contexts_file);
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_FALSE(kept->all.contains("peel"));
}

TEST_F(ContextCommands, KeepAFileThatIsThereByItsWholePath) {
  std::ofstream(directory_.path("ca.crt")) << "a certificate";
  app_.parse(absl::StrCat("context set peel --address localhost:7500 --ca-file ", directory_.path("ca.crt")));
  const absl::Status status = session_.Run();
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(ReadContexts(session_.contexts_file)->all.at("peel").ca_file, directory_.path("ca.crt"));
}

TEST_F(ContextCommands, SayWhatTheyKeptAndWhichContextIsCurrent) {
  const auto told = [&](const std::string& line) {
    app_.parse(line);
    ::testing::internal::CaptureStderr();
    const absl::Status status = session_.Run();
    const std::string said = ::testing::internal::GetCapturedStderr();
    EXPECT_TRUE(status.ok()) << status;
    return said;
  };
  EXPECT_EQ(told("context use york"), "context york at localhost:7400: it is the current one\n");
  EXPECT_EQ(told("context set peel --address localhost:7500 --language fr"),
            "contexte peel à localhost:7500\u00a0: il est retenu, et `accordctl context use peel` en fait le "
            "contexte courant\n");
}

TEST(ASession, IsEndedByNothingThatACommandThrows) {
  CommandSession session;
  EXPECT_TRUE(session.Run().ok()) << "there is nothing to do";
  session.action = [] {
    const bool is_there = fs::exists(std::string(5000, 'x'));
    return is_there ? absl::OkStatus() : absl::NotFoundError("no");
  };
  const absl::Status path = session.Run();
  EXPECT_EQ(accord::RuleOf(path), "FILE_MISSING") << path;
  session.action = []() -> absl::Status { throw std::out_of_range("the third"); };
  const absl::Status fault = session.Run();
  EXPECT_EQ(ExitCodeOf(fault), kOther) << fault;
  EXPECT_THAT(std::string(fault.message()), ::testing::HasSubstr("the third"));
}

TEST(TheContextsFile, ThatIsNotThereIsNamedByWhoeverNeedsAGateway) {
  const testing::TempDir directory;
  CommandSession session;
  session.contexts_file = directory.path("nosuch.yaml");
  EXPECT_THAT(std::string(session.client().status().message()),
              ::testing::AllOf(::testing::HasSubstr("there is no contexts file " + session.contexts_file),
                               ::testing::HasSubstr("--config or ACCORD_CONFIG")));
  session.context_name = "york";
  EXPECT_THAT(std::string(session.context().status().message()),
              ::testing::HasSubstr(session.contexts_file + ", and so no context york"));
  session.context_name.clear();
  ASSERT_TRUE(WriteContexts(session.contexts_file, Contexts()).ok());
  EXPECT_THAT(std::string(session.client().status().message()),
              ::testing::HasSubstr(session.contexts_file + " has no current context"));
}

TEST(TheContextsFile, WithoutAContextIsSaidToHaveNone) {
  const testing::TempDir directory;
  CommandSession session;
  session.contexts_file = directory.path("nosuch.yaml");
  CLI::App app("test", "accordctl");
  AddContextCommands(&app, &session);
  app.parse("context list");
  ::testing::internal::CaptureStderr();
  EXPECT_TRUE(session.action().ok());
  EXPECT_THAT(::testing::internal::GetCapturedStderr(),
              ::testing::HasSubstr("there is no context in " + session.contexts_file));
}

}  // namespace
}  // namespace accord::ctl
