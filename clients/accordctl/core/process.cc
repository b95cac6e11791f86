#include "clients/accordctl/core/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

extern char** environ;

namespace accord::ctl {
namespace {

constexpr std::size_t kKept = 2000;

std::vector<std::string> ProcessEnvironment(const std::map<std::string, std::string>& added) {
  std::vector<std::string> all;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string entry = *each;
    if (!added.contains(entry.substr(0, entry.find('=')))) all.push_back(entry);
  }
  for (const auto& [name, value] : added) all.push_back(absl::StrCat(name, "=", value));
  return all;
}

std::vector<char*> PointersToStrings(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& each : strings) pointers.push_back(each.data());
  pointers.push_back(nullptr);
  return pointers;
}

// This reads the whole output, and keeps its end.
std::string ReadEndOfOutput(int fd) {
  std::string text;
  char buffer[4096];
  for (ssize_t n; (n = read(fd, buffer, sizeof(buffer))) > 0;) {
    text.append(buffer, static_cast<std::size_t>(n));
    if (text.size() > 2 * kKept) text.erase(0, text.size() - kKept);
  }
  return text.substr(text.size() - std::min(text.size(), kKept));
}

}  // namespace

absl::Status RunProgram(const std::vector<std::string>& command,
                        const std::map<std::string, std::string>& environment, bool show) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return absl::InternalError("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, show ? STDERR_FILENO : ends[1], STDOUT_FILENO);
  if (!show) posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  auto arguments = command, variables = ProcessEnvironment(environment);
  pid_t pid = 0;
  const int failed = posix_spawnp(&pid, command[0].c_str(), &actions, nullptr,
                                  PointersToStrings(arguments).data(), PointersToStrings(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (failed != 0) {
    close(ends[0]);
    return absl::NotFoundError(absl::StrCat("cannot run ", command[0], ": is it installed?"));
  }
  const std::string said = ReadEndOfOutput(ends[0]);
  close(ends[0]);
  int status = 0;
  waitpid(pid, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return absl::OkStatus();
  const std::string how = WIFEXITED(status) ? absl::StrCat("ended with ", WEXITSTATUS(status))
                                            : absl::StrCat("was ended by signal ", WTERMSIG(status));
  return absl::InternalError(
      absl::StrCat(command[0], " ", how, said.empty() ? "" : ": ", absl::StripSuffix(said, "\n")));
}

std::string ServiceBinary(const std::string& service) {
  const std::string name = absl::StrCat("accord-", service);
  std::error_code error;
  const auto beside = std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / name;
  return !error && std::filesystem::exists(beside, error) ? beside.string() : name;
}

}  // namespace accord::ctl
