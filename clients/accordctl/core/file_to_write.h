// The check of an option or a word that names a file to write.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_FILE_TO_WRITE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_FILE_TO_WRITE_H_

#include <string>

namespace accord::ctl {

// Empty if the folder that the file goes into is there. Otherwise it is what is wrong, for
// CLI::Option::check: a folder that is misspelt is never made, and nothing is asked of a gateway before that
// is said. A folder that a command fills itself, such as that of a backup, is made by the command.
std::string FaultOfFileToWrite(const std::string& path);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_FILE_TO_WRITE_H_
