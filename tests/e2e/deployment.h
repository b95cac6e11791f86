// The end-to-end suite may run on an Accord that somebody else started.
#ifndef ACCORD_TESTS_E2E_DEPLOYMENT_H_
#define ACCORD_TESTS_E2E_DEPLOYMENT_H_

#include <optional>
#include <string>

#include "common/testing/pki.h"

namespace accord::e2e {

// This is an empty Accord that somebody else started.
struct Deployment {
  // This is HOST:PORT of its gateway.
  std::string address;
  // This folder has the authority of its agencies, and the first administrator.
  std::string keys;
  testing::TestCertificate console;
  // This program reaches its processes. tests/kube/pod.sh says what it is asked.
  std::string control;

  // This reads ACCORD_E2E_GATEWAY and ACCORD_E2E_CONTROL, with the files of ACCORD_E2E_KEYS as `pki init`
  // names them.
  static std::optional<Deployment> OfEnvironment();
  // This gives what the program prints, without the end of the line. A failure ends the test.
  std::string Ask(const std::string& question) const;
};

}  // namespace accord::e2e

#endif  // ACCORD_TESTS_E2E_DEPLOYMENT_H_
