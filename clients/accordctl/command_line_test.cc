#include "clients/accordctl/command_line.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/accordctl/core/kebab_case.h"
#include "clients/accordctl/core/nearest.h"
#include "clients/accordctl/core/nouns.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/resource_types.h"
#include "clients/accordctl/core/wrap_text.h"
#include "clients/accordctl/records/descriptor_commands.h"
#include "clients/accordctl/records/explain.h"
#include "clients/accordctl/records/help.h"
#include "clients/accordctl/testing/command_line_fixture.h"
#include "common/base/file.h"
#include "common/base/version.h"
#include "common/testing/matchers.h"
#include "common/testing/temp_dir.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> Lines(const std::string& text) { return absl::StrSplit(text, '\n'); }

void ExpectFits(const std::string& page, std::size_t most_lines) {
  EXPECT_LE(Lines(page).size() - 1, most_lines) << page;
  for (const std::string& line : Lines(page)) EXPECT_LE(line.size(), kHelpWidth) << line;
}

TEST_F(CommandLine, TheFirstPageIsOneScreenOfNounsByServiceWithoutAVerb) {
  const std::string page = Said("--help");
  ExpectFits(page, 80);
  EXPECT_THAT(page,
              AllOf(HasSubstr("Protocols and referrals"), HasSubstr("Prosecution"), HasSubstr("Intelligence"),
                    HasSubstr("Training"), HasSubstr("Registry"), HasSubstr("Audit"), HasSubstr("Views:"),
                    HasSubstr("Administration:"), HasSubstr("Exit codes:")));
  for (const Noun& noun : Nouns()) EXPECT_THAT(page, HasSubstr(noun.word));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("acknowledge")), Not(HasSubstr("record-community-notice"))));
}

TEST_F(CommandLine, ANounAloneListsWhatCanBeDoneWithItAndWhoMay) {
  const std::string page = Ran("referral");
  EXPECT_EQ(page, Said("referral --help"));
  EXPECT_THAT(page, AllOf(HasSubstr("acknowledge NAME"), HasSubstr("who: "), HasSubstr("police_member"),
                          HasSubstr("receiver"), HasSubstr("accordctl explain referral")));
  for (const Verb& verb : FindNoun("referral")->verbs) EXPECT_THAT(page, HasSubstr("  " + verb.word));
}

TEST_F(CommandLine, ThePageOfEveryNounTellsOfEveryVerbWhoMay) {
  for (const Noun& noun : Nouns()) {
    std::size_t verbs = 0, who = 0;
    for (const std::string& line : Lines(Ran(noun.word))) {
      verbs += line.size() > 2 && line.substr(0, 2) == "  " && line[2] != ' ' ? 1 : 0;
      who += absl::StrContains(line, "  who: ") ? 1 : 0;
    }
    EXPECT_GT(verbs, 0u) << noun.word;
    EXPECT_EQ(verbs, who) << noun.word;
  }
}

TEST_F(CommandLine, EveryListWithAFilterTellsItsFieldsAndOrders) {
  int lists = 0;
  for (const Noun& noun : Nouns()) {
    for (const Verb& verb : noun.verbs) {
      const Descriptor* request = verb.command->request();
      if (request->FindFieldByName("page_token") == nullptr || request->FindFieldByName("filter") == nullptr)
        continue;
      ++lists;
      const std::string page = Said(absl::StrCat(noun.word, " ", verb.word, " --help"));
      EXPECT_THAT(page, AllOf(HasSubstr("--filter"), HasSubstr("--order-by"))) << noun.word;
    }
  }
  EXPECT_GT(lists, 5);
  const std::string page = Said("referral list --help");
  EXPECT_THAT(page, AllOf(HasSubstr("Fields:"), HasSubstr("urgency"), HasSubstr("acknowledge_due")));
  EXPECT_THAT(Ran("__complete -- referral list --order-by creat"), HasSubstr("create_time\n"));
  EXPECT_THAT(Ran("explain referral create_time"), HasSubstr("lists filter and order by it"));
  EXPECT_THAT(Ran("explain referral state"), HasSubstr("lists filter by it"));
}

TEST_F(CommandLine, EveryPageFitsTheWidthOfAScreen) {
  for (const Noun& noun : Nouns()) {
    ExpectFits(Ran(noun.word), 200);
    for (const Verb& verb : noun.verbs) {
      if (verb.command->method.descriptor->client_streaming()) continue;
      const std::string page = Said(absl::StrCat(noun.word, " ", verb.word, " --help"));
      EXPECT_THAT(page, HasSubstr(FirstSentence(CommentOf(verb.command->method.descriptor)).substr(0, 40)));
      for (const std::string& line : Lines(page)) {
        // The form of a name is one word, and an example must be on one line so that it can
        // be copied.
        if (absl::StrContains(line, "agencies/{agency}/") || absl::StartsWith(line, "Example: ")) continue;
        EXPECT_LE(line.size(), kHelpWidth + 10) << noun.word << " " << verb.word << ": " << line;
      }
    }
  }
}

TEST_F(CommandLine, EveryCommandIsTypedEitherWayRound) {
  for (const Command& command : Commands()) {
    if (command.method.descriptor->client_streaming()) continue;
    const std::string name = TakesName(command) ? " agencies/a/things/t" : "";
    EXPECT_EQ(Said(TypedCommand(command).substr(10) + name), "") << command.method.path;
    EXPECT_EQ(Said(absl::StrCat(command.verb, " ", command.noun, name)), "") << command.method.path;
  }
}

// This counts the commands of RPCs whose options were built, so that they have more than the help option.
int Built(const CLI::App& above) {
  int built = 0;
  for (const CLI::App* one : above.get_subcommands([](const CLI::App*) { return true; })) {
    built += (CommandOf(one) != nullptr && one->get_options().size() > 1 ? 1 : 0) + Built(*one);
  }
  return built;
}

TEST_F(CommandLine, OnlyTheCommandThatALineLeadsToHasItsOptions) {
  EXPECT_EQ(Built(app_), 0) << "a start would pay for the options of every RPC";
  Said("referral --help");
  EXPECT_EQ(Built(app_), 0) << "the page of a noun tells no options";
  EXPECT_THAT(Said("referral create --help"), AllOf(HasSubstr("--template"), HasSubstr("Who may: ")));
  EXPECT_EQ(Built(app_), 1);
  // The function that reads the words of a line without parsing it knows the options too.
  EXPECT_THAT(EmptyWordText(app_, {"screen", "referral", "x", "--etag", ""}), HasSubstr("--etag is empty"));
  EXPECT_EQ(Built(app_), 2);
}

TEST_F(CommandLine, NounsTakeEitherNumber) {
  EXPECT_EQ(Said("referrals list"), "");
  EXPECT_EQ(Said("agencies list"), "");
  EXPECT_EQ(Said("agency enroll cas-york"), "");
}

// This checks the help of commands that are not an RPC's; an RPC's command has the comment of the RPC.
void ExpectInstructions(const CLI::App& above) {
  static const auto& verbs = *new std::set<std::string>{
      "Add",    "Admit",   "Ask",    "Attach", "Compare", "Count",  "Hold",     "Open",  "Seal",
      "Draft",  "Enter",   "Look",   "Read",   "Bring",   "Change", "Check",    "Copy",  "Cosign",
      "End",    "Explain", "Export", "Find",   "Forget",  "Give",   "Keep",     "Learn", "List",
      "Lodge",  "Make",    "Move",   "Print",  "Prove",   "Put",    "Register", "Renew", "Report",
      "Revoke", "Say",     "Show",   "Sign",   "Take",    "Tell",   "Write"};
  for (const CLI::App* one : above.get_subcommands([](const CLI::App*) { return true; })) {
    // A group of options is a command without a name.
    if (one->get_name().empty()) continue;
    const std::string& help = one->get_description();
    if (!help.empty() && CommandOf(one) == nullptr) {
      EXPECT_TRUE(verbs.contains(help.substr(0, help.find(' ')))) << one->get_name() << ": " << help;
      EXPECT_THAT(help, HasSubstr(" ")) << one->get_name();
    }
    ExpectInstructions(*one);
  }
}

TEST_F(CommandLine, EveryCommandOfItsOwnSaysWhatItDoesAsAnInstruction) { ExpectInstructions(app_); }

TEST_F(CommandLine, WhatHasNoNameIsNotPrintedByItsName) {
  for (const char* line : {"referral list-revisions x -o name", "completion-certificate verify -o name"}) {
    ASSERT_EQ(Said(line), "");
    EXPECT_THAT(std::string(session_.action().message()),
                HasSubstr("has no name; ask for table, json or yaml"))
        << line;
  }
}

TEST_F(CommandLine, ATemplateNeedsNeitherNameNorGateway) {
  EXPECT_THAT(Ran("referral create --template"),
              AllOf(HasSubstr("\nkind:\n"), HasSubstr("- missing_youth"), HasSubstr("\n#ground_code:\n"),
                    HasSubstr("accordctl referral create -f FILE")));
  EXPECT_THAT(Ran("record-community-notice referral --template"), HasSubstr("notice:"));
}

TEST_F(CommandLine, AFieldIsExplainedWithItsValuesAndWhoMayChangeIt) {
  const std::string page = Ran("explain referral kind");
  EXPECT_THAT(page, AllOf(HasSubstr("referral.kind: one of the values; required; set once"),
                          HasSubstr("missing_youth"), HasSubstr("accordctl referral create")));
  EXPECT_THAT(page, Not(HasSubstr("accordctl referral correct")));
  EXPECT_THAT(Ran("explain referral subject_ref"), HasSubstr("sensitive: victim_identity"));
  EXPECT_THAT(Ran("explain referral state"), HasSubstr("the service writes it"));
  EXPECT_THAT(Ran("explain referral screen outcome"), HasSubstr("Values:"));
  EXPECT_EQ(Ran("explain screen referral"), Ran("explain referral screen"));
}

TEST_F(CommandLine, APartOfAFieldThatHasNoneIsAnsweredWithWhatTheFieldIs) {
  const auto told = [this](const std::string& line) {
    EXPECT_EQ(Said(line), "");
    return std::string(session_.action().message());
  };
  EXPECT_THAT(
      told("explain referral kind.x"),
      AllOf(HasSubstr("there is no x in kind, which has no fields of its own: it is one of the values"),
            HasSubstr("; its values are "), HasSubstr("missing_youth")));
  EXPECT_THAT(
      told("explain referral name.x"),
      AllOf(HasSubstr("name, which has no fields of its own: it is text"), Not(HasSubstr("its values"))));
}

TEST_F(CommandLine, TheServiceWritesTheNameAndTheEtagOfEveryRecord) {
  EXPECT_THAT(Ran("explain referral name"), AllOf(HasSubstr("referral.name: text; written by the service"),
                                                  HasSubstr("Nobody sets it: the service writes it.")));
  EXPECT_THAT(Ran("explain referral etag"), Not(HasSubstr("accordctl referral acknowledge")));
  for (const ResourceType& resource : Resources()) {
    const Noun* noun = FindNoun(KebabCase(resource.option.singular()));
    if (noun == nullptr || noun->message != resource.message) continue;
    for (const char* field : {"name", "etag"}) {
      if (resource.message->FindFieldByName(field) == nullptr) continue;
      EXPECT_THAT(Ran(absl::StrCat("explain ", noun->word, " ", field)), HasSubstr("written by the service"));
    }
  }
}

TEST_F(CommandLine, AViewIsNoNounAndIsExplainedByItsOwnHelp) {
  EXPECT_EQ(Said("explain dashboard"), "");
  EXPECT_THAT(std::string(session_.action().message()), HasSubstr("`accordctl dashboard --help`"));
}

TEST_F(CommandLine, AnUnknownFieldIsAnsweredWithTheNearest) {
  EXPECT_THAT(std::string(Explanation({"referral", "urgncy"}).status().message()), HasSubstr("urgency"));
  EXPECT_THAT(std::string(Explanation({"referal"}).status().message()), HasSubstr("did you mean referral"));
  EXPECT_THAT(std::string(Explanation({"referral", "kind.deeper"}).status().message()), HasSubstr("deeper"));
}

TEST_F(CommandLine, AFileGoesIntoAFolderThatIsThereAndNothingIsMadeForAMisspeltOne) {
  const accord::testing::TempDir directory;
  const std::string missing = directory.path("reprots");
  for (const char* line :
       {"agreements --html", "audit export --out", "audit witness --public-key k --key", "board --html",
        "catchments --html", "claims --html", "coverage --html", "dashboard --html", "directory",
        "migrate export --out", "orders --html", "print-certificate c1 --html", "roster export --out",
        "strategy board --html", "strategy export awards", "strategy export iati"}) {
    EXPECT_THAT(Said(absl::StrCat(line, " ", missing, "/page")),
                HasSubstr(absl::StrCat("there is no folder ", missing, ": make it, or name another place")))
        << line;
    EXPECT_EQ(Said(absl::StrCat(line, " ", directory.path("page"))), "") << line;
  }
  // These make the folder that they are given, and none above it.
  for (const char* line : {"agency enroll cas-york --out", "audit move-out c --before 1 --out",
                           "audit tiles --out", "continuity key --out", "pki csr --out", "pki init --out"}) {
    EXPECT_THAT(Said(absl::StrCat(line, " ", missing, "/folder")),
                HasSubstr(absl::StrCat("there is no folder ", missing, ": make it, or name another place")))
        << line;
    EXPECT_EQ(Said(absl::StrCat(line, " ", directory.path("folder/"))), "") << line;
  }
  EXPECT_FALSE(std::filesystem::exists(missing));
  EXPECT_THAT(Said("board --html " + directory.path("")), HasSubstr("is a folder: name a file in it"));
  ASSERT_OK(WriteFile(directory.path("file"), "text", FileKind::kPrivate));
  EXPECT_THAT(Said("board --html " + directory.path("file/page")),
              HasSubstr(directory.path("file") + " is no folder: name another place"));
}

TEST_F(CommandLine, CompletionOffersNounsAndVerbs) {
  EXPECT_THAT(Ran("__complete refer"), HasSubstr("referral\n"));
  EXPECT_THAT(Ran("__complete ackn"), Not(HasSubstr("acknowledge")));
  EXPECT_THAT(Ran("__complete referral ackn"), HasSubstr("acknowledge\n"));
  EXPECT_THAT(Ran("__complete acknowledge ref"), HasSubstr("referral\n"));
}

TEST(Nearest, IsByLettersAndByParts) {
  EXPECT_EQ(EditDistance("", "abc"), 3u);
  EXPECT_EQ(EditDistance("lsit", "list"), 1u);
  EXPECT_EQ(EditDistance("acknowlege", "acknowledge"), 1u);
  EXPECT_THAT(Nearest("notice", {"record-community-notice", "note"}), Contains("record-community-notice"));
  EXPECT_TRUE(Nearest("zebra", {"referral", "protocol"}).empty());
  EXPECT_TRUE(Nearest(std::string(100'000, 'a'), {"referral"}).empty());
}

TEST(Nouns, EveryRpcStandsUnderExactlyOneAndNoTwoAreTypedAlike) {
  std::set<std::string> typed;
  for (const Noun& noun : Nouns()) {
    EXPECT_FALSE(noun.areas.empty()) << noun.word;
    for (const Verb& verb : noun.verbs) {
      EXPECT_TRUE(typed.insert(noun.word + " " + verb.word).second) << noun.word << " " << verb.word;
    }
  }
  EXPECT_EQ(typed.size(), Commands().size());
}

TEST(Nouns, WhatIsNoResourceIsDoneWithThatOfItsService) {
  EXPECT_NE(FindVerb(*FindNoun("case"), "assign-crown"), nullptr);
  EXPECT_NE(FindVerb(*FindNoun("cases"), "record-publication-ban"), nullptr);
  EXPECT_NE(FindVerb(*FindNoun("legal-hold"), "place"), nullptr);
}

TEST(Comments, EndTheirFirstSentenceWhereAReaderWould) {
  EXPECT_EQ(FirstSentence("Sign it. Then go on."), "Sign it.");
  EXPECT_EQ(FirstSentence("By s. 125 of the act. More."), "By s. 125 of the act.");
  EXPECT_EQ(FirstSentence("No end"), "No end");
  EXPECT_EQ(WrapText("one two three", 7), "one two\nthree");
  EXPECT_EQ(WrapText("one two three", 9, 2), "one two\n  three");
  EXPECT_EQ(WrapText("one\n  two", 9), "one\n  two");
}

TEST_F(CommandLine, SaysItsVersion) { EXPECT_EQ(Said("--version"), "accordctl " + accord::Version() + "\n"); }

TEST_F(CommandLine, ATemplateTakesNothingOutOfAFile) {
  ASSERT_EQ(Said("referral create -f my.yaml --template"), "");
  const absl::Status status = session_.action();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("--template prints a file to fill in"));
}

}  // namespace
}  // namespace accord::ctl
