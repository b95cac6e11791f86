#include "services/supports/place_words.h"

#include <regex>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/base/folded.h"
#include "common/base/premises_table.h"

namespace accord::supports {
namespace {

// Numbers in days and years are no house numbers.
constexpr char kDay[] =
    R"(\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|\b24/7\b)"
    R"(|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)\.? (?:[12]?[0-9]|3[01])(?:st|nd|rd|th)?\b(?:, ?[0-9]{4}\b)?)"
    R"(|\b(?:[12]?[0-9]|3[01]|1er) (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b(?: [0-9]{4}\b)?)"
    R"(|\b(?:in|of|since|until|by|from|en|depuis) (?:19|20)[0-9]{2}\b)";

// Numbers that count these things are no house numbers.
constexpr char kCounted[] =
    R"((?:minutes?|min|hours?|hrs?|h|days?|nights?|weeks?|weekends?|months?|years?|times?|visits?|calls?|km|kilometres?|metres?|meters?|m|beds?|rooms?|children|kids|people|persons?|women|men|girls|boys|youths?|sisters?|brothers?|friends?|meals?|bags?|dollars|percent|minutes?|heures?|jours?|nuits?|semaines?|mois|ans?|annees?|fois|visites?|appels?|lits?|enfants|personnes?|femmes|filles?|soeurs?|freres?|repas|pm|am|others?|autres?|more|plus|to|and|or|a|in|at|et|ou|de|en))";

// If the type of a street is an everyday word, none of these words is part of its name.
constexpr char kEveryday[] =
    R"((?:the|a|an|this|that|her|his|their|our|my|its|she|he|they|we|i|it|in|on|at|to|of|for|from|by|with|without|near|nearby|and|or|but|as|if|is|was|are|were|be|has|have|had|needs?|wants?|who|which|when|then|now|not|no|any|some|more|other|another|each|every|per|only|first-time|safe|safer|quiet|own|full|free|drop|drop-in|day|days|night|nights|week|weeks|month|months|year|years|hour|hours|minute|minutes|time|times|hr|hrs|am|pm|km|m|bus|transit|car|public|private|food|health|community|crisis|support|supports|help|hot|phone|land|telephone|distress|youth|child|children|kids|women|womens|women's|men|family|legal|criminal|superior|provincial|supreme|federal|small|claims|bail|plea|ontario|treatment|drug|gladue|mental|medical|dental|detention|call|calls|visit|visits|bed|beds|room|rooms|people|persons|clients?|workers?|staff|police|officers?|doctors?|doctor|appointment|appointments|sessions?|sisters?|brothers?|friends?|girls|boys|available|tonight|today|tomorrow|until|after|before|again|together|left|there|here|clear|single|double|square|way|under|over|out|up|down|also|will|can|may|must|should|would|could|said|says|asked|met|saw|told|went|came|going|on-call|walk-in|test|hiking|parking|shopping|training|education|friendship|wellness|counselling|cultural|le|la|les|un|une|des|du|de|au|aux|et|ou|en|dans|chez|pour|par|avec|sans|pres|sur|son|sa|ses|elle|il|qui|que|est|jours?|nuits?|heures?|semaines?|mois|ans|fois|lits?|enfants?))";

// None of these words follows Place or Cour where it names a street.
constexpr char kNoFrenchName[] =
    R"((?:in|on|at|to|of|for|from|by|with|near|nearby|and|or|is|was|are|she|he|they|who|where|when|that|available|only|tonight|today|now|soon|left|or|setting|settings|meal|meals|metres?|meters?|feet|en|dans|a|au|aux|chez|pour|par|avec|sans|pres|sur|et|ou|qui|que|est|disponible|libre|appel|superieure|supreme|provinciale|federale|justice|refuge|hebergement|garderie|stationnement|transition|traitement|maison|foyer|urgence|travail|rencontre|d'accueil|accueil|francais|anglais|groupe|soutien|jour|nuit|securite))";

// Each of these words names a whole street after its article.
constexpr char kWholeNames[] =
    R"((?:esplanade|queensway|kingsway|donway|westway|eastway|parkway|boulevard|promenade|crescent|terrace|links|mall|chase|glen|bridle path))";

// These patterns match a house number, what may stand between it and the street, and a word of a name.
constexpr char kHouse[] = R"(\b[0-9]{1,6}[a-z]?)";
constexpr char kHouseAlone[] = R"((?:^|[^0-9a-z.:$])[0-9]{1,6}[a-z]?)";
constexpr char kGap[] = R"((?: ?[,-] ?| ))";
constexpr char kWord[] = R"([^ ,;:()]{1,40})";

// Each alternative matches a place that is named without a street.
constexpr char kOtherPlaces[] =
    // This is a postal code.
    R"(\b[a-z][0-9][a-z][ .-]{0,2}[0-9][a-z][0-9]\b)"
    // This is a flat.
    R"(|\bapp\. ?[0-9]|\b(?:flat|penthouse) #?[0-9])"
    // These are rural routes, lots, concessions, ranges and boxes.
    R"(|\br\.? ?r\.? ?#? ?[0-9]|\brural route #?[0-9]|\broute rurale #?[0-9])"
    R"(|\blot #?[0-9]{1,4}\b(?! COUNTED\b)|\b(?:concession|conc)\.? #?[0-9]{1,2}\b)"
    R"(|\brang [0-9]{1,2}\b(?! COUNTED\b)|\brang [ivx]{2,5}\b|\b[0-9]{1,2}e rang\b)"
    R"(|\brang (?:(?!EVERYDAY\b)WORD )?(?!EVERYDAY\b)WORD [0-9]{1,5}\b(?! COUNTED\b))"
    R"(|\bp\.? ?o\.? ?box #?[0-9]|\b(?:postal|post office|mail) box #?[0-9]|\bbox #?[0-9]{1,5}, ?(?!page)[a-z])"
    R"(|\bc\.? ?p\.? ?#?[0-9]|\b(?:case|boite) postale #?[0-9]|\bgeneral delivery\b|\bposte restante\b)"
    // This is a room of a place to stay.
    R"(|\bmotel [0-9]{1,3}\b(?! COUNTED\b))"
    R"(|\b(?:room|rm|chambre)\.? ?#?[0-9].{0,80}\b(?:motel|hotel|inn|auberge|hostel|lodge)\b)"
    R"(|\b(?:motel|hotel|inn|auberge|hostel|lodge)\b.{0,80}\b(?:room|rm|chambre)\.? ?#?[0-9])"
    // These are coordinates, as decimals and with minutes, and codes of maps.
    R"(|\b[0-9]{1,3}\.[0-9]{3,}[^0-9a-z]{1,4}[0-9]{1,3}\.[0-9]{3,})"
    "|[0-9]{1,3}(?:\\.[0-9]{1,8})? ?\u00b0 ?(?:[0-9]|[nsewo]\\b)"
    R"(|\b[0-9]{1,3}\.[0-9]{2,} ?[ns]\b.{0,3}[0-9]{1,3}\.[0-9]{2,} ?[ewo]\b)"
    R"(|\b[23456789cfghjmpqrvwx]{4,8}\+[23456789cfghjmpqrvwx]{2,3}\b)"
    R"(|///[^ ./]{1,40}\.[^ ./]{1,40}\.[^ ./]{1,40}|\bwhat3words\b)";

// This gives a pattern that matches each word of these kinds, in small letters.
std::string AnyPlaceWord(const std::vector<std::string>& kinds, const std::set<std::string>& without = {}) {
  std::set<std::string> words;
  for (const std::string& kind : kinds) {
    for (const auto& [written, form] : PremisesForms(kind)) {
      for (const std::string& word : {written, form}) {
        if (!word.empty() && !without.contains(word)) words.insert(absl::AsciiStrToLower(word));
      }
    }
  }
  return absl::StrCat("(?:", absl::StrJoin(words, "|"), ")");
}

// This replaces the names of lists in a pattern by the words of the lists.
std::string FilledPlacePattern(const std::string& pattern) {
  // None of these ends the name of a street.
  static const std::set<std::string> parts = {"COUNTY", "CTY",   "CNTY",    "REGIONAL", "REG", "REGL", "CON",
                                              "EXT",    "EXTEN", "PRIVATE", "PRIV",     "PVT", "CLOSE"};
  static const std::set<std::string> rooms = {"ROOM", "RM"};
  return absl::StrReplaceAll(pattern, {{"COUNTED", kCounted},
                                       {"EVERYDAY", kEveryday},
                                       {"NOFRENCH", kNoFrenchName},
                                       {"WHOLE", kWholeNames},
                                       {"HOUSEALONE", kHouseAlone},
                                       {"HOUSE", kHouse},
                                       {"GAP", kGap},
                                       {"WORD", kWord},
                                       {"SURE", AnyPlaceWord({"sure"})},
                                       {"TYPE", AnyPlaceWord({"type", "ending"}, parts)},
                                       {"FRENCHLY", AnyPlaceWord({"first-everyday"})},
                                       {"FIRST", AnyPlaceWord({"first"})},
                                       {"UNIT", AnyPlaceWord({"unit"}, rooms)}});
}

// This gives the pattern of a house number with its street.
std::string StreetPattern() {
  return absl::StrJoin(
      std::vector<std::string>{
          // Here the type of the street is its last word and is rarely used otherwise.
          R"(HOUSEGAP(?!COUNTED\b)(?:[^ ]{1,40} )?(?:[^ ]{1,40} )?(?:(?!(?:the|a|la)\b)[^ ]{1,40}[ -])SURE\b)",
          R"(HOUSEGAP(?:townline|town line|tline|the WHOLE)\b)",
          // Here the type of the street is also an everyday word.
          R"(HOUSEALONEGAP(?:(?!EVERYDAY\b)WORD )?(?:(?!EVERYDAY\b)WORD )?(?!(?:EVERYDAY|new|old|good|best|better|long|short|same)\b)WORD[ -]TYPE\b)",
          // Here the type stands before the name of the street.
          R"(HOUSEGAPFIRST\.? #?[0-9a-z])",
          R"(HOUSEALONEGAPFRENCHLY\.? (?:de la |de l'|de |du |des |d'|l')(?!NOFRENCH\b)[a-z])",
          R"((?:^|[^0-9a-z.:$])[0-9]{2,6}[a-z]?GAPFRENCHLY\.? (?!(?:de|du|des|la|le|les)\b)(?!NOFRENCH\b)[a-z])",
          // Here the number stands after the street, as in French.
          R"(\b(?:rue|avenue|chemin|boulevard|boul\.?|allee|cote|montee)[ -](?:[^ 0-9.;:()]{1,30} ){1,6}[0-9]{1,6}\b)",
          // Here the name of the street is a number.
          R"(HOUSEGAP(?:line|ligne|cr|county r(?:oa)?d|regional r(?:oa)?d|conc?|side ?r(?:oa)?d|rr|rang|road|rd|sr)\.? ?(?:no\.?|#)? ?[0-9])",
          R"(\bUNIT\.? ?(?:no\.? ?|#)? ?[0-9])",
      },
      "|");
}

std::regex CompiledPlacePattern(const std::string& pattern) {
  return std::regex(FilledPlacePattern(pattern));
}

}  // namespace

bool LooksLikePlace(std::string_view text) {
  static const auto& day = *new std::regex(kDay);
  static const auto& street = *new std::regex(CompiledPlacePattern(StreetPattern()));
  static const auto& other = *new std::regex(CompiledPlacePattern(kOtherPlaces));
  const std::string folded = Folded(text);
  return std::regex_search(folded, other) || std::regex_search(std::regex_replace(folded, day, ";"), street);
}

bool NamesStreet(std::string_view text) {
  static const std::regex street(
      "[^ ] (street|avenue|ave|road|rd|drive|lane|boulevard|blvd|crescent|cres|sideroad|concession)\\b"
      "|\\b(rue|avenue|chemin|boulevard|allee|montee) (de|des|du|d')");
  return std::regex_search(Folded(text), street);
}

}  // namespace accord::supports
