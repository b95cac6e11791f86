// This file is about the checks of an option or argument that names a file to write or a folder to fill.
#ifndef ACCORD_CLIENTS_ACCORDCTL_CORE_FILE_TO_WRITE_H_
#define ACCORD_CLIENTS_ACCORDCTL_CORE_FILE_TO_WRITE_H_

#include <string>

namespace accord::ctl {

// This gives what is wrong, for CLI::Option::check; it is empty if the folder that the file goes into exists.
// So a misspelt folder is never created, and the error comes before any call to the gateway.
std::string FaultOfFileToWrite(const std::string& path);
// This gives what is wrong with a folder that a command fills itself, such as that of `pki init`: the command
// makes it, and the folder above it has to be there.
std::string FaultOfFolderToFill(const std::string& path);

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_CORE_FILE_TO_WRITE_H_
