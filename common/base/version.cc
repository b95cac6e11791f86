#include "common/base/version.h"

// A binary links its definition, which the build writes anew with each commit (cmake/Version.cmake); a test
// has none. Declared without a size: the compiler would take that of a weak definition for the length of the
// one that is linked.
extern "C" __attribute__((weak)) const char accord_commit[];

namespace accord {

std::string Version() {
  return std::string(ACCORD_VERSION "+") + (accord_commit != nullptr ? accord_commit : "unknown");
}

}  // namespace accord
