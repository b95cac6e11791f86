// This file is about the sources of a dashboard: for each kind of work, the list that it is read from and the
// command whose rule says for whom it waits.
#ifndef ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_SOURCES_H_
#define ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_SOURCES_H_

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "clients/accordctl/core/command_session.h"
#include "clients/accordctl/views/dashboard/dashboard.h"

namespace accord::ctl {

// This is what has been read so far.
struct Reading {
  CommandSession* session;
  Viewer viewer;
  std::vector<Waiting> waiting;
  std::size_t records = 0;

  // This shows progress to a person who waits for many pages.
  void Progress(const std::string& noun, int more);
};

// This is one kind of work: the list that it is read from, and the command whose rule says for whom it waits.
struct Source {
  std::string list, verb, noun;
  std::function<absl::Status(Reading*)> read;
  // For work that nobody has in hand: the commands by which somebody takes it or gives it, verb and noun. It
  // is read for those who may run one of them.
  std::vector<std::pair<std::string, std::string>> taken_by = {};
};

// Every kind of work, in the order in which it is read.
const std::vector<Source>& Sources();

}  // namespace accord::ctl

#endif  // ACCORD_CLIENTS_ACCORDCTL_VIEWS_DASHBOARD_DASHBOARD_SOURCES_H_
