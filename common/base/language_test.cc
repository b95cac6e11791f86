#include "common/base/language.h"

#include <gmock/gmock.h>

#include "common/base/error.h"
#include "common/base/rules.h"

namespace accord {
namespace {

TEST(Language, IsNamedByItsTagAndByNoOtherText) {
  for (const Language language : {Language::kEnglish, Language::kFrench}) {
    EXPECT_EQ(ParseLanguage(TagOf(language)), language);
  }
  for (const char* other : {"", "FR", "fr-CA", "fra", " fr", "fr,en", "de", "e"}) {
    EXPECT_EQ(ParseLanguage(other), Language::kNone) << other;
  }
}

TEST(Localized, TellsTheTextOfTheCatalogueInTheLanguageOfTheCaller) {
  const rules::Rule* rule = rules::FindRule("NOT_FOUND");
  ASSERT_NE(rule, nullptr);
  EXPECT_NE(rule->en, rule->fr);
  EXPECT_EQ(LocalizedText(Localized(NotFound(), Language::kEnglish), Language::kEnglish), rule->en);
  EXPECT_EQ(LocalizedText(Localized(NotFound(), Language::kFrench), Language::kFrench), rule->fr);
  EXPECT_EQ(LocalizedText(Localized(NotFound(), Language::kFrench), Language::kEnglish), "");
}

TEST(Localized, KeepsATextOfItsOwnInTheSameLanguageAndNoOther) {
  const absl::Status own = LocalizedAs(NotFound(), Language::kFrench, "Aucun rapport.");
  EXPECT_EQ(LocalizedText(Localized(own, Language::kFrench), Language::kFrench), "Aucun rapport.");
  EXPECT_EQ(LocalizedText(Localized(own, Language::kEnglish), Language::kEnglish),
            LocalizedText(Localized(NotFound(), Language::kEnglish), Language::kEnglish));
  EXPECT_EQ(LocalizedAs(NotFound(), Language::kNone, "no"), NotFound());
  EXPECT_TRUE(LocalizedAs(absl::OkStatus(), Language::kFrench, "rien").ok());
}

TEST(Localized, KeepsCodeMessageAndRule) {
  const absl::Status told = Localized(NotFound(), Language::kFrench);
  EXPECT_EQ(told.code(), NotFound().code());
  EXPECT_EQ(told.message(), NotFound().message());
  EXPECT_EQ(RuleOf(told), "NOT_FOUND");
}

TEST(Localized, ChangesNoByteWithoutALanguageAndOfWhatNamesNoRule) {
  EXPECT_EQ(StatusDetails(Localized(NotFound(), Language::kNone)), StatusDetails(NotFound()));
  const absl::Status without_rule = absl::InternalError("broken");
  EXPECT_EQ(Localized(without_rule, Language::kFrench), without_rule);
  EXPECT_EQ(Localized(absl::OkStatus(), Language::kFrench), absl::OkStatus());
}

TEST(Localized, EqualRefusalsAreEqualBytesInEachLanguage) {
  for (const Language language : {Language::kEnglish, Language::kFrench}) {
    EXPECT_EQ(StatusDetails(Localized(NotFound(), language)), StatusDetails(Localized(NotFound(), language)));
  }
}

TEST(Localized, SurvivesTheWire) {
  const absl::Status sent = Localized(NotFound(), Language::kFrench);
  const absl::Status read = FromStatusDetails(
      static_cast<int>(sent.code()), {sent.message().data(), sent.message().size()}, StatusDetails(sent));
  EXPECT_EQ(read, sent);
  EXPECT_EQ(LocalizedText(read, Language::kFrench), rules::FindRule("NOT_FOUND")->fr);
}

}  // namespace
}  // namespace accord
