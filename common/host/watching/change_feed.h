// This is the feed that people follow: whatever changes that concerns their agency and that they may
// read, by name.
#ifndef ACCORD_COMMON_HOST_WATCHING_CHANGE_FEED_H_
#define ACCORD_COMMON_HOST_WATCHING_CHANGE_FEED_H_

#include <google/protobuf/message.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/host/calls/handlers.h"
#include "common/host/watching/record_history.h"
#include "common/storage/records/page_tokens.h"

namespace accord::host {

// This is a kind that no method gets by its name: whoever may call `list` is told of the records that the
// agency sees, and the coordination office of those that are placed for its viewer.
struct ListedKind {
  // It is the kind under which records are stored, for example `privacy_alert`.
  std::string kind;
  // This is the path of the method that lists them, `/package.Service/ListPrivacyAlerts`.
  std::string list;
  // Reads one record as the list would show it to this caller; accord::NotFound() if it would not. Null
  // stands for what the agency or the office sees.
  std::function<absl::Status(const Caller& caller, storage::Transaction& tx, const std::string& name,
                             google::protobuf::Message* out)>
      read = nullptr;
};

// This is a kind that no method gets, because each of its records stands in another one and is read with
// that: its changes are told as changes of the other one, to whom a method would answer with that.
struct StandingKind {
  // It is the kind under which records are stored, for example `information_reply`.
  std::string kind;
  // It is the singular of the resource in which they stand, for example `information_request`.
  std::string within;
  // Gives the name of the record in which one of them stands; accord::NotFound() if this caller is not told.
  std::function<absl::StatusOr<std::string>(const Caller& caller, storage::Transaction& tx,
                                            const std::string& name)>
      container;
};

struct ChangeFeedOptions {
  // The package is, for example, `accord.protocols.v1`.
  std::string package;
  const storage::PageTokens* tokens = nullptr;
  std::vector<ListedKind> listed = {};
  std::vector<StandingKind> standing = {};
  // These kinds are not stored under the singular of their resource, which is what they are told as: for
  // example `certificate` -> `completion_certificate`.
  std::map<std::string, std::string> stored_as = {};
  // The path of the method whose callers may know the names of what was purged; empty stands for nobody.
  std::string tombstones = {};
  // Records that the coordination office sees are placed for this viewer.
  std::string office = "#office";
  // Feeds of this database whose positions are good here as well, such as that of a list.
  std::vector<std::string> feeds = {};
  // By the singular of a resource: what its getter leaves out by what the record says. The history of the
  // record leaves it out of each version.
  std::map<std::string, ShownVersion> shown = {};
};

// Answers `<package>.ChangeService`, and gives the answers of lists positions that are good for it. A record
// that a method gets is told of to whom that method would answer now, with what it would answer: hidden,
// sealed and masked things stay so.
void RegisterChangeFeed(ChangeFeedOptions options, Handlers* handlers);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_CHANGE_FEED_H_
