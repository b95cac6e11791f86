// This is the feed of changes that people follow: the name of every record that changed, if it concerns their
// agency and they may read it.
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

// This is a kind of record that no method gets by name. Those who may call `list` are told of the records
// that their agency sees; the coordination office is told of those that are visible to its viewer.
struct ListedKind {
  // This is the kind under which the records are stored, for example `privacy_alert`.
  std::string kind;
  // This is the path of the method that lists them, for example `/package.Service/ListPrivacyAlerts`.
  std::string list;
  // This reads one record as the list would show it to this caller; accord::NotFound() if the list would not.
  // If null, the record is shown as the agency or the office sees it.
  std::function<absl::Status(const Caller& caller, storage::Transaction& tx, const std::string& name,
                             google::protobuf::Message* out)>
      read = nullptr;
};

// This is a kind of record that no method gets, because each record is contained in another one and is read
// with that. Its changes are reported as changes of the containing record, to those who may get that record.
struct StandingKind {
  // This is the kind under which the records are stored, for example `information_reply`.
  std::string kind;
  // This is the singular of the resource that contains them, for example `information_request`.
  std::string within;
  // This gives the name of the containing record; accord::NotFound() if this caller must not be told.
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
  // These are kinds that are not stored under the singular of their resource, which is the name used in the
  // feed: for example `certificate` -> `completion_certificate`.
  std::map<std::string, std::string> stored_as = {};
  // The path of the method whose callers may know the names of purged records; if empty, nobody may.
  std::string tombstones = {};
  // This is the viewer to whom records are visible that the coordination office sees.
  std::string office = "#office";
  // These are other feeds of this database whose positions are valid here too, such as that of a list.
  std::vector<std::string> feeds = {};
  // These are functions that remove from a record what its getter leaves out because of the record's content,
  // keyed by the singular of the resource. The record's history applies them to each version.
  std::map<std::string, ShownVersion> shown = {};
};

// This serves `<package>.ChangeService`, and gives the answers of lists positions that are valid in it. A
// record that has a getter is reported to those whom the getter would answer now, with the content that it
// would answer: hidden, sealed and masked fields stay so.
void RegisterChangeFeed(ChangeFeedOptions options, Handlers* handlers);

}  // namespace accord::host

#endif  // ACCORD_COMMON_HOST_WATCHING_CHANGE_FEED_H_
