// Files that the build puts into this library as they are; cmake/Embed.cmake writes what finds them.
#ifndef ACCORD_COMMON_BASE_EMBEDDED_H_
#define ACCORD_COMMON_BASE_EMBEDDED_H_

#include <cstddef>
#include <string_view>

namespace accord {

// Gives a file by its name without folders, for example `premises.tsv`. It is there, or the process ends.
std::string_view Embedded(std::string_view name);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_EMBEDDED_H_
