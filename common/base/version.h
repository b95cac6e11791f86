// Which build this is.
#ifndef ACCORD_COMMON_BASE_VERSION_H_
#define ACCORD_COMMON_BASE_VERSION_H_

#include <string>

namespace accord {

// The project's version and the commit it was built from, for example `0.1.0+f28f2ce2a1b0`, `-dirty` after it
// if the tree was changed; `0.1.0+unknown` outside git. Binaries carry the commit, tests do not.
std::string Version();

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_VERSION_H_
