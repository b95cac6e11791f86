#include "tests/e2e/deployment.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "tests/e2e/stack.h"

namespace accord::e2e {

std::optional<Deployment> Deployment::OfEnvironment() {
  const char* address = std::getenv("ACCORD_E2E_GATEWAY");
  if (address == nullptr) return std::nullopt;
  const std::string keys = Env("ACCORD_E2E_KEYS");
  return Deployment{address,
                    keys,
                    {keys + "/first-administrator.crt", keys + "/first-administrator.key", ""},
                    Env("ACCORD_E2E_CONTROL")};
}

std::string Deployment::Ask(const std::string& question) const {
  std::FILE* pipe = popen(absl::StrCat(control, " ", question).c_str(), "r");
  std::string answer;
  char buffer[4096];
  for (std::size_t n; pipe != nullptr && (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    answer.append(buffer, n);
  if (pipe == nullptr || pclose(pipe) != 0) Fail(absl::StrCat(control, " ", question, " failed"));
  if (answer.ends_with('\n')) answer.pop_back();
  return answer;
}

}  // namespace accord::e2e
