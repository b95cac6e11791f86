// This file is about the check of an option or argument that names a file to write.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_FILE_TO_WRITE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_FILE_TO_WRITE_H_

#include <string>

namespace accord::ctl {

// This gives what is wrong, for CLI::Option::check; it is empty if the folder that the file goes into exists.
// So a misspelt folder is never created, and the error comes before any call to the gateway. A folder that a
// command fills itself, such as that of a backup, is created by the command.
std::string FaultOfFileToWrite(const std::string& path);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_FILE_TO_WRITE_H_
