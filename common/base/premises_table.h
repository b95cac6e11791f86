// This is the published table of spellings for the parts of an address, data/premises.tsv.
#ifndef ACCORD_COMMON_BASE_PREMISES_TABLE_H_
#define ACCORD_COMMON_BASE_PREMISES_TABLE_H_

#include <map>
#include <string>

namespace accord {

// This gives the normal forms of one kind of part, keyed by spelling; it is empty if the table has no
// such kind.
const std::map<std::string, std::string>& PremisesForms(const std::string& kind);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_PREMISES_TABLE_H_
