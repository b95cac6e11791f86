// This reads the CPU time of processes from /proc.
#ifndef ACCORD_TESTS_BENCH_PROCESS_CPU_H_
#define ACCORD_TESTS_BENCH_PROCESS_CPU_H_

#include <sys/types.h>

#include <vector>

namespace accord::bench {

// This gives the child processes.
std::vector<pid_t> ChildrenOf(pid_t parent);

// This gives the CPU seconds that a process and all its descendants have used, including those that have
// ended. The resolution is the kernel's tick, 0.01 s.
double CpuSecondsOf(pid_t process);

}  // namespace accord::bench

#endif  // ACCORD_TESTS_BENCH_PROCESS_CPU_H_
