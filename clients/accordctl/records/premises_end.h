// Recognizes text after the street in an address, so that one place does not become two targets.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_PREMISES_END_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_PREMISES_END_H_

#include <string>
#include <vector>

namespace accord::ctl {

// Whether the folded word is a direction: N, NE and the others.
bool IsDirection(const std::string& word);

// Whether a folded street, without its unit, is followed by a town, a province, a route or a
// postal code.
bool HasMoreThanAStreet(const std::vector<std::string>& line);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_PREMISES_END_H_
