// This file is about what one command prints when it is run by itself against a gateway.
#ifndef ACCORD_CLIENTS_ACCORDCTL_TESTING_PRINTED_H_
#define ACCORD_CLIENTS_ACCORDCTL_TESTING_PRINTED_H_

#include <algorithm>
#include <functional>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"

namespace accord::ctl {

// `add` adds to the command line the commands that `words` choose from. A call that is not answered
// ends after half a second.
inline std::string Printed(FakeTlsGateway* gateway,
                           const std::function<void(CLI::App*, CommandSession*)>& add,
                           std::vector<std::string> words, absl::Status* status) {
  CommandSession session;
  session.contexts_file = gateway->contexts_file();
  session.timeout_seconds = 0.5;
  CLI::App app("test", "accordctl");
  AddGlobalOptions(&app, &session);
  add(&app, &session);
  std::reverse(words.begin(), words.end());
  app.parse(words);
  std::ostringstream out;
  std::streambuf* before = std::cout.rdbuf(out.rdbuf());
  *status = session.action();
  std::cout.rdbuf(before);
  return out.str();
}

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_TESTING_PRINTED_H_
