#include "tests/bench/process_cpu.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace accord::bench {
namespace {

struct Stat {
  pid_t parent = 0;
  // These are the ticks of the process and of children that it has waited for.
  int64_t ticks = 0;
};

// This gives nullopt if the process has ended meanwhile.
std::optional<Stat> StatOf(pid_t process) {
  std::ifstream file(absl::StrCat("/proc/", process, "/stat"));
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  // The name is in parentheses and may contain anything.
  std::istringstream fields(line.substr(line.rfind(')') + 2));
  Stat stat;
  std::string skipped;
  fields >> skipped >> stat.parent;
  for (int i = 0; i < 9; ++i) fields >> skipped;
  for (int i = 0; i < 4; ++i) {
    int64_t each = 0;
    fields >> each;
    stat.ticks += each;
  }
  return stat;
}

}  // namespace

std::vector<pid_t> ChildrenOf(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    int process = 0;
    if (!absl::SimpleAtoi(entry.path().filename().string(), &process)) continue;
    const auto stat = StatOf(process);
    if (stat && stat->parent == parent) children.push_back(process);
  }
  return children;
}

double CpuSecondsOf(pid_t process) {
  const auto stat = StatOf(process);
  double seconds = stat ? static_cast<double>(stat->ticks) / static_cast<double>(sysconf(_SC_CLK_TCK)) : 0;
  for (const pid_t child : ChildrenOf(process)) seconds += CpuSecondsOf(child);
  return seconds;
}

}  // namespace accord::bench
