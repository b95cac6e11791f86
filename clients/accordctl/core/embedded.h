// This file is about files that the build embeds unchanged in the program; cmake/Embed.cmake writes the
// look-up function.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_EMBEDDED_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_EMBEDDED_H_

#include <cstddef>
#include <string_view>

namespace accord::ctl {

// This gives a file by its name without folders, for example `board.html`. The process ends if there is no
// such file.
std::string_view Embedded(std::string_view name);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_EMBEDDED_H_
