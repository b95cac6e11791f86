// A process that holds secrets does this first.
#ifndef ACCORD_COMMON_BASE_PROCESS_H_
#define ACCORD_COMMON_BASE_PROCESS_H_

namespace accord {

// Forbids core dumps, and every debugger or reader of /proc/PID/mem but root, since memory holds keys and
// what people told. It is called before the first secret is read.
void ForbidCoreDumps();

// This makes every file that the process creates from now on accessible to its user alone, whatever mode
// is requested.
void MakeNewFilesPrivate();

// This raises the limit of open files as far as the process is allowed. Each connection of an agency takes
// one, and gRPC 1.51 loses its listener for good when they run out (CVE-2023-4785).
void RaiseFileLimit();

}  // namespace accord

#endif  // ACCORD_COMMON_BASE_PROCESS_H_
