// This is a case whose people work with the real accordctl, each in a context of his or her own.
#ifndef ACCORD_TESTS_E2E_CONTEXT_CASE_H_
#define ACCORD_TESTS_E2E_CONTEXT_CASE_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/e2e/accordctl.h"
#include "tests/e2e/case.h"

namespace accord::e2e {

class ContextCase : public ACase {
 protected:
  Ran As(const std::string& context, const std::string& words) const {
    return ctl_(absl::StrCat("--context ", context, " ", words));
  }
  // This runs a command that must succeed, and gives what it prints.
  std::string Did(const std::string& context, const std::string& words) const {
    const Ran ran = As(context, words);
    EXPECT_EQ(ran.code, 0) << words << "\n" << ran.said;
    return ran.said;
  }

  const Accordctl ctl_{stack_};
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_CONTEXT_CASE_H_
