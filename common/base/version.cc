#include "common/base/version.h"

// A binary links a definition, which the build rewrites with each commit (cmake/Version.cmake); a
// test has none. It is declared without a size, because the compiler would assume that the linked
// definition has the length of a weak one.
extern "C" __attribute__((weak)) const char accord_commit[];

namespace accord {

std::string Version() {
  return std::string(ACCORD_VERSION "+") + (accord_commit != nullptr ? accord_commit : "unknown");
}

}  // namespace accord
