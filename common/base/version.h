// This is the version of this build.
#ifndef ACCORD_COMMON_BASE_VERSION_H_
#define ACCORD_COMMON_BASE_VERSION_H_

#include <string>

namespace accord {

// This gives the project's version and the commit that it was built from, for example `0.1.0+f28f2ce2a1b0`;
// `-dirty` follows if the tree was changed, and it is `0.1.0+unknown` outside git. Binaries carry the commit,
// tests do not.
std::string Version();

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_VERSION_H_
