#ifndef ACCORD_COMMON_TESTING_FILES_H_
#define ACCORD_COMMON_TESTING_FILES_H_

#include <map>
#include <string>

namespace accord::testing {

// Gives the content of every file below `root`, by its path. Running processes may make and remove files
// meanwhile: what is gone when its turn comes is left out. Aborts on a file that is there and cannot be read.
std::map<std::string, std::string> FilesUnder(const std::string& root);

}  // namespace accord::testing

#endif  // ACCORD_COMMON_TESTING_FILES_H_
