#include "common/base/version.h"

// A binary links a strong definition, which the build writes anew with each commit (cmake/Version.cmake).
extern "C" __attribute__((weak)) const char accord_commit[] = "unknown";

namespace accord {

std::string Version() { return std::string(ACCORD_VERSION "+") + accord_commit; }

}  // namespace accord
