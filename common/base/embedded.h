// These are files that the build embeds unchanged in this library; cmake/Embed.cmake writes the
// look-up function.
#ifndef ACCORD_COMMON_BASE_EMBEDDED_H_
#define ACCORD_COMMON_BASE_EMBEDDED_H_

#include <cstddef>
#include <string_view>

namespace accord {

// This gives a file by its name without folders, for example `premises.tsv`. The process ends if there is no
// such file.
std::string_view Embedded(std::string_view name);

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_EMBEDDED_H_
