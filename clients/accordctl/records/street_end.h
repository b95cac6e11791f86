// This file is about what may stand behind a street, so that nothing makes another target of the same place.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_STREET_END_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_STREET_END_H_

#include <cstddef>
#include <string>
#include <vector>

namespace accord::ctl {

// This says whether the folded word is a direction: N, NE and the others.
bool IsStreetDirection(const std::string& word);

// This says whether the folded word is a street's type or may end a street's name as one: ST, AVE, LINE.
bool IsStreetType(const std::string& word);

// This says how many numbers a folded street begins with: the civic one, and before it that of a
// unit (`5-100`).
std::size_t NumbersBeforeStreet(const std::vector<std::string>& line);

// This writes the letter of a civic number in one word with it: `100 A MAIN ST` is `100A MAIN ST`. A
// letter that is the street's name (`100 A ST`, `100 A AVE W`), a direction (N, E, S, W) or the O of `O
// CONNOR` stays.
void JoinCivicLetter(const std::vector<std::string>& folded, std::vector<std::string>* line);

// This makes the `O` (ouest) at the end of a street W, whose type stands first (`12 RUE KING O`) or before it
// (`100 ST CLAIR AVE O`). That of `12 AVE O` is the street's name.
void WestOfFrenchStreet(std::vector<std::string>* line);

// This says whether a folded street, without its unit, has a town, a province, a route or a postal code
// behind it.
bool HasMoreThanAStreet(const std::vector<std::string>& line);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_STREET_END_H_
