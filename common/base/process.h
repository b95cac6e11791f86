// What a process that holds secrets does first.
#ifndef ACCORD_COMMON_BASE_PROCESS_H_
#define ACCORD_COMMON_BASE_PROCESS_H_

namespace accord {

// Forbids core dumps, and every debugger or reader of /proc/PID/mem but root, since memory holds keys and
// what people told. It is called before the first secret is read.
void NeverDump();

// Files that the process makes from now on are its user's alone, whatever mode they are opened with.
void PrivateFiles();

// As many open files as the process is allowed. gRPC 1.51 loses its listener for good when they run out
// (CVE-2023-4785), and each connection of an agency takes one.
void RaiseFileLimit();

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_PROCESS_H_
