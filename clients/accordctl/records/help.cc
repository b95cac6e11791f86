#include "clients/accordctl/records/help.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "clients/accordctl/core/command_example.h"
#include "clients/accordctl/core/proto_comments.h"
#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/core/who_may_call.h"
#include "clients/accordctl/core/wrap_text.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

// These are the columns where descriptions begin: of options, of a noun's verbs, and of an area's nouns
// at least.
constexpr std::size_t kColumn = 36, kVerbColumn = 34, kAreaColumn = 26;
constexpr char kExitCodes[] =
    "Exit codes: 0 done; 2 wrong use; 3 refused; 4 not found, or not yours to see; 5 conflict (changed, "
    "exists, wrong state); 6 invalid; 7 try again later; 8 verification failed; 1 anything else.";
constexpr char kNounHelp[] =
    "`accordctl NOUN` lists what can be done and who may; `accordctl explain NOUN` tells its fields.";

// This gives the number of characters; letters with accents have several bytes.
std::size_t HelpLetterCount(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }));
}

std::string PaddedHelpColumn(const std::string& text, std::size_t width) {
  const std::size_t letters = HelpLetterCount(text);
  return text + std::string(letters < width ? width - letters : 1, ' ');
}

std::string HelpOfArea(const std::string& area) {
  std::vector<std::string> words;
  for (const Noun& noun : Nouns()) {
    if (noun.areas.contains(area)) words.push_back(noun.word);
  }
  return absl::StrJoin(words, ", ");
}

// This gives the subcommands under one heading with the first clause of their descriptions.
std::string HelpOfSubcommands(const CLI::App& app, const std::string& group) {
  std::string out;
  for (const CLI::App* one :
       app.get_subcommands([&](const CLI::App* sub) { return sub->get_group() == group; })) {
    const std::string help = Text(one->get_description());
    absl::StrAppend(&out, "  ", PaddedHelpColumn(one->get_name(), 19), help.substr(0, help.find(';')), "\n");
  }
  return out;
}

std::string OptionsHelp(const CLI::App& app) {
  std::vector<std::string> options;
  for (const CLI::Option* option :
       app.get_options([](const CLI::Option* one) { return one->nonpositional(); })) {
    const std::string& help = option->get_description();
    options.push_back(absl::StrCat(option->get_name(false, true), " ",
                                   option == app.get_help_ptr() ? Text("this page") : Text(help)));
  }
  return absl::StrJoin(options, "; ") + ".";
}

// This prints all pages except those of the root and the nouns in CLI11's layout, within the width.
class Pages : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    if (app->get_parent() == nullptr) return HelpFrontPage(*app);
    const bool below_root = app->get_parent()->get_parent() == nullptr;
    const Noun* noun = below_root ? FindNoun(app->get_name()) : nullptr;
    if (noun != nullptr && mode == CLI::AppFormatMode::Normal) return HelpNounPage(*noun, app);
    return TranslatedHelp(CLI::Formatter::make_help(app, name, mode));
  }
  std::string make_description(const CLI::App* app) const override {
    std::string text = CLI::Formatter::make_description(app);
    // The description may be followed by how many options are required.
    const std::string& help = app->get_description();
    if (absl::StartsWith(text, help)) text.replace(0, help.size(), Text(help));
    return WrapText(text, kHelpWidth);
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    return absl::StrReplaceAll(CLI::Formatter::make_option_opts(option), {{"REQUIRED", Text("REQUIRED")}});
  }
  std::string make_option_desc(const CLI::Option* option) const override {
    return WrapText(Text(CLI::Formatter::make_option_desc(option)), kHelpWidth - kColumn);
  }
  std::string make_subcommand(const CLI::App* sub) const override {
    return absl::StrCat("  ", PaddedHelpColumn(sub->get_name(), kColumn - 2),
                        WrapText(Text(sub->get_description()), kHelpWidth, kColumn), "\n");
  }
  std::string make_footer(const CLI::App* app) const override {
    const std::string footer = app->get_footer();
    return footer.empty() ? "" : Text(footer) + "\n";
  }

 private:
  // This translates the headings of a page, which CLI11 writes in English, into the session's language.
  static std::string TranslatedHelp(std::string page) {
    constexpr absl::string_view kHead = "Usage:";
    const std::size_t usage = page.find("Usage: accordctl");
    if (usage != std::string::npos) page.replace(usage, kHead.size(), Text("Usage:"));
    return absl::StrReplaceAll(page, {{"\nOptions:\n", absl::StrCat("\n", Text("Options:"), "\n")},
                                      {"\nPositionals:\n", absl::StrCat("\n", Text("Positionals:"), "\n")},
                                      {"\nSubcommands:\n", absl::StrCat("\n", Text("Subcommands:"), "\n")}});
  }
};

}  // namespace

std::string HelpFrontPage(const CLI::App& app) {
  std::string out = absl::StrCat(Text("Work with Accord from the command line."), "\n",
                                 Text("Usage: accordctl [OPTIONS] NOUN VERB [NAME] [OPTIONS]"), "\n",
                                 WrapText(Text(kNounHelp), kHelpWidth), "\n",
                                 Text("The last part of a NAME is enough where it is unique."), "\n\n");
  absl::StrAppend(&out, Text("Nouns:"), "\n");
  std::size_t widest = kAreaColumn;
  for (const std::string& area : NounAreas()) widest = std::max(widest, HelpLetterCount(Text(area)) + 2);
  for (const std::string& area : NounAreas()) {
    absl::StrAppend(&out, "  ", PaddedHelpColumn(Text(area), widest),
                    WrapText(HelpOfArea(area), kHelpWidth, widest + 2), "\n");
  }
  const std::string options = absl::StrCat(Text("Options:"), " ", OptionsHelp(app));
  absl::StrAppend(&out, "\n", Text("Views:"), "\n", HelpOfSubcommands(app, "Views"), "\n",
                  Text("Administration:"), "\n", HelpOfSubcommands(app, "Administration"), "\n",
                  WrapText(options, kHelpWidth), "\n", WrapText(Text(kExitCodes), kHelpWidth), "\n");
  return out;
}

std::string HelpNounPage(const Noun& noun, const CLI::App* app) {
  std::string out;
  if (noun.message != nullptr) {
    const std::string comment = CommentOf(noun.message);
    if (!comment.empty()) absl::StrAppend(&out, WrapText(comment, kHelpWidth), "\n");
  }
  std::string usage = absl::StrCat("Usage: accordctl ", noun.word, " VERB [NAME] [OPTIONS]\n`accordctl ",
                                   noun.word, " VERB --help` tells the options of one.");
  if (noun.message != nullptr)
    absl::StrAppend(&usage, " `accordctl explain ", noun.word, "` tells the fields.");
  absl::StrAppend(&out, WrapText(usage, kHelpWidth), "\n\n");
  for (const Verb& verb : noun.verbs) {
    const Command& command = *verb.command;
    if (command.method.descriptor->client_streaming()) continue;
    const std::string head = verb.word + (TakesName(command) ? " NAME" : "");
    absl::StrAppend(
        &out, "  ", PaddedHelpColumn(head, kVerbColumn),
        WrapText(FirstSentence(CommentOf(command.method.descriptor)), kHelpWidth, kVerbColumn + 2), "\n",
        std::string(kVerbColumn + 4, ' '),
        WrapText("who: " + WhoMayCall(command.method), kHelpWidth, kVerbColumn + 4), "\n");
  }
  for (const CLI::App* one : app->get_subcommands([](const CLI::App*) { return true; })) {
    if (FindVerb(noun, one->get_name()) != nullptr) continue;
    absl::StrAppend(&out, "  ", PaddedHelpColumn(one->get_name(), kVerbColumn),
                    WrapText(Text(one->get_description()), kHelpWidth, kVerbColumn + 2), "\n");
    const std::string footer = one->get_footer();
    absl::string_view who = footer;
    if (!absl::ConsumePrefix(&who, "Who may: ")) continue;
    absl::ConsumeSuffix(&who, ".");
    absl::StrAppend(&out, std::string(kVerbColumn + 4, ' '),
                    WrapText(absl::StrCat("who: ", who), kHelpWidth, kVerbColumn + 4), "\n");
  }
  // The words `protocols` and `training` are those of services too.
  for (const std::string& word : {noun.other, noun.word}) {
    const std::string area = AreaOfService(word);
    if (!noun.areas.contains(area)) continue;
    absl::StrAppend(&out, "\n", WrapText(absl::StrCat(Text(area), ": ", HelpOfArea(area)), kHelpWidth), "\n");
    break;
  }
  return out;
}

std::string HelpServicePage(const std::string& service, const CLI::App& app) {
  const std::string area = AreaOfService(service);
  std::string out = Text(area) + "\n";
  for (const Noun& noun : Nouns()) {
    if (!noun.areas.contains(area)) continue;
    const std::string comment = noun.message == nullptr ? "" : FirstSentence(CommentOf(noun.message));
    absl::StrAppend(&out, "  ", PaddedHelpColumn(noun.word, kVerbColumn),
                    WrapText(comment, kHelpWidth, kVerbColumn + 2), "\n");
  }
  // A group of options is a command without a name.
  const auto own = app.get_subcommands([](const CLI::App* one) { return !one->get_name().empty(); });
  if (!own.empty()) absl::StrAppend(&out, "\n", Text("Subcommands:"), "\n");
  for (const CLI::App* one : own) {
    absl::StrAppend(&out, "  ", PaddedHelpColumn(absl::StrCat(service, " ", one->get_name()), kVerbColumn),
                    WrapText(Text(one->get_description()), kHelpWidth, kVerbColumn + 2), "\n");
  }
  return absl::StrCat(out, "\n", WrapText(Text(kNounHelp), kHelpWidth), "\n");
}

std::string HelpLeafFooter(const Command& command) {
  std::set<std::string> purposes;
  for (const annotations::v1::Grant& grant : command.method.grants) {
    for (const int purpose : grant.purposes()) purposes.insert(PurposeName(static_cast<Purpose>(purpose)));
  }
  const std::string who =
      absl::StrCat("Who may: ", WhoMayCall(command.method), ".", purposes.empty() ? "" : " With --purpose ",
                   absl::StrJoin(purposes, " or "), purposes.empty() ? "" : ".");
  const std::string example = absl::StrCat("Example: ", ExampleOfCommand(command));
  return absl::StrCat(WrapText(who, kHelpWidth), "\n", example, "\n",
                      WrapText(absl::StrCat("RPC ", command.method.path.substr(1), ", permission ",
                                            command.method.rule.permission()),
                               kHelpWidth));
}

std::shared_ptr<CLI::FormatterBase> HelpPages() {
  auto pages = std::make_shared<Pages>();
  pages->column_width(kColumn);
  return pages;
}

}  // namespace accord::ctl
