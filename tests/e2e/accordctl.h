// This runs the real accordctl against a stack.
#ifndef ACCORD_TESTS_E2E_ACCORDCTL_H_
#define ACCORD_TESTS_E2E_ACCORDCTL_H_

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/e2e/stack.h"

namespace accord::e2e {

struct Ran {
  int code;
  // This holds standard output and standard error together, or the one of them that was asked for.
  std::string said;
};

class Accordctl {
 public:
  explicit Accordctl(const Stack& stack) : stack_(stack) {}

  // Runs accordctl with `words`, read as a shell reads them.
  Ran operator()(const std::string& words) const { return Run(absl::StrCat(words, " 2>&1")); }
  // This does the same without standard error.
  Ran Printed(const std::string& words) const { return Run(absl::StrCat(words, " 2>/dev/null")); }
  void SetContext(const std::string& name, const testing::TestCertificate& identity, const std::string& actor,
                  const std::string& purpose) const {
    const Ran set = (*this)(absl::StrCat("context set ", name, " --address ", stack_.address(),
                                         " --server-name localhost --ca-file ", stack_.pki().agency_ca_file(),
                                         " --certificate-file ", identity.certificate_file, " --key-file ",
                                         identity.key_file, " --actor ", actor, " --purpose ", purpose));
    ASSERT_EQ(set.code, 0) << set.said;
  }

 private:
  Ran Run(const std::string& words) const {
    const std::string line = absl::StrCat(std::getenv("ACCORD_BIN_DIR"), "/accordctl --config ",
                                          stack_.directory().path("contexts.yaml"), " ", words);
    std::FILE* pipe = popen(line.c_str(), "r");
    std::string said;
    char buffer[4096];
    for (std::size_t n; (n = fread(buffer, 1, sizeof(buffer), pipe)) > 0;) said.append(buffer, n);
    const int status = pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, said};
  }

  const Stack& stack_;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_ACCORDCTL_H_
