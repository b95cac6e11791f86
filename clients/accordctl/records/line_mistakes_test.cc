#include "clients/accordctl/records/line_mistakes.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "clients/accordctl/core/request_line.h"
#include "clients/accordctl/core/session_language.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/testing/command_line_fixture.h"

namespace accord::ctl {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(CommandLine, AnUnknownWordIsAnsweredWithTheNearest) {
  EXPECT_THAT(Said("referal list"), AllOf(HasSubstr("`referal`"), HasSubstr("did you mean: referral")));
  EXPECT_THAT(Said("referral acknowlege x"),
              AllOf(HasSubstr("did you mean: acknowledge"), HasSubstr("accordctl referral")));
  EXPECT_THAT(Said("screen referal x"), HasSubstr("did you mean: referral"));
  EXPECT_THAT(Said("screen protocol x"), HasSubstr("accordctl protocol"));
  EXPECT_THAT(Said("dashbord"), HasSubstr("did you mean: dashboard"));
  EXPECT_THAT(Said("referral qqqq"), HasSubstr("can be done with a referral\n"));
  EXPECT_THAT(Said("attachment qqqq"), HasSubstr("can be done with an attachment\n"));
  EXPECT_THAT(Said("referral 01m8a5dx"), HasSubstr("accordctl referral get 01m8a5dx"));
  EXPECT_THAT(Said("referral screen x --otcome joint"), HasSubstr("did you mean: --outcome"));
  EXPECT_THAT(Said("qqqqqq"), AllOf(HasSubstr("`qqqqqq`"), HasSubstr("accordctl --help")));
}

TEST_F(CommandLine, AWordThatOtherProgramsUseIsAnsweredWithTheVerbThatItHasHere) {
  EXPECT_EQ(Said("referral history 01m8hnw00"), "") << "the word that all other records have works";
  EXPECT_THAT(Said("referral log 01m8hnw00"),
              AllOf(HasSubstr("accordctl referral list-revisions 01m8hnw00"), Not(HasSubstr("get log"))));
  EXPECT_THAT(Said("case list-revisions 01m8hnw00"), HasSubstr("accordctl case history 01m8hnw00"));
  EXPECT_THAT(Said("referral show 01m8hnw00"), HasSubstr("accordctl referral get 01m8hnw00"));
  EXPECT_THAT(Said("referral show"), HasSubstr("accordctl referral get 01m8a5dx"));
  EXPECT_THAT(Said("referral new"), HasSubstr("accordctl referral create -f FILE"));
  EXPECT_THAT(Said("referral qqqq"), Not(HasSubstr("get qqqq"))) << "no name has this form";
  EXPECT_THAT(Said("agency qqqq"), HasSubstr("accordctl agency get qqqq"));
}

TEST_F(CommandLine, AListWithoutAFilterSaysSo) {
  EXPECT_THAT(Said("colleagues list --filter x=y"),
              AllOf(HasSubstr("this list takes no filter"), Not(HasSubstr("did you mean: --file"))));
}

TEST_F(CommandLine, AFieldThatWasTakenForAnOptionIsAnsweredWithHowItIsGiven) {
  EXPECT_THAT(Said("referral create --kind missing_youth"),
              AllOf(HasSubstr("no option --kind"), HasSubstr("--set kind=missing_youth")));
  EXPECT_THAT(Said("referral create --to-agency=ps-york"), HasSubstr("--set to_agency=ps-york"));
  EXPECT_THAT(Said("referral create --kind --dry-run"), HasSubstr("--set kind=..."));
  EXPECT_THAT(Said("referral create --create-time now"), Not(HasSubstr("--set"))) << "the service writes it";
}

TEST_F(CommandLine, AWordThatAFieldDoesNotTakeIsAnsweredWithThoseThatItTakes) {
  const auto refused = [](const char* verb, const char* noun, const char* field, const char* word) {
    RequestLine line;
    line.name = "x";
    line.one[field] = word;
    return std::string(AssembleRequest(*FindCommand(verb, noun), line).status().message());
  };
  EXPECT_THAT(refused("screen", "referral", "outcome", "jiont"),
              AllOf(HasSubstr("outcome: is not one of joint, cas_lead, "), HasSubstr("did you mean joint?"),
                    Not(HasSubstr("acknowledged"))));
  EXPECT_THAT(refused("advance", "course", "event", "aprove"),
              HasSubstr("event: is not one of approve, retire; did you mean approve?"));
  EXPECT_EQ(refused("advance", "course", "event", "approve"), "");
}

TEST_F(CommandLine, AnUnknownOptionBeforeTheCommandIsNamedAndNotWhatFollowsIt) {
  EXPECT_THAT(Said("--contxt york referral list"),
              AllOf(HasSubstr("no option --contxt"), HasSubstr("did you mean: --context")));
  EXPECT_THAT(Said("referal list --frob"), HasSubstr("did you mean: referral"));
}

TEST_F(CommandLine, AValueThatIsMissingOrDoesNotFitIsNamedInPlainWords) {
  EXPECT_THAT(Said("referral list --limit x"), HasSubstr("accordctl: --limit: must be a whole number"));
  EXPECT_THAT(Said("referral list --limit 99999999999"), HasSubstr("must be at most 999999999"));
  EXPECT_THAT(Said("referral list --limit -1"), HasSubstr("must be a whole number from 1 on"));
  EXPECT_THAT(Said("referral list --timeout 0"), HasSubstr("--timeout: must be a number of seconds above 0"));
  EXPECT_THAT(Said("referral list --timeout inf"), HasSubstr("above 0"));
  EXPECT_THAT(Said("referral list -o jsn"), HasSubstr("\n  did you mean: json\n"));
  EXPECT_THAT(Said("referral list -o qqqqqq"), Not(HasSubstr("did you mean")));
  EXPECT_THAT(Said("referral list --sent-to-us=maybe"), HasSubstr("--sent-to-us does not take `maybe`"));
  EXPECT_THAT(Said("referral screen x --etag"), HasSubstr("accordctl: --etag wants a value behind it"));
}

TEST_F(CommandLine, WhatIsMissingIsAnsweredWithTheLineThatHasIt) {
  EXPECT_THAT(Said("roster import"), AllOf(HasSubstr("file is required\n"),
                                           HasSubstr("\n  how it goes: accordctl roster import FILE\n")));
  EXPECT_THAT(Said("pki sign"), HasSubstr("\n  how it goes: accordctl pki sign --ca ... --csr ... "));
  EXPECT_THAT(Said("context set"),
              AllOf(HasSubstr("wants a name\n"), HasSubstr("accordctl context set NAME\n")));
}

TEST_F(CommandLine, AMethodThatThereIsNotIsAnsweredWithTheNearest) {
  const auto told = [this](const std::string& line) {
    EXPECT_EQ(Said(line), "");
    return std::string(session_.action().message());
  };
  EXPECT_THAT(told("access explain referal screen"), HasSubstr("did you mean referral?"));
  EXPECT_THAT(told("access explain referral scren"),
              AllOf(HasSubstr("did you mean screen?"), HasSubstr("`accordctl referral` lists")));
  EXPECT_THAT(told("access explain referral"), HasSubstr("`accordctl referral` lists what can be done"));
  EXPECT_THAT(told("access explain qqqq qqqq"), HasSubstr("`accordctl access matrix` lists all"));
}

TEST_F(CommandLine, AMissingNameIsAnsweredWithAnExample) {
  for (const char* line : {"referral acknowledge", "acknowledge referral"}) {
    EXPECT_THAT(Said(line), AllOf(HasSubstr("accordctl referral acknowledge 01m8a5dx"),
                                  HasSubstr("agencies/{agency}/referrals/{referral}"),
                                  HasSubstr("accordctl referral list")));
  }
}

TEST_F(CommandLine, NoMistakeIsAnsweredWithThatASubcommandIsRequired) {
  for (const CLI::App* one : app_.get_subcommands([](const CLI::App*) { return true; })) {
    for (const std::string& line : {one->get_name(), one->get_name() + " qqqqqq"}) {
      const std::string said = Said(line);
      EXPECT_THAT(said, Not(HasSubstr("subcommand is required"))) << line;
      if (!said.empty()) {
        EXPECT_THAT(said, HasSubstr("accordctl")) << line;
      }
    }
  }
}

TEST_F(CommandLine, ALineOfOptionsAloneIsAnsweredWithTheFirstPage) {
  EXPECT_EQ(Said("--context york"), Said("--help"));
}

TEST_F(CommandLine, AnEmptyWordIsNotTakenAsNotGiven) {
  using Words = std::vector<std::string>;
  for (const Words& words : {Words{"--actor", "", "referral", "list"}, Words{"referral", "list", "--actor="},
                             Words{"referral", "acknowledge", "01m8a5dx", "--actor", ""}}) {
    EXPECT_THAT(EmptyWordText(app_, words), HasSubstr("accordctl: --actor is empty"));
  }
  EXPECT_THAT(EmptyWordText(app_, {"referral", "screen", "x", "--etag", ""}), HasSubstr("--etag is empty"));
  EXPECT_THAT(EmptyWordText(app_, {"referral", "create", "-f", ""}), HasSubstr("--file is empty"));
  EXPECT_THAT(EmptyWordText(app_, {"roster", "export", "--out", ""}), HasSubstr("--out is empty"));
  EXPECT_THAT(EmptyWordText(app_, {"referral", "get", ""}), HasSubstr("which one? For example:"));
  EXPECT_THAT(EmptyWordText(app_, {"print-certificate", "", "--html", "wall.html"}),
              HasSubstr("a word of the line is empty"));
  for (const Words& words :
       {Words{"referral", "list"}, Words{"referral", "correct", "01m8a5dx", "--set", "youth_wishes="},
        Words{"__complete", "--", "referral", ""}}) {
    EXPECT_EQ(EmptyWordText(app_, words), "");
  }
}

TEST_F(CommandLine, AWordBesideAFewIsAnsweredWithAllOfThem) {
  EXPECT_THAT(Said("completion tcsh"), HasSubstr("\n  it has: bash, fish, zsh\n"));
}

TEST_F(CommandLine, AMistakeIsToldInFrenchToWhoReadsFrench) {
  const Speaking french(Language::kFrench);
  const std::string sign = "\u00a0: ";
  EXPECT_THAT(Said("referal list"), AllOf(HasSubstr("il n'y a ni commande ni nom `referal`"),
                                          HasSubstr("vouliez-vous dire" + sign + "referral"),
                                          HasSubstr("tout ce qu'il y a" + sign + "accordctl --help")));
  EXPECT_THAT(Said("referral qqqq"), HasSubstr("de ce qu'on peut faire avec `referral`"));
  EXPECT_THAT(Said("completion tcsh"),
              AllOf(HasSubstr("n'a pas de `tcsh`"), HasSubstr("il a" + sign + "bash, fish, zsh")));
  EXPECT_THAT(Said("case list-revisions x"), HasSubstr("ici, cela s'appelle ainsi" + sign));
  EXPECT_THAT(Said("referral 01m8a5dx"), HasSubstr("pour en lire un de ce nom" + sign));
  EXPECT_THAT(Said("referral list --frob"),
              AllOf(HasSubstr("n'a pas d'option --frob"), HasSubstr("toutes les options" + sign)));
  EXPECT_THAT(Said("referral list --sent-to-us=maybe"), HasSubstr("n'accepte pas `maybe`"));
  EXPECT_THAT(Said("referral screen x --etag"),
              AllOf(HasSubstr("il faut une valeur après --etag"), HasSubstr("comment l'écrire" + sign)));
  EXPECT_THAT(Said("roster import"),
              AllOf(HasSubstr("il manque file\n"), HasSubstr("tout ce qu'on peut y ajouter" + sign)));
  EXPECT_THAT(Said("context set"), HasSubstr("il faut un nom à `accordctl context set`"));
  EXPECT_THAT(Said("context"), HasSubstr("il faut un mot de plus à `accordctl context`"));
  EXPECT_THAT(Said("referral acknowledge"), HasSubstr("lequel? Par exemple" + sign));
  EXPECT_THAT(EmptyWordText(app_, {"referral", "list", "--actor", ""}),
              AllOf(HasSubstr("--actor est vide"), HasSubstr("donnez une valeur, ou omettez-le" + sign)));
}

TEST_F(CommandLine, WhatTheParserRefusesIsToldInWordsOfItsOwn) {
  EXPECT_THAT(Said("referral get a b"), HasSubstr("accordctl: `accordctl referral get` does not take `b`\n"));
  EXPECT_THAT(Said("certificate renew --request-id x"),
              HasSubstr("accordctl: with --request-id, give --csr-pem, too\n"));
  EXPECT_THAT(Said("referral screen x --etag a --etag b"),
              HasSubstr("accordctl: --etag is given more than once: give it once\n"));
  EXPECT_THAT(Said("referral list -o jsn"),
              HasSubstr("accordctl: --output wants one of table, json, yaml, name, not `jsn`\n"));
  EXPECT_THAT(Said("dashboard --within x"),
              HasSubstr("accordctl: --within wants a number from 0 to 3650, not `x`\n"));
  EXPECT_THAT(Said("rotate-keys certificates c --ca x --days 0"),
              HasSubstr("accordctl: --days wants a number from 1 to 398, not `0`\n"));
  for (const char* line : {"deconflict lodge --contact x --until y",
                           "deconflict lodge --contact x --until y --phone 1 --plate 2"}) {
    EXPECT_THAT(Said(line),
                HasSubstr("accordctl: give exactly one of --phone, --plate, --handle, --premises\n"))
        << line;
  }
  EXPECT_THAT(Said("rotate-keys seal c --add --retire"),
              HasSubstr("accordctl: give no more than one of --add, --promote, --reseal, --retire\n"));
}

TEST_F(CommandLine, WhatTheParserRefusesIsToldInFrenchToWhoReadsFrench) {
  const Speaking french(Language::kFrench);
  const std::string sign = "\u00a0: ";
  EXPECT_THAT(Said("referral get a b"), HasSubstr("`accordctl referral get` n'accepte pas `b`"));
  EXPECT_THAT(Said("certificate renew --request-id x"),
              HasSubstr("avec --request-id, donnez aussi --csr-pem"));
  EXPECT_THAT(Said("referral screen x --etag a --etag b"),
              HasSubstr("--etag est donné plus d'une fois" + sign));
  EXPECT_THAT(Said("referral list -o jsn"),
              AllOf(HasSubstr("--output attend l'une de ces valeurs" + sign + "table, json"),
                    HasSubstr("et non `jsn`\n  vouliez-vous dire" + sign + "json\n")));
  EXPECT_THAT(Said("dashboard --within x"), HasSubstr("--within attend un nombre de 0 à 3650, et non `x`"));
  EXPECT_THAT(Said("deconflict lodge --contact x --until y"),
              HasSubstr("donnez exactement l'une de ces options" + sign + "--phone, --plate"));
  EXPECT_THAT(Said("rotate-keys seal c --add --retire"),
              HasSubstr("donnez au plus l'une de ces options" + sign + "--add"));
  EXPECT_THAT(Said("referral list --limit x"),
              HasSubstr("--limit: doit être un nombre entier à partir de 1"));
  EXPECT_THAT(Said("referral list --timeout 0"), HasSubstr("--timeout: doit être un nombre de secondes"));
  EXPECT_THAT(Said("agreements --html /nowhere/page"), HasSubstr("il n'y a pas de dossier /nowhere" + sign));
  EXPECT_THAT(Said("agreements --html /dev"), HasSubstr("/dev est un dossier" + sign));
  EXPECT_THAT(Said("agreements --html /dev/null/page"), HasSubstr("/dev/null n'est pas un dossier" + sign));
}

TEST_F(CommandLine, TheLanguageIsKnownOfALineThatCannotBeParsed) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"--language", "fr", "referal"}, {"referral", "frob", "--language=fr"}}) {
    CommandSession session;
    EXPECT_EQ(LanguageOfMistakes(app_, words, &session), Language::kFrench) << words.front();
  }
}

TEST_F(CommandLine, AnEscapeInAMistakeIsShown) {
  EXPECT_THAT(Said("refer\x1b[2Kral"), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace accord::ctl
