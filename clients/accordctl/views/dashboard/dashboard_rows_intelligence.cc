// The lines for the work of the intelligence bureau and of those who share with it.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/accordctl/core/texts.h"
#include "clients/accordctl/views/dashboard/dashboard.h"
#include "clients/accordctl/views/dashboard/waiting_line.h"
#include "common/access/names.h"

namespace accord::ctl {
namespace {

namespace i = intelligence::v1;

}  // namespace

void AddWaiting(const Viewer& viewer, const i::InformationRequest& asked, std::vector<Waiting>* waiting) {
  Waiting line = WaitingLineOf(asked, "information-request",
                               ShortName(i::InformationRequestState_descriptor(), asked.state()));
  line.note = Text(ShortName(i::RequestPriority_descriptor(), asked.priority()));
  if (asked.state() == i::INFORMATION_REQUEST_STATE_ANSWERED && OwnerOf(asked.name()) == viewer.agency) {
    return AddOwnTurn(std::move(line), "read and close", "get", waiting);
  }
  if (!asked.has_next_due()) return;
  if (std::find(asked.to().begin(), asked.to().end(), viewer.agency) == asked.to().end()) {
    return AddOverdueAtOthers(viewer, std::move(line), "answer", "get", waiting);
  }
  const bool issued = asked.state() == i::INFORMATION_REQUEST_STATE_ISSUED;
  AddOwnTurn(std::move(line), issued ? "acknowledge and answer" : "answer", issued ? "acknowledge" : "answer",
             waiting);
}

void AddWaiting(const Viewer& viewer, const i::ReleaseRequest& release, std::vector<Waiting>* waiting) {
  if (!release.has_next_due()) return;
  Waiting line =
      WaitingLineOf(release, "release-request", ShortName(i::ReleaseState_descriptor(), release.state()));
  line.note = release.urgent() ? Text("urgent") : "";
  const bool owner = OwnerOf(release.name()) == viewer.agency;
  if (release.state() == i::RELEASE_STATE_PROPOSED) {
    if (!owner) return;
    line.what = "confirm the emergency";
    line.next = absl::StrCat("emergency-release confirm ", line.name);
    waiting->push_back(std::move(line));
    return;
  }
  if (release.originator() == viewer.agency) return AddOwnTurn(std::move(line), "decide", "decide", waiting);
  if (owner) AddOverdueAtOthers(viewer, std::move(line), "decide", "list", waiting);
}

void AddWaiting(const Viewer& viewer, const i::PurgeNotice& notice, std::vector<Waiting>* waiting) {
  if (!notice.has_next_due()) return;
  Waiting line =
      WaitingLineOf(notice, "purge-notice", ShortName(i::PurgeNoticeState_descriptor(), notice.state()));
  if (OwnerOf(notice.name()) == viewer.agency) {
    return AddOwnTurn(std::move(line), "destroy and confirm", "confirm", waiting);
  }
  AddOverdueAtOthers(viewer, std::move(line), "destroy and confirm", "list", waiting);
}

}  // namespace accord::ctl
