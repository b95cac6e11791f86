// This fixture runs a command line against a gateway in this process, and gives what it does and prints.
#ifndef ACCORD_CLIENTS_ACCORDCTL_TESTING_AGAINST_A_GATEWAY_H_
#define ACCORD_CLIENTS_ACCORDCTL_TESTING_AGAINST_A_GATEWAY_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "clients/accordctl/command_line.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/testing/answering_gateway.h"
#include "clients/accordctl/testing/fake_tls_gateway.h"

namespace accord::ctl {

template <class Gateway>
class AgainstGateway : public ::testing::Test {
 protected:
  struct Said {
    absl::Status status;
    std::string out, err;
  };

  Said RunWords(std::vector<std::string> words) {
    CommandSession session;
    session.contexts_file = tls_gateway_.contexts_file();
    session.news = news_;
    CLI::App app("Work with Accord from the command line", "accordctl");
    AddAllCommands(&app, &session);
    std::reverse(words.begin(), words.end());
    app.parse(words);
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    Said said;
    said.status = session.Run();
    said.out = ::testing::internal::GetCapturedStdout();
    said.err = ::testing::internal::GetCapturedStderr();
    return said;
  }
  // The words of a line are separated by one blank each.
  Said Run(const std::string& line) { return RunWords(absl::StrSplit(line, ' ')); }
  std::string path(const std::string& name) { return tls_gateway_.directory().path(name); }

  absl::Duration news_ = absl::Seconds(30);
  Gateway gateway_;
  FakeTlsGateway tls_gateway_{&gateway_};
};

// The gateway gives the answers that the test set.
using AgainstAGateway = AgainstGateway<AnsweringGateway>;

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_TESTING_AGAINST_A_GATEWAY_H_
