#include "services/supports/place_words.h"

#include <gtest/gtest.h>

namespace accord::supports {
namespace {

TEST(PlaceWords, TellAStreetHoweverItsTypeIsCalled) {
  for (const char* place :
       {"38 Maple Court",    "38 Maple Crt",          "38 Maple Circle",
        "38 Maple Trail",    "38 Maple Way",          "38 Maple Parkway",
        "38 Maple Terrace",  "38 Maple Gate",         "38 Maple Square",
        "38 Maple Path",     "38 Maple Heights",      "38 Maple Place",
        "38 Maple Pl",       "4 maple court",         "she hides at 38 Maple Dr. W with her aunt",
        "38 Townline",       "38 The Esplanade",      "10 The Queensway",
        "38-King Street",    "38 St. Clair Ave. W",   "38 O'Connor Dr",
        "12 March Road",     "38 Old Mill Grove",     "38B Maple Mews",
        "38 Ontario Street", "38 Bay of Quinte Road", "12/38 King St"}) {
    EXPECT_TRUE(LooksLikePlace(place)) << place;
  }
}

TEST(PlaceWords, TellAStreetInFrench) {
  for (const char* place :
       {"38, boul. des Laurentides", "38, av. du Parc", "38 ch. Montreal", "38 c\u00f4te de la Montagne",
        "Rang St-Joseph 12", "rang 4", "rang IV", "4e Rang", "12, place Royale",
        "1 place de la Cath\u00e9drale", "38 mont\u00e9e du Moulin", "38, rue de l'\u00c9glise",
        "1204 route 138", "app. 4", "chambre 12, motel Leslie"}) {
    EXPECT_TRUE(LooksLikePlace(place)) << place;
  }
}

TEST(PlaceWords, TellAPlaceInTheCountryOrOnAReserve) {
  for (const char* place :
       {"3800 10th Line", "1234 Fourth Line, Ohsweken", "38 Line 5", "38 CR 5", "38 County Rd. 5",
        "38 Sideroad 10", "38 Side Rd 10", "Lot 12 Concession 5", "Conc. 5 Lot 12", "RR 2 Newmarket",
        "R.R. #2", "RR2", "Rural Route 3", "P.O. Box 12, Curve Lake", "PO Box 12", "Box 12, Curve Lake",
        "C.P. 12, Hearst", "case postale 12", "General Delivery, Moosonee"}) {
    EXPECT_TRUE(LooksLikePlace(place)) << place;
  }
}

TEST(PlaceWords, TellAPlaceByDigitsRoomsAndCodesOfMaps) {
  for (const char* place :
       {"\uff13\uff18 King St W", "\uff2c3\uff39 1\uff211", "room 12 of the Motel 6 on Leslie",
        "Hotel Nova, room 4", "at the Motel 6", "43.6532, -79.3832", "43\u00b039'11\"N 79\u00b022'59\"W",
        "43.65 N, 79.38 W", "87M2MJ37+7Q", "MJ37+7Q Toronto", "///filled.count.soap", "///a.b.c"}) {
    EXPECT_TRUE(LooksLikePlace(place)) << place;
  }
}

TEST(PlaceWords, PassesWhatNamesNone) {
  for (const char* other : {"needs 1 place",
                            "needs 1 place in a shelter",
                            "needs 2 places with her daughter",
                            "1 place available tonight",
                            "needs 1 safe place",
                            "slept 2 nights on the street",
                            "3 weeks on the road",
                            "has 2 children and a cat",
                            "call between 9 and 11, never after 17:00",
                            "text only, 416 555 0100 is not safe",
                            "In court 3 times since May 2026",
                            "Family court on May 5, 2026",
                            "On May 5 Barrie court remanded the case",
                            "in 2026 Milton court heard her",
                            "bail hearing 2026-11-24, Superior Court",
                            "s. 278.5, Ontario Court of Justice",
                            "O. Reg. 346/18, s. 4",
                            "24 hour crisis line",
                            "call the 24/7 support line",
                            "2 visits to Dr Smith next week",
                            "needs 4 sessions of counselling",
                            "1 drop-in centre a week",
                            "goes to a community centre 2 days a week",
                            "the bus pass costs 156 dollars",
                            "3 meals a day",
                            "she rang 3 times",
                            "rang her mother 2 times",
                            "it helped a lot 2 weeks ago",
                            "she has worked in hotels on Highway 401",
                            "form 3, part 2",
                            "progress report of 2017-02-23",
                            "her room must be on floor 2",
                            "temperature 38.5",
                            "diabetes, insulin 12 units",
                            "Open 24 hours, 7 days",
                            "a safe way to reach her: ask for Sam at noon",
                            "12 years old",
                            "speaks Ojibwe and some English",
                            "ODSP since 2024",
                            "blood pressure 120/80",
                            "needs 38 dollars for a taxi",
                            "besoin d'1 place",
                            "1 place de refuge pour elle",
                            "besoin de 2 places en foyer",
                            "1 place d'h\u00e9bergement d'urgence",
                            "elle a 2 enfants",
                            "appeler apr\u00e8s 17 h, jamais le soir",
                            "3 rencontres avec l'avocate",
                            "cour d'appel, le 5 mai 2026",
                            "le 5 mai, cour sup\u00e9rieure",
                            "2 nuits dans la rue",
                            "suivi toutes les 2 semaines",
                            "15 jours apr\u00e8s l'audience",
                            "ordonnance du 24 novembre 2026",
                            "La Rue House",
                            "Central East",
                            "1 555 0100",
                            "416 555 0100 x12",
                            "sexual assault at 14",
                            "wants to finish grade 12",
                            "a bed by Friday, and 1 more next week",
                            ""}) {
    EXPECT_FALSE(LooksLikePlace(other)) << other;
  }
}

}  // namespace
}  // namespace accord::supports
