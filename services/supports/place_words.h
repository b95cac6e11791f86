// This recognises texts that say where somebody is. Streets come from the published table of premises, and
// patterns cover everything else that says where somebody lives. All patterns are applied to the folded text.
#ifndef ACCORD_SERVICES_SUPPORTS_PLACE_WORDS_H_
#define ACCORD_SERVICES_SUPPORTS_PLACE_WORDS_H_

#include <string_view>

namespace accord::supports {

// This tells whether a text has a postal code, a number and a street, a rural route, a lot, a box, a room of
// a place to stay, or map coordinates and codes. It prefers false positives to false negatives.
bool LooksLikePlace(std::string_view text);

// This tells whether a text names a street, even without a number, since a title that does so reveals
// the place.
bool NamesStreet(std::string_view text);

}  // namespace accord::supports

#endif  // ACCORD_SERVICES_SUPPORTS_PLACE_WORDS_H_
