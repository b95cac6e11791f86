// What may stand behind a street, so that nothing makes another target of the same place.
#ifndef ACCORD_CLIENTS_ACCORDCTL_RECORDS_PREMISES_END_H_
#define ACCORD_CLIENTS_ACCORDCTL_RECORDS_PREMISES_END_H_

#include <string>
#include <vector>

namespace accord::ctl {

// Says whether the folded word is a direction: N, NE and the others.
bool IsDirection(const std::string& word);

// Says whether a folded street, without its unit, has a town, a province, a route or a postal code behind it.
bool HasMoreThanAStreet(const std::vector<std::string>& line);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_RECORDS_PREMISES_END_H_
