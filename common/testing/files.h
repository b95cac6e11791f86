#ifndef ACCORD_COMMON_TESTING_FILES_H_
#define ACCORD_COMMON_TESTING_FILES_H_

#include <map>
#include <string>

namespace accord::testing {

// This gives the content of every file below `root`, keyed by path. Running processes may create and remove
// files meanwhile: a file that has disappeared is left out. Aborts on a file that exists and cannot be read.
std::map<std::string, std::string> FilesUnder(const std::string& root);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_FILES_H_
