// This is the published table of how parts of an address are written: data/premises.tsv.
#ifndef ACCORD_COMMON_BASE_PREMISES_TABLE_H_
#define ACCORD_COMMON_BASE_PREMISES_TABLE_H_

#include <map>
#include <string>

namespace accord {

// The forms of one kind, by what is written. It is empty if the table has no such kind.
const std::map<std::string, std::string>& PremisesForms(const std::string& kind);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_PREMISES_TABLE_H_
