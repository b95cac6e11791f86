// Files that the build puts into the program as they are; cmake/Embed.cmake writes what finds them.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_EMBEDDED_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_EMBEDDED_H_

#include <cstddef>
#include <string_view>

namespace accord::ctl {

// Gives a file by its name without folders, for example `board.html`. It is there, or the process ends.
std::string_view Embedded(std::string_view name);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_EMBEDDED_H_
