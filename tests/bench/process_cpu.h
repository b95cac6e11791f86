// CPU that processes have used, from /proc.
#ifndef ACCORD_TESTS_BENCH_PROCESS_CPU_H_
#define ACCORD_TESTS_BENCH_PROCESS_CPU_H_

#include <sys/types.h>

#include <vector>

namespace accord::bench {

// Processes whose parent this is.
std::vector<pid_t> ChildrenOf(pid_t parent);

// Seconds of CPU that a process and all that come from it have used, those that ended included; in steps of
// the kernel's tick, a hundredth.
double CpuSecondsOf(pid_t process);

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_PROCESS_CPU_H_
