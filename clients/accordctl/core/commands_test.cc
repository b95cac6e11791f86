#include "clients/accordctl/core/commands.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/command_line.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/records/line_mistakes.h"
#include "clients/accordctl/records/parsed_words.h"
#include "clients/accordctl/views/read_pages.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

TEST(Commands, EveryRpcForAgenciesIsOneCommandAndNoTwoShareAName) {
  std::set<std::string> methods, names;
  for (const Command& command : Commands()) {
    // One RPC serves all kinds of its package that have a history.
    if (command.verb == "history") {
      EXPECT_TRUE(command.resource->option.history()) << command.noun;
    } else {
      methods.insert(command.method.path);
    }
    EXPECT_TRUE(names.insert(command.verb + " " + command.noun).second)
        << command.verb << " " << command.noun;
  }
  std::size_t open = 0;
  for (const std::string& service : AllServices()) {
    if (IsInEveryProcess(service)) continue;
    const auto of_service = MethodsOf(service);
    for (const Method& method : *of_service) {
      if (method.grants.empty()) continue;
      ++open;
      EXPECT_TRUE(methods.contains(method.path)) << method.path;
    }
  }
  EXPECT_EQ(open, methods.size());
}

TEST(Commands, VerbsAndNounsComeOutOfTheNames) {
  const auto path = [](const char* verb, const char* noun) {
    const Command* command = FindCommand(verb, noun);
    return command == nullptr ? "" : command->method.path;
  };
  EXPECT_EQ(path("get", "referral"), "/accord.protocols.v1.ReferralService/GetReferral");
  EXPECT_EQ(path("get", "referrals"), "/accord.protocols.v1.ReferralService/GetReferral");
  EXPECT_EQ(path("list", "agencies"), "/accord.registry.v1.RegistryService/ListAgencies");
  EXPECT_EQ(path("open-consultation", "protocol"),
            "/accord.protocols.v1.ProtocolService/OpenProtocolConsultation");
  EXPECT_EQ(path("offer-for-signature", "protocol"),
            "/accord.protocols.v1.ProtocolService/OfferProtocolForSignature");
  EXPECT_EQ(path("get", "inclusion-proof"), "/accord.audit.v1.AuditService/GetInclusionProof");
  EXPECT_EQ(path("watch", "referrals"), "/accord.protocols.v1.ReferralService/WatchReferrals");
  EXPECT_EQ(path("append", "records"), "");
}

TEST(Commands, NounsStandInTheOrderOfTheirServices) {
  std::vector<std::string> words;
  for (const Noun& noun : Nouns()) words.push_back(noun.word);
  auto before = words.begin();
  for (const char* word :
       {"protocol", "referral", "inspector-referral", "joint-investigation", "dispute", "case", "accused"}) {
    const auto place = std::find(before, words.end(), word);
    ASSERT_TRUE(place != words.end()) << word << " does not follow those before it";
    before = place;
  }
}

TEST(Commands, EachHasTheCommentOfItsRpcForHelp) {
  for (const Command& command : Commands()) {
    EXPECT_NE(CommentOf(command.method.descriptor), "") << command.method.path;
  }
  EXPECT_EQ(CommentOf(FindCommand("screen", "referral")->request()->FindFieldByName("reason")),
            "It says why; the sender reads it.");
}

// This gives the documentation pages, keyed by their path from the root.
std::map<std::string, std::string> ReadPages() {
  namespace fs = std::filesystem;
  const fs::path root = std::getenv("ACCORD_SOURCE_DIR");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(root)) files.push_back(entry.path());
  for (const auto& entry : fs::recursive_directory_iterator(root / "docs")) files.push_back(entry.path());
  std::map<std::string, std::string> pages;
  for (const fs::path& file : files) {
    if (file.extension() != ".md") continue;
    std::ifstream in(file);
    pages[fs::relative(file, root).string()] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  return pages;
}

// This splits a line into words as a shell does, without the program's name. On a page, brackets enclose
// optional words, and N stands for a number.
std::vector<std::string> WordsOf(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  for (const char c : line + " ") {
    if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote != 0 ? '\0' : c;
    } else if (c == ' ' && quote == 0) {
      if (!word.empty() && word.front() != '>') words.push_back(word == "N" ? "12" : word);
      word.clear();
    } else if (c != '[' && c != ']') {
      word += c;
    }
  }
  if (!words.empty()) words.erase(words.begin());
  return words;
}

// This gives example lines that begin with the program's name; their explanation follows two blanks.
std::vector<std::string> ExamplesIn(const std::string& page) {
  std::vector<std::string> examples;
  std::string joined = page;
  for (std::size_t at; (at = joined.find("\\\n")) != std::string::npos;) {
    joined.erase(at, std::min(joined.find_first_not_of(' ', at + 2), joined.size()) - at);
  }
  for (std::string line : std::vector<std::string>(absl::StrSplit(joined, '\n'))) {
    if (!absl::StartsWith(line, "    ")) continue;
    line.erase(0, line.find_first_not_of(' '));
    if (absl::StartsWith(line, "$ ")) line.erase(0, 2);
    if (!absl::StartsWith(line, "accordctl ")) continue;
    // A pipe into another program is not part of accordctl's line.
    line.resize(std::min({line.size(), line.find("  "), line.find(" | ")}));
    examples.push_back(line);
  }
  return examples;
}

// This gives commands in backticks within a sentence, such as `accordctl audit verify`.
std::vector<std::string> MentionsIn(const std::string& page) {
  const std::string whole = absl::StrReplaceAll(page, {{"\n", " "}});
  std::vector<std::string> mentions;
  for (std::size_t at = 0; (at = whole.find("`accordctl ", at)) != std::string::npos;) {
    const std::size_t end = std::min(whole.find('`', at + 1), whole.size());
    mentions.push_back(whole.substr(at + 1, end - at - 1));
    at = end;
  }
  return mentions;
}

TEST(ThePages, EveryExampleInThemIsTakenAsItStands) {
  CLI::App app("", "accordctl");
  CommandSession session;
  AddAllCommands(&app, &session);
  int examples = 0;
  const auto pages = ReadPages();
  // A user who types an example has the folders that it names.
  const testing::TempDir directory;
  const std::filesystem::path home = std::filesystem::current_path();
  std::filesystem::current_path(directory.path(""));
  for (const auto& [name, page] : pages) {
    for (const std::string& line : ExamplesIn(page)) {
      ++examples;
      const std::vector<std::string> words = WordsOf(line);
      for (const std::string& word : words) {
        const std::filesystem::path folder = std::filesystem::path(word).parent_path();
        if (!folder.empty() && folder.is_relative()) std::filesystem::create_directories(folder);
      }
      try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
      } catch (const CLI::ParseError& error) {
        ADD_FAILURE() << name << ": " << line << "\n" << MistakeText(app, words, error);
      }
    }
  }
  std::filesystem::current_path(home);
  EXPECT_GT(examples, 40) << "they are found";
}

TEST(ThePages, EveryCommandThatTheyMentionExists) {
  CLI::App app("", "accordctl");
  CommandSession session;
  AddAllCommands(&app, &session);
  int mentions = 0;
  for (const auto& [name, page] : ReadPages()) {
    for (const std::string& line : MentionsIn(page)) {
      ++mentions;
      const ParsedWords parsed = ParseWords(app, WordsOf(line));
      // A group of options is a command without a name.
      const auto under =
          parsed.app->get_subcommands([](const CLI::App* one) { return !one->get_name().empty(); });
      const bool wants_word = !under.empty();
      EXPECT_TRUE(parsed.unknown_options.empty()) << name << ": " << line;
      EXPECT_TRUE(!wants_word || parsed.rest.empty()) << name << ": " << line;
    }
  }
  EXPECT_GT(mentions, 40) << "they are found";
}

TEST(ThePages, AWrongExampleWouldBeFound) {
  const std::string page =
      "Text `accordctl audit\nverify`.\n\n"
      "    $ accordctl agency enroll \\\n      cas-york --out \"a b\"   # why\n";
  ASSERT_EQ(ExamplesIn(page).size(), 1u);
  EXPECT_EQ(WordsOf(ExamplesIn(page)[0]),
            (std::vector<std::string>{"agency", "enroll", "cas-york", "--out", "a b"}));
  EXPECT_EQ(MentionsIn(page), (std::vector<std::string>{"accordctl audit verify"}));
  CLI::App app("", "accordctl");
  CommandSession session;
  AddAllCommands(&app, &session);
  EXPECT_FALSE(ParseWords(app, {"audit", "verfy"}).rest.empty());
  EXPECT_FALSE(ParseWords(app, {"audit", "verify", "--no-such"}).unknown_options.empty());
}

}  // namespace
}  // namespace accord::ctl
