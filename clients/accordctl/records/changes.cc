// `accordctl watch changes` follows the feeds of all services together.
#include "clients/accordctl/records/changes.h"

#include <algorithm>
#include <atomic>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "accord/registry/v1/resources.pb.h"
#include "clients/accordctl/core/refusals.h"
#include "clients/accordctl/core/time_text.h"
#include "clients/accordctl/core/visible_text.h"
#include "clients/accordctl/records/follow_stream.h"
#include "common/access/names.h"
#include "common/base/clock.h"
#include "common/base/error.h"

namespace accord::ctl {
namespace {

using host::v1::Change;
using host::v1::WatchChangesRequest;

constexpr absl::Duration kLongestFeedPause = absl::Seconds(10);

// This says whether an agency of this kind can have people who may follow the feed for this purpose. If not,
// it is not asked, because the refusal would appear in the log.
bool MayFollowChangeFeed(const Method& feed, AgencyKind kind, std::optional<Purpose> purpose) {
  return std::any_of(feed.grants.begin(), feed.grants.end(), [&](const auto& grant) {
    const auto has = [](const auto& list, int value) {
      return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
    };
    const bool of_kind = kind == annotations::v1::AGENCY_KIND_UNSPECIFIED || has(grant.kinds(), kind);
    return of_kind && (purpose ? has(grant.purposes(), *purpose) : grant.purposes().empty());
  });
}

absl::StatusOr<std::vector<Method>> ChangeFeedsFor(CommandSession* session) {
  ACCORD_ASSIGN_OR_RETURN(const Context context, session->context());
  ACCORD_ASSIGN_OR_RETURN(const Client* client, session->client());
  ACCORD_ASSIGN_OR_RETURN(const std::optional<Purpose> purpose, PurposeOfContext(context));
  AgencyKind kind = annotations::v1::AGENCY_KIND_UNSPECIFIED;
  const auto agency = Invoke(session, "get", "agency", {{"name", "agencies/" + client->agency()}});
  if (agency.ok()) kind = dynamic_cast<const registry::v1::Agency&>(**agency).kind();
  std::vector<Method> feeds;
  for (const std::string& service : AllServices()) {
    if (!absl::EndsWith(service, ".ChangeService")) continue;
    ACCORD_ASSIGN_OR_RETURN(const auto methods, MethodsOf(service));
    for (const Method& method : methods) {
      if (!method.unary() && MayFollowChangeFeed(method, kind, purpose)) feeds.push_back(method);
    }
  }
  if (!feeds.empty()) return feeds;
  return absl::PermissionDeniedError(
      absl::StrCat("no service tells of changes ",
                   context.purpose.empty() ? "without a purpose" : absl::StrCat("for ", context.purpose),
                   ": name another --purpose or --actor"));
}

// This says whether the error only says that another service has the requested kind.
bool IsKindOfAnotherService(const absl::Status& status) {
  return absl::IsPermissionDenied(status) || absl::IsInvalidArgument(status);
}

// This follows one feed from now on; if a restored service cannot continue, it begins again.
absl::Status FollowChangeFeed(Client* client, const Method& feed, const WatchChangesRequest& wanted,
                              const std::function<bool(const google::protobuf::Message&)>& take,
                              const std::function<bool()>& stopped) {
  while (true) {
    WatchChangesRequest request = wanted;
    const absl::Status status = FollowStream(client, feed, &request, take, kLongestFeedPause, stopped);
    if (rules::FindRule(accord::RuleOf(status)) != &rules::kPositionFromAnotherTime) return status;
    std::cerr << PrintError(status, Format::kTable);
  }
}

// This gives `2026-11-26 17:30:00 EST -05:00  referral acknowledged  AcknowledgeReferral by ps-york  NAME`.
std::string ChangeLine(const Change& change) {
  const bool gone = change.gone() != host::v1::GONE_UNSPECIFIED;
  const std::string state = gone ? ShortName(host::v1::Gone_descriptor(), change.gone()) : change.state();
  std::vector<std::string> words = {TimeText(FromProto(change.time())),
                                    state.empty() ? change.kind() : absl::StrCat(change.kind(), " ", state)};
  if (!change.verb().empty() || !change.agency().empty()) {
    words.push_back(absl::StrCat(change.verb().empty() ? "changed" : change.verb(),
                                 change.agency().empty() ? "" : absl::StrCat(" by ", change.agency())));
  }
  if (!change.assignee().empty()) words.push_back(absl::StrCat("for ", change.assignee()));
  if (change.has_next_due()) words.push_back(absl::StrCat("due ", DueText(FromProto(change.next_due()))));
  words.push_back(change.name());
  return Shown(absl::StrJoin(words, "  ")) + "\n";
}

struct ChangeOptions {
  std::vector<std::string> kinds;
  std::string assignee;
  int limit = 0;
};

absl::Status ShowChanges(CommandSession* session, const ChangeOptions& options) {
  WatchChangesRequest wanted;
  for (const std::string& kind : options.kinds) {
    wanted.add_kinds(kind);
    std::string* last = wanted.mutable_kinds(wanted.kinds_size() - 1);
    std::replace(last->begin(), last->end(), '-', '_');
  }
  wanted.set_assignee(options.assignee);
  int left = options.limit == 0 ? -1 : options.limit;
  return FollowChanges(session, wanted, [&](const std::string&, const Change& change) {
    switch (session->format()) {
      case Format::kTable:
        std::cout << ChangeLine(change);
        break;
      case Format::kName:
        std::cout << Shown(change.name()) << "\n";
        break;
      default:
        std::cout << PrintEvent(change, session->format());
    }
    std::cout << std::flush;
    // If the output fails, nobody reads any more or the disk is full, which main.cc reports.
    return std::cout.good() && (left < 0 || --left > 0);
  });
}

}  // namespace

absl::Status FollowChanges(CommandSession* session, const WatchChangesRequest& wanted, const TakeChange& take,
                           const std::function<bool()>& stopped) {
  ACCORD_ASSIGN_OR_RETURN(const std::vector<Method> feeds, ChangeFeedsFor(session));
  ACCORD_ASSIGN_OR_RETURN(Client * client, session->client());
  std::mutex mutex;
  std::atomic<bool> over{false};
  bool followed = false;
  absl::Status refused;
  const auto ended = [&] { return over || (stopped != nullptr && stopped()); };
  std::vector<std::thread> threads;
  for (const Method& feed : feeds) {
    threads.emplace_back([&, feed] {
      const std::string service = ServiceInPath(feed.path);
      const auto next = [&](const google::protobuf::Message& event) {
        std::lock_guard lock(mutex);
        if (!over && !take(service, dynamic_cast<const Change&>(event))) over = true;
        return !over;
      };
      const absl::Status status = FollowChangeFeed(client, feed, wanted, next, ended);
      std::lock_guard lock(mutex);
      followed = followed || status.ok();
      refused.Update(status);
      if (status.ok() || IsKindOfAnotherService(status)) return;
      std::cerr << "accordctl: " << service << " tells no more: " << PrintError(status, Format::kTable);
    });
  }
  for (std::thread& thread : threads) thread.join();
  return followed ? absl::OkStatus() : refused;
}

void AddChangesCommand(CLI::App* app, CommandSession* session) {
  auto options = std::make_shared<ChangeOptions>();
  CLI::App* command =
      AddCommand(app->get_subcommand("watch"), session, "changes",
                 "Tell what changes at all services that concerns you, as it happens: names, never contents",
                 [=] { return ShowChanges(session, *options); });
  command->footer("The purpose that you name decides which kinds of records are told of.");
  command->add_option("--kind", options->kinds,
                      "Tell of records of this kind alone, at most six: `referral`");
  command->add_option("--assignee", options->assignee, "Tell of records alone that this person works on");
  command->add_option("--limit", options->limit, "End after so many changes")->check(CLI::Range(0, 1000000));
}

}  // namespace accord::ctl
