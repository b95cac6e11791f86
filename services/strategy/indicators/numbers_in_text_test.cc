#include "services/strategy/indicators/numbers_in_text.h"

#include <gtest/gtest.h>

namespace accord::strategy {
namespace {

TEST(SmallFigures, AreFoundInWordsOfBothLanguages) {
  for (const char* text :
       {"of whom three were minors", "Three-quarters", "dont DEUX mineures", "une seule",
        "quatre d'entre elles", "450, dont une mineure", "l'un d'eux", "the last one", "four"}) {
    EXPECT_TRUE(HoldsSmallNumber(text)) << text;
    EXPECT_TRUE(HoldsSmallFigure(text, 5)) << text;
    EXPECT_TRUE(HoldsAnyNumber(text)) << text;
  }
  for (const char* text :
       {"", "none alone, and everyone heard", "une rencontre", "three hundred were heard", "deux cents",
        "quatre-vingts personnes", "two thousand", "over four years", "en trois mois", "fewer than before"}) {
    EXPECT_FALSE(HoldsSmallNumber(text)) << text;
    EXPECT_FALSE(HoldsSmallFigure(text, 5)) << text;
  }
}

TEST(SmallFigures, AreFoundInDigitsUnlessTheyArePartOfALargerNumberOrOfADay) {
  for (const char* text : {"450, of whom 3 were minors", "450 and 4", "1"}) {
    EXPECT_TRUE(HoldsSmallFigure(text, 5)) << text;
  }
  for (const char* text : {"close to 450 of 1,204", "450 sur 1 204", "450 by 2017-02-23", "5 of them", "0"}) {
    EXPECT_FALSE(HoldsSmallFigure(text, 5)) << text;
  }
  EXPECT_TRUE(HoldsAnyNumber("450"));
}

}  // namespace
}  // namespace accord::strategy
