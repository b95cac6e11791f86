#include "clients/accordctl/records/help.h"

#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/testing/command_line_fixture.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// This collects the texts of the help below one command that have no French.
void AddUnspoken(const CLI::App& of, std::vector<std::string>* unspoken) {
  const auto look = [&](const std::string& text) {
    if (!text.empty() && !HasText(text)) unspoken->push_back(absl::StrCat(of.get_name(), ": ", text));
  };
  look(of.get_description());
  // Who may call is told in the words of the protos.
  if (!absl::StartsWith(of.get_footer(), "Who may: ")) look(of.get_footer());
  for (const CLI::Option* option : of.get_options([](const CLI::Option*) { return true; })) {
    look(option->get_description());
  }
  for (const CLI::App* one : of.get_subcommands([](const CLI::App*) { return true; })) {
    AddUnspoken(*one, unspoken);
  }
}

TEST_F(CommandLine, TheHelpOfEveryViewIsThereInFrench) {
  std::vector<std::string> unspoken;
  const auto views = app_.get_subcommands([](const CLI::App* one) { return one->get_group() == "Views"; });
  EXPECT_GE(views.size(), 15u);
  for (const CLI::App* view : views) AddUnspoken(*view, &unspoken);
  EXPECT_THAT(unspoken, ::testing::IsEmpty());
}

TEST_F(CommandLine, APageOfHelpSpeaksTheLanguageOfItsReader) {
  EXPECT_THAT(Said("dashboard --help"), AllOf(HasSubstr("Show what waits for you"),
                                              HasSubstr("Usage: accordctl"), HasSubstr("\nOptions:\n")));
  const Speaking french(Language::kFrench);
  EXPECT_THAT(
      Said("dashboard --help"),
      AllOf(HasSubstr("Montrer ce qui vous attend"), HasSubstr("Utilisation\u00a0: accordctl dashboard"),
            HasSubstr("\nOptions\u00a0:\n"), HasSubstr("La fin que vous nommez"),
            HasSubstr("Montrer cette aide"), Not(HasSubstr("Show")), Not(HasSubstr("Print this"))));
  EXPECT_THAT(Said("handover --help"), HasSubstr("OBLIGATOIRE"));
  EXPECT_THAT(HelpFrontPage(app_),
              AllOf(HasSubstr("\nVues\u00a0:\n"), HasSubstr("Montrer ce qui vous attend")));
}

TEST_F(CommandLine, TheFrontPageIsWhollyThereInFrench) {
  std::vector<std::string> unspoken;
  const auto look = [&](const std::string& text) {
    if (!HasText(text)) unspoken.push_back(text);
  };
  for (const std::string& area : NounAreas()) look(area);
  for (const CLI::App* one : app_.get_subcommands([](const CLI::App*) { return true; })) {
    if (one->get_group() == "Views" || one->get_group() == "Administration") look(one->get_description());
  }
  for (const CLI::Option* option : app_.get_options([](const CLI::Option*) { return true; })) {
    look(option->get_description());
  }
  EXPECT_THAT(unspoken, ::testing::IsEmpty());
  EXPECT_THAT(HelpFrontPage(app_),
              AllOf(HasSubstr("Work with Accord from the command line.\nUsage: accordctl"),
                    HasSubstr("\n  Protocols and referrals   protocol, ")));
  const Speaking french(Language::kFrench);
  EXPECT_THAT(
      HelpFrontPage(app_),
      AllOf(HasSubstr("Travailler avec Accord"), HasSubstr("Utilisation\u00a0: accordctl"),
            HasSubstr("\n  Protocoles et aiguillages          protocol, "),
            HasSubstr("\n  Stratégie                          "), HasSubstr("cette page"),
            HasSubstr("Codes de sortie"), Not(HasSubstr("Prove that")), Not(HasSubstr("Exit codes"))));
}

TEST_F(CommandLine, TheWordOfAServiceListsItsNouns) {
  EXPECT_THAT(Ran("intelligence"),
              AllOf(HasSubstr("Intelligence\n"), HasSubstr("\n  report  "), HasSubstr("\n  purge-notice  "),
                    HasSubstr("`accordctl NOUN` lists what can be done")));
  EXPECT_THAT(Ran("protocols"),
              AllOf(HasSubstr("Usage: accordctl protocol VERB"),
                    HasSubstr("\nProtocols and referrals: protocol, "), HasSubstr("referral")));
  // These have commands of their own, which stay.
  EXPECT_THAT(Ran("audit"), AllOf(HasSubstr("\n  entry  "), HasSubstr("\n  audit verify  ")));
  EXPECT_THAT(Ran("strategy"), AllOf(HasSubstr("\n  initiative  "), HasSubstr("\n  strategy initiatives  ")));
  EXPECT_THAT(Ran("training"), AllOf(HasSubstr("Usage: accordctl training VERB"), HasSubstr("\nTraining: "),
                                     HasSubstr("course")));
  for (const char* service : {"prosecution", "supports", "registry"}) {
    EXPECT_THAT(Ran(service), HasSubstr("`accordctl NOUN` lists")) << service;
  }
  EXPECT_THAT(HelpFrontPage(app_), Not(HasSubstr("\n  intelligence")));
}

}  // namespace
}  // namespace accord::ctl
